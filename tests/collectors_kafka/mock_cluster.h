// librdkafka's mock cluster as the tests want it: brokers on loopback in this process, topics,
// records, faults. It has no last stable offset, cannot grow a topic, and creates what is asked for
// by name: what needs those is tested on a real broker.
#pragma once

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "tests/collectors_kafka/records.h"

namespace tidemark::test {

class MockCluster {
 public:
  explicit MockCluster(int brokers = 1) {
    owner_ = producer({});
    cluster_ = rd_kafka_mock_cluster_new(owner_, brokers);
    producer_ = producer(bootstrap());
  }
  ~MockCluster() {
    rd_kafka_purge(producer_, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_destroy(producer_);
    rd_kafka_mock_cluster_destroy(cluster_);
    rd_kafka_destroy(owner_);
  }
  MockCluster(const MockCluster&) = delete;
  MockCluster& operator=(const MockCluster&) = delete;

  [[nodiscard]] std::string bootstrap() const { return rd_kafka_mock_cluster_bootstraps(cluster_); }

  void create_topic(const std::string& name, int partitions) {
    must(rd_kafka_mock_topic_create(cluster_, name.c_str(), partitions, 1));
  }
  void set_topic_error(const std::string& name, rd_kafka_resp_err_t error) {
    rd_kafka_mock_topic_set_error(cluster_, name.c_str(), error);
  }
  void set_leader(const std::string& topic, std::int32_t partition, std::int32_t broker) {
    must(rd_kafka_mock_partition_set_leader(cluster_, topic.c_str(), partition, broker));
  }
  void down(std::int32_t broker) { must(rd_kafka_mock_broker_set_down(cluster_, broker)); }
  void up(std::int32_t broker) { must(rd_kafka_mock_broker_set_up(cluster_, broker)); }

  // The next `count` fetches are answered with this error.
  void fail_fetches(rd_kafka_resp_err_t error, int count = 1) {
    constexpr std::int16_t fetch = 1;
    for (int i = 0; i < count; ++i) {
      rd_kafka_mock_push_request_errors(cluster_, fetch, 1, error);
    }
  }

  // Returns when the broker has it.
  void produce(const std::string& topic, std::int32_t partition, const std::string& key,
               const std::string& value) {
    must(rd_kafka_producev(producer_, RD_KAFKA_V_TOPIC(topic.c_str()),
                           RD_KAFKA_V_PARTITION(partition), RD_KAFKA_V_KEY(key.data(), key.size()),
                           RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
                           RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END));
    must(rd_kafka_flush(producer_, 20'000));
  }
  // With the producer's time; returns when the broker has it.
  void produce_at(const std::string& topic, std::int32_t partition, std::int64_t ms) {
    must(rd_kafka_producev(producer_, RD_KAFKA_V_TOPIC(topic.c_str()),
                           RD_KAFKA_V_PARTITION(partition), RD_KAFKA_V_TIMESTAMP(ms),
                           RD_KAFKA_V_VALUE(const_cast<char*>("x"), 1),
                           RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END));
    must(rd_kafka_flush(producer_, 20'000));
  }
  // A record of the offsets topic.
  void commit(const std::string& group, const std::string& topic, std::int64_t offset,
              std::int32_t offsets_partition = 0) {
    produce("__consumer_offsets", offsets_partition, commit_key(group, topic, 0),
            commit_value(offset, 1'700'000'000'000));
  }
  // Offsets 1 to `count`; returns when the broker has them.
  void commit_many(const std::string& group, const std::string& topic, int count,
                   std::int32_t offsets_partition) {
    const std::string key = commit_key(group, topic, 0);
    for (int offset = 1; offset <= count; ++offset) {
      const std::string value = commit_value(offset, 1'700'000'000'000);
      must(rd_kafka_producev(producer_, RD_KAFKA_V_TOPIC("__consumer_offsets"),
                             RD_KAFKA_V_PARTITION(offsets_partition),
                             RD_KAFKA_V_KEY(key.data(), key.size()),
                             RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
                             RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END));
    }
    must(rd_kafka_flush(producer_, 20'000));
  }

 private:
  // It says nothing on standard error: the faults are wanted.
  static rd_kafka_t* producer(const std::string& bootstrap) {
    std::array<char, 256> problem{};
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    rd_kafka_conf_set_log_cb(conf, nullptr);
    rd_kafka_conf_set_error_cb(conf, [](rd_kafka_t*, int, const char*, void*) {});
    rd_kafka_conf_set(conf, "bootstrap.servers", bootstrap.c_str(), nullptr, 0);
    rd_kafka_conf_set(conf, "linger.ms", "0", nullptr, 0);
    rd_kafka_conf_set(conf, "reconnect.backoff.max.ms", "200", nullptr, 0);
    rd_kafka_t* out = rd_kafka_new(RD_KAFKA_PRODUCER, conf, problem.data(), problem.size());
    if (out == nullptr) throw std::runtime_error(problem.data());
    return out;
  }

  static void must(rd_kafka_resp_err_t error) {
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw std::runtime_error(rd_kafka_err2str(error));
  }

  rd_kafka_t* owner_ = nullptr;
  rd_kafka_mock_cluster_t* cluster_ = nullptr;
  rd_kafka_t* producer_ = nullptr;
};

}  // namespace tidemark::test
