// The newest immutable picture of something, written by one thread and read by many. A small lock
// held for a pointer copy (std::atomic<std::shared_ptr> makes ThreadSanitizer report a false race).
#pragma once

#include <memory>
#include <utility>

#include "core/mutex.h"

namespace tidemark {

template <class T>
class Published {
 public:
  explicit Published(std::shared_ptr<const T> first) : current_(std::move(first)) {}

  // The picture before, which ends with the last who holds it.
  std::shared_ptr<const T> publish(std::shared_ptr<const T> next) {
    const MutexLock lock(mutex_);
    current_.swap(next);
    return next;
  }

  [[nodiscard]] std::shared_ptr<const T> get() const {
    const MutexLock lock(mutex_);
    return current_;
  }

 private:
  mutable Mutex mutex_;
  std::shared_ptr<const T> current_ TM_GUARDED_BY(mutex_);
};

}  // namespace tidemark
