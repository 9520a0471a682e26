// A bounded queue between threads, with a name for metrics and logs. Any number of senders, one
// receiver. It is bounded in items and in bytes, whichever is reached first. When it is full the
// sender waits (the overflow policy of everything on the way to a verdict: nothing may be lost
// there). Closing it wakes everybody; what is inside can still be taken.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "core/mutex.h"

namespace tidemark {

// What one thing takes of a channel's room, and what a channel has room for. What an item is, the
// sender says (a record, a partition, a question); bytes are those of memory.
struct Load {
  std::size_t items = 1;
  std::size_t bytes = 0;
};

// What a channel says of itself. `depth` is in sends; weight and capacity are in items.
struct ChannelStats {
  std::string name;
  std::size_t depth = 0;
  std::size_t weight = 0;
  std::size_t capacity = 0;
  std::uint64_t pushed = 0;
  std::uint64_t dropped = 0;  // refused after the sender's time limit, or after closing
  std::uint64_t waited = 0;   // sends that found it full
  std::size_t bytes = 0;
  std::size_t capacity_bytes = 0;
  std::chrono::microseconds waited_for{0};  // all of those together, as far as they have waited
};

template <class T>
class Channel {
 public:
  // Holds what loads it up to `room` in both respects; one heavier item alone still passes.
  Channel(std::string name, Load room) : name_(std::move(name)), room_(room) {}

  // False if the channel is closed or stays full for `limit`; the item is then counted as dropped.
  bool push(T item, Load load, std::chrono::milliseconds limit) {
    const MutexLock lock(mutex_);
    if (!wait_for_room(load, limit, false)) {
      ++dropped_;
      return false;
    }
    put(std::move(item), load);
    return true;
  }

  // Like push, but what does not fit in time stays with the sender and is not counted as dropped:
  // for one that offers it `again` until it fits, which counts as one send. Look at closed() after
  // a false.
  bool offer(T& item, Load load, std::chrono::milliseconds limit, bool again = false) {
    const MutexLock lock(mutex_);
    if (!wait_for_room(load, limit, again)) return false;
    put(std::move(item), load);
    return true;
  }

  // Everything that waits, oldest first; waits up to `limit` for the first item, or to be woken.
  std::vector<T> take(std::chrono::milliseconds limit) {
    const MutexLock lock(mutex_);
    const auto end = std::chrono::steady_clock::now() + limit;
    const auto something = [&]()
                               TM_REQUIRES(mutex_) { return closed_ || woken_ || !items_.empty(); };
    arrival_.wait_until(mutex_, end, something);
    woken_ = false;
    std::vector<T> out;
    out.reserve(items_.size());
    for (T& item : items_) out.push_back(std::move(item));
    items_.clear();
    held_ = {0, 0};
    space_.notify_all();
    return out;
  }

  // Lets the receiver that waits in take(), or the next one, return at once.
  void wake() {
    const MutexLock lock(mutex_);
    woken_ = true;
    arrival_.notify_all();
  }

  void close() {
    const MutexLock lock(mutex_);
    closed_ = true;
    space_.notify_all();
    arrival_.notify_all();
  }

  [[nodiscard]] bool closed() const {
    const MutexLock lock(mutex_);
    return closed_;
  }

  [[nodiscard]] ChannelStats stats() const {
    const MutexLock lock(mutex_);
    return {name_,    items_.size(), held_.items, room_.items, pushed_,
            dropped_, waited_,       held_.bytes, room_.bytes, waited_for_};
  }

 private:
  using Steady = std::chrono::steady_clock;

  [[nodiscard]] bool has_room(Load load) const TM_REQUIRES(mutex_) {
    return items_.empty() ||
           (held_.items + load.items <= room_.items && held_.bytes + load.bytes <= room_.bytes);
  }

  // False if it is closed, or still too full at the end of `limit`. Senders that wait get in one
  // after the other: a heavy item is not passed by light ones for ever.
  bool wait_for_room(Load load, std::chrono::milliseconds limit, bool again) TM_REQUIRES(mutex_) {
    if (closed_ || (turns_.empty() && has_room(load))) return !closed_;
    if (!again) ++waited_;
    const Steady::time_point began = Steady::now();
    const std::uint64_t mine = ++last_turn_;
    turns_.push_back(mine);
    const auto fits = [&]() TM_REQUIRES(mutex_) {
      return closed_ || (turns_.front() == mine && has_room(load));
    };
    const bool fitted = space_.wait_until(mutex_, began + limit, fits);
    std::erase(turns_, mine);
    space_.notify_all();
    waited_for_ += std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - began);
    return fitted && !closed_;
  }

  void put(T&& item, Load load) TM_REQUIRES(mutex_) {
    held_.items += load.items;
    held_.bytes += load.bytes;
    ++pushed_;
    items_.push_back(std::move(item));
    arrival_.notify_one();
  }

  const std::string name_;
  const Load room_;

  mutable Mutex mutex_;
  CondVar space_;
  CondVar arrival_;
  std::deque<T> items_ TM_GUARDED_BY(mutex_);
  Load held_ TM_GUARDED_BY(mutex_){0, 0};
  std::deque<std::uint64_t> turns_ TM_GUARDED_BY(mutex_);  // of senders that wait
  std::uint64_t last_turn_ TM_GUARDED_BY(mutex_) = 0;
  bool closed_ TM_GUARDED_BY(mutex_) = false;
  bool woken_ TM_GUARDED_BY(mutex_) = false;
  std::uint64_t pushed_ TM_GUARDED_BY(mutex_) = 0;
  std::uint64_t dropped_ TM_GUARDED_BY(mutex_) = 0;
  std::uint64_t waited_ TM_GUARDED_BY(mutex_) = 0;
  std::chrono::microseconds waited_for_ TM_GUARDED_BY(mutex_){0};
};

}  // namespace tidemark
