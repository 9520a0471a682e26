// One named thread that is asked to stop, and joined, when its owner goes. The body gets a stop
// token and must look at it at least once a second; it may not throw.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace tidemark {

class Worker {
 public:
  Worker(const std::string& name, std::function<void(std::stop_token)> body);

  // Asks the thread to end without waiting for it; the destructor waits.
  void request_stop() { thread_.request_stop(); }

 private:
  std::jthread thread_;
};

// Waits, at most `span`, for a stop request; true when one has come.
bool stopped_within(const std::stop_token& stop, std::chrono::milliseconds span);

}  // namespace tidemark
