// A producer that the broker lets write into the offsets topic, as a coordinator does. One thread
// uses it. What the broker refuses ends the tool: a load that is not what it claims is worth
// nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/bench/kafka_handle.h"

namespace tidemark::bench {

struct ProducerSettings {
  std::string bootstrap;
  std::string batch = "10000";  // records in one batch at most
  std::string linger_ms = "50";
};

class Producer {
 public:
  explicit Producer(const ProducerSettings& settings);
  Producer(const Producer&) = delete;  // its handle knows where it is
  Producer& operator=(const Producer&) = delete;

  [[nodiscard]] rd_kafka_t* handle() const { return handle_.get(); }

  // Waits while the queue is full. Once the broker has it, `log_end` (if given) is the offset after
  // it; the place has to live until then.
  void send(const std::string& topic, int partition, std::string_view key, std::string_view value,
            std::int64_t* log_end = nullptr);
  // Hears of what the broker has taken. Never waits.
  void poll();
  // Everything that was sent is with the broker.
  void finish();

  [[nodiscard]] std::uint64_t sent() const { return sent_; }
  // From send() until the broker had it, at most.
  [[nodiscard]] std::chrono::microseconds longest() const { return longest_; }

 private:
  static void delivered(rd_kafka_t*, const rd_kafka_message_t* message, void* self);

  std::chrono::microseconds longest_{0};
  Handle handle_;
  std::uint64_t sent_ = 0;
};

}  // namespace tidemark::bench
