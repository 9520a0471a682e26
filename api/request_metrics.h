// What the server counts about itself: requests by route and status code, and how long they took.
// Any thread may call it.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace tidemark {

class RequestMetrics {
 public:
  RequestMetrics();
  ~RequestMetrics();
  RequestMetrics(const RequestMetrics&) = delete;
  RequestMetrics& operator=(const RequestMetrics&) = delete;

  void count(std::string_view route, int status, std::chrono::duration<double> taken);

  // In Prometheus' text format.
  [[nodiscard]] std::string text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tidemark
