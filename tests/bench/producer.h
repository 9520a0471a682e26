// A producer that the broker lets write into the offsets topic, as a coordinator does. One thread
// uses it. What the broker refuses ends the tool: a load that is not what it claims is worth
// nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "tests/bench/kafka_handle.h"

namespace tidemark::bench {

struct ProducerSettings {
  std::string bootstrap;
  std::string batch = "10000";  // records in one batch at most
  std::string linger_ms = "50";
};

// Called for each record that was sent with a place of its own, once the broker has it.
struct Taken {
  void* place = nullptr;
  std::int64_t offset = 0;
  std::int64_t sent_ms = 0;  // this machine's clock
};
using Heard = std::function<void(const Taken&)>;

class Producer {
 public:
  explicit Producer(const ProducerSettings& settings, Heard heard = {});
  Producer(const Producer&) = delete;  // its handle knows where it is
  Producer& operator=(const Producer&) = delete;

  [[nodiscard]] rd_kafka_t* handle() const { return handle_.get(); }

  // Waits while the queue is full. With a `place`, that has to live until then, it is heard when
  // the broker has it.
  void send(const std::string& topic, int partition, std::string_view key, std::string_view value,
            void* place = nullptr);
  // Hears of what the broker has taken. Never waits.
  void poll();
  // Everything that was sent is with the broker.
  void finish();

  [[nodiscard]] std::uint64_t sent() const { return sent_; }
  // From send() until the broker had it, at most.
  [[nodiscard]] std::chrono::microseconds longest() const { return longest_; }

 private:
  static void delivered(rd_kafka_t*, const rd_kafka_message_t* message, void* self);

  const Heard heard_;
  std::chrono::microseconds longest_{0};
  Handle handle_;
  std::uint64_t sent_ = 0;
};

}  // namespace tidemark::bench
