// A mutex and its guard that clang's thread-safety analysis understands (a bare std::mutex makes it
// warn about correct code). Use TM_GUARDED_BY on every member that a lock protects.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define TM_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define TM_THREAD_ATTRIBUTE(x)
#endif
#define TM_GUARDED_BY(x) TM_THREAD_ATTRIBUTE(guarded_by(x))
#define TM_REQUIRES(x) TM_THREAD_ATTRIBUTE(requires_capability(x))

namespace tidemark {

class TM_THREAD_ATTRIBUTE(capability("mutex")) Mutex {
 public:
  void lock() TM_THREAD_ATTRIBUTE(acquire_capability()) { mutex_.lock(); }
  void unlock() TM_THREAD_ATTRIBUTE(release_capability()) { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

class TM_THREAD_ATTRIBUTE(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) TM_THREAD_ATTRIBUTE(acquire_capability(mutex)) : mutex_(mutex) {
    mutex_.lock();
  }
  ~MutexLock() TM_THREAD_ATTRIBUTE(release_capability()) { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Waits with a Mutex held by the caller; every wait has an end.
class CondVar {
 public:
  // True when `ready()` holds, false when the time is over first.
  template <class Ready>
  bool wait_until(Mutex& mutex, std::chrono::steady_clock::time_point end, Ready ready)
      TM_REQUIRES(mutex) {
    return condition_.wait_until(mutex, end, std::move(ready));
  }
  void notify_one() { condition_.notify_one(); }
  void notify_all() { condition_.notify_all(); }

 private:
  std::condition_variable_any condition_;
};

}  // namespace tidemark
