// The events of one cluster on their way to the disk: the pipeline thread adds, the state thread
// takes them off when they are written, and answers read what is not written yet. Nobody waits:
// when it is full the oldest leave, counted. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/channel.h"
#include "core/mutex.h"
#include "evaluator/event.h"

namespace tidemark {

class EventQueue {
 public:
  using Events = std::vector<std::shared_ptr<const Event>>;

  // `arrival` is called after each add(). `last`: the number before the first.
  EventQueue(std::string cluster, std::uint64_t last, Load room, std::function<void()> arrival);

  [[nodiscard]] const std::string& cluster() const { return cluster_; }

  // In the order of their numbers.
  void add(Events events);

  // The oldest, `most` of them at most, to be written: the same again until written().
  [[nodiscard]] Events take(std::size_t most);
  // What was taken is on the disk.
  void written();
  // All that are not, oldest first.
  [[nodiscard]] Events waiting() const;
  // From now on nothing waits: there is nowhere to write to. What does, is counted as lost.
  void give_up();

  // The newest number that was added.
  [[nodiscard]] std::uint64_t last() const;
  [[nodiscard]] ChannelStats stats() const;

 private:
  void keep_to(Load room) TM_REQUIRES(mutex_);

  const std::string cluster_;
  const Load room_;
  const std::function<void()> arrival_;

  mutable Mutex mutex_;
  Events taken_ TM_GUARDED_BY(mutex_);  // and not written yet; beside the queue's room
  std::deque<std::shared_ptr<const Event>> events_ TM_GUARDED_BY(mutex_);
  std::size_t bytes_ TM_GUARDED_BY(mutex_) = 0;
  std::uint64_t last_ TM_GUARDED_BY(mutex_);
  std::uint64_t added_ TM_GUARDED_BY(mutex_) = 0;
  std::uint64_t dropped_ TM_GUARDED_BY(mutex_) = 0;
  bool given_up_ TM_GUARDED_BY(mutex_) = false;
};

}  // namespace tidemark
