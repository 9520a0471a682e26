#include "tests/bench/new_topics.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <thread>
#include <vector>

#include "tests/bench/kafka_handle.h"
#include "tests/bench/settings.h"

namespace tidemark::bench {
namespace {

using std::chrono::steady_clock;

constexpr const char* offsets_topic = "__consumer_offsets";
constexpr int limit_ms = 120'000;
constexpr std::chrono::seconds standstill{120};
constexpr std::chrono::minutes limit{30};
constexpr std::chrono::seconds tell_every{10};
constexpr std::chrono::milliseconds pause{200};

struct DestroyMetadata {
  void operator()(const rd_kafka_metadata_t* seen) const { rd_kafka_metadata_destroy(seen); }
};
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, DestroyMetadata>;

Handle connect_to(const std::string& bootstrap) {
  return connect(RD_KAFKA_PRODUCER, {{"bootstrap.servers", bootstrap}});
}

// Null: it did not answer.
Metadata metadata_of(rd_kafka_t* handle) {
  const rd_kafka_metadata_t* seen = nullptr;
  const auto code = rd_kafka_metadata(handle, 1, nullptr, &seen, limit_ms);
  return Metadata(code == RD_KAFKA_RESP_ERR_NO_ERROR ? seen : nullptr);
}

void create_topic(rd_kafka_t* handle, const std::string& name, int partitions, bool compact) {
  char error[512] = "";
  rd_kafka_NewTopic_t* topic =
      rd_kafka_NewTopic_new(name.c_str(), partitions, 1, error, sizeof error);
  if (topic == nullptr) fail(name + ": " + error);
  if (compact) rd_kafka_NewTopic_set_config(topic, "cleanup.policy", "compact");
  rd_kafka_queue_t* queue = rd_kafka_queue_new(handle);
  rd_kafka_CreateTopics(handle, &topic, 1, nullptr, queue);
  rd_kafka_event_t* event = rd_kafka_queue_poll(queue, limit_ms);
  if (event == nullptr) fail(name + ": was not created in time");
  std::size_t count = 0;
  const rd_kafka_topic_result_t** results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
  if (count != 1 || rd_kafka_topic_result_error(results[0]) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    fail(name + ": " +
         (count == 1 ? rd_kafka_topic_result_error_string(results[0])
                     : rd_kafka_event_error_string(event)));
  }
  rd_kafka_event_destroy(event);
  rd_kafka_queue_destroy(queue);
  rd_kafka_NewTopic_destroy(topic);
}

std::vector<std::string> brokers_of(rd_kafka_t* handle) {
  const Metadata seen = metadata_of(handle);
  if (!seen) fail("the brokers do not answer");
  std::vector<std::string> out;
  for (int b = 0; b < seen->broker_cnt; ++b) {
    const rd_kafka_metadata_broker_t& broker = seen->brokers[b];
    out.push_back(std::string(broker.host) + ":" + std::to_string(broker.port));
  }
  return out;
}

// How many partitions that have a leader this broker shows. By a new handle, that knows no other
// broker to ask yet.
int partitions_at(const std::string& broker) {
  const Handle handle = connect_to(broker);
  const Metadata seen = metadata_of(handle.get());
  if (!seen) return 0;
  int there = 0;
  for (int t = 0; t < seen->topic_cnt; ++t) {
    const rd_kafka_metadata_topic_t& topic = seen->topics[t];
    for (int p = 0; p < topic.partition_cnt; ++p) there += topic.partitions[p].leader >= 0 ? 1 : 0;
  }
  return there;
}

void wait_for_partitions(const std::string& broker, int wanted) {
  const auto began = steady_clock::now();
  auto grown_at = began;
  auto told_at = began;
  int before = 0;
  while (true) {
    const int there = partitions_at(broker);
    if (there >= wanted) return;
    const auto now = steady_clock::now();
    if (there > before) grown_at = now;
    before = there;
    const std::string state = broker + " shows " + std::to_string(there) + " of " +
                              std::to_string(wanted) + " partitions";
    if (now - grown_at > standstill || now - began > limit) fail(state + " for too long");
    if (now - told_at > tell_every) {
      std::fprintf(stderr, "%s\n", state.c_str());
      told_at = now;
    }
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace

void create_topics(const World& world, const std::string& bootstrap) {
  const Handle handle = connect_to(bootstrap);
  const int before = std::max(partitions_at(bootstrap), world.offsets_partitions);
  if (world.first_topic == 0) {
    create_topic(handle.get(), offsets_topic, world.offsets_partitions, true);
  }
  auto told_at = steady_clock::now();
  for (int t = 0; t < world.topics; ++t) {
    create_topic(handle.get(), world.topic(t), world.partitions, false);
    if (steady_clock::now() - told_at < tell_every) continue;
    std::fprintf(stderr, "%d of %d topics are created\n", t + 1, world.topics);
    told_at = steady_clock::now();
  }
  const int wanted = before + world.topics * world.partitions;
  for (const std::string& broker : brokers_of(handle.get())) wait_for_partitions(broker, wanted);
}

}  // namespace tidemark::bench
