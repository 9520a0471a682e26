// One Kafka cluster inside this process: librdkafka's mock brokers, reached over TCP on loopback
// like any other, and a producer that writes into it. Its ports are free ones; what it holds ends
// with it. The brokers keep at most 5 MB of each partition and delete the oldest beyond that.
//
// `append` and `serve` are for one thread; the rest any thread may call.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace tidemark::demo {

struct MockTopic {
  std::string name;
  int partitions = 1;
};

struct MockSettings {
  std::string cluster;
  int brokers = 1;
  std::vector<MockTopic> topics;
};

class MockKafka {
 public:
  // Takes some seconds at times: the mock looks at its orders once a second. The error says which
  // step of which cluster failed.
  static Result<std::unique_ptr<MockKafka>> start(const MockSettings& settings);
  ~MockKafka();
  MockKafka(const MockKafka&) = delete;
  MockKafka& operator=(const MockKafka&) = delete;

  // host:port[,host:port…]
  [[nodiscard]] const std::string& bootstrap() const { return bootstrap_; }

  // Queues one record, exactly once and in the order of the calls per partition. An empty key is
  // none. The error names cluster, topic and partition.
  Status append(const std::string& topic, std::int32_t partition, std::string_view key,
                std::string_view value, Instant at);

  // Takes the brokers' answers to what was queued; the error says how many records they refused
  // since the last call. Call it now and then.
  Status serve();

  // Waits until all that was queued is in the brokers' logs.
  Status flush(std::chrono::milliseconds limit);

 private:
  struct Handles;
  explicit MockKafka(std::string cluster);

  const std::string cluster_;
  std::string bootstrap_;
  std::uint64_t refused_ = 0;  // since the last look, written while answers are taken
  std::unique_ptr<Handles> handles_;
};

}  // namespace tidemark::demo
