#include "core/worker.h"

#include <pthread.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace tidemark {

Worker::Worker(const std::string& name, std::function<void(std::stop_token)> body)
    : thread_([name = name.substr(0, 15), run = std::move(body)](std::stop_token stop) {
        pthread_setname_np(pthread_self(), name.c_str());  // the kernel keeps 15 characters
        run(std::move(stop));
      }) {}

bool stopped_within(const std::stop_token& stop, std::chrono::milliseconds span) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, span, [] { return false; });
  return stop.stop_requested();
}

}  // namespace tidemark
