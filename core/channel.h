// A bounded queue between threads, with a name for metrics and logs. Any number of senders, one
// receiver. When it is full the sender waits (the overflow policy of everything on the way to a
// verdict: nothing may be lost there). Closing it wakes everybody; what is inside can still be
// taken.
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

// What a channel says of itself. `weight` is in the sender's unit (observations, bytes).
struct ChannelStats {
  std::string name;
  std::size_t depth = 0;
  std::size_t weight = 0;
  std::size_t capacity = 0;
  std::uint64_t pushed = 0;
  std::uint64_t dropped = 0;  // refused after the sender's time limit, or after closing
  std::uint64_t waited = 0;   // sends that found it full
};

template <class T>
class Channel {
 public:
  // Holds items up to a total weight of `capacity`; one heavier item alone still passes.
  Channel(std::string name, std::size_t capacity) : name_(std::move(name)), capacity_(capacity) {}

  // False if the channel is closed or stays full for `limit`; the item is then counted as dropped.
  bool push(T item, std::size_t weight, std::chrono::milliseconds limit) {
    const MutexLock lock(mutex_);
    if (!wait_for_room(weight, limit)) {
      ++dropped_;
      return false;
    }
    put(std::move(item), weight);
    return true;
  }

  // Like push, but what does not fit in time stays with the sender and is not counted as dropped:
  // for one that tries again. Look at closed() after a false.
  bool offer(T& item, std::size_t weight, std::chrono::milliseconds limit) {
    const MutexLock lock(mutex_);
    if (!wait_for_room(weight, limit)) return false;
    put(std::move(item), weight);
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
    for (auto& [item, weight] : items_) out.push_back(std::move(item));
    items_.clear();
    weight_ = 0;
    room_.notify_all();
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
    room_.notify_all();
    arrival_.notify_all();
  }

  [[nodiscard]] bool closed() const {
    const MutexLock lock(mutex_);
    return closed_;
  }

  [[nodiscard]] ChannelStats stats() const {
    const MutexLock lock(mutex_);
    return {name_, items_.size(), weight_, capacity_, pushed_, dropped_, waited_};
  }

 private:
  // False if it is closed, or still too full at the end of `limit`.
  bool wait_for_room(std::size_t weight, std::chrono::milliseconds limit) TM_REQUIRES(mutex_) {
    const auto fits = [&]() TM_REQUIRES(mutex_) {
      return closed_ || weight_ == 0 || weight_ + weight <= capacity_;
    };
    if (!fits()) ++waited_;
    const auto end = std::chrono::steady_clock::now() + limit;
    return room_.wait_until(mutex_, end, fits) && !closed_;
  }

  void put(T&& item, std::size_t weight) TM_REQUIRES(mutex_) {
    weight_ += weight;
    ++pushed_;
    items_.emplace_back(std::move(item), weight);
    arrival_.notify_one();
  }

  const std::string name_;
  const std::size_t capacity_;

  mutable Mutex mutex_;
  CondVar room_;
  CondVar arrival_;
  std::deque<std::pair<T, std::size_t>> items_ TM_GUARDED_BY(mutex_);
  std::size_t weight_ TM_GUARDED_BY(mutex_) = 0;
  bool closed_ TM_GUARDED_BY(mutex_) = false;
  bool woken_ TM_GUARDED_BY(mutex_) = false;
  std::uint64_t pushed_ TM_GUARDED_BY(mutex_) = 0;
  std::uint64_t dropped_ TM_GUARDED_BY(mutex_) = 0;
  std::uint64_t waited_ TM_GUARDED_BY(mutex_) = 0;
};

}  // namespace tidemark
