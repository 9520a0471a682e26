// Fills a real cluster with what a big one would have: topics with records, and a backlog of offset
// commits in the offsets topic, written past the coordinator. For benchmarks on a broker that is
// thrown away afterwards; prints one line of JSON.
//
//   fill_offsets BOOTSTRAP [groups=N] [topics=N] [partitions=N] [rounds=N] [log_end=N]
//                [offsets_partitions=N] [batch=N] [compression=lz4] [what=topics|commits|all]
#include <librdkafka/rdkafka.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <string>

#include "collectors/record.h"
#include "core/clock.h"
#include "tests/bench/kafka_handle.h"
#include "tests/bench/world.h"

namespace tidemark::bench {
namespace {

constexpr const char* offsets_topic = "__consumer_offsets";
constexpr int limit_ms = 120'000;

struct Plan {
  World world;
  std::string bootstrap;
  std::string batch = "10000";  // records in one batch at most
  std::string compression = "none";
  std::string what = "all";
};

Plan plan_from(int count, char** words) {
  if (count < 2) fail("usage: fill_offsets BOOTSTRAP [name=value…]");
  Plan plan;
  plan.bootstrap = words[1];
  World& world = plan.world;
  const std::map<std::string, int*> numbers = {{"groups", &world.groups},
                                               {"topics", &world.topics},
                                               {"partitions", &world.partitions},
                                               {"rounds", &world.rounds},
                                               {"log_end", &world.log_end},
                                               {"offsets_partitions", &world.offsets_partitions},
                                               {"value_version", &world.value_version}};
  const std::map<std::string, std::string*> texts = {
      {"batch", &plan.batch}, {"compression", &plan.compression}, {"what", &plan.what}};
  for (int i = 2; i < count; ++i) {
    const std::string word = words[i];
    const std::string name = word.substr(0, word.find('='));
    const std::string value = word.substr(std::min(word.size(), name.size() + 1));
    if (const auto number = numbers.find(name); number != numbers.end()) {
      *number->second = std::stoi(value);
    } else if (const auto text = texts.find(name); text != texts.end()) {
      *text->second = value;
    } else {
      fail("fill_offsets: unknown setting " + name);
    }
  }
  return plan;
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

class Producer {
 public:
  explicit Producer(const Plan& plan)
      : handle_(connect(RD_KAFKA_PRODUCER, {{"bootstrap.servers", plan.bootstrap},
                                            {"client.id", "__admin_client"},
                                            {"linger.ms", "50"},
                                            {"batch.num.messages", plan.batch},
                                            {"compression.codec", plan.compression},
                                            {"queue.buffering.max.messages", "1000000"}})) {}

  [[nodiscard]] rd_kafka_t* handle() const { return handle_.get(); }

  void send(const std::string& topic, int partition, const std::string& key,
            const std::string& value) {
    while (true) {
      const auto sent = rd_kafka_producev(
          handle_.get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(partition),
          RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key.data(), key.size()),
          RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()), RD_KAFKA_V_END);
      if (sent == RD_KAFKA_RESP_ERR_NO_ERROR) break;
      if (sent != RD_KAFKA_RESP_ERR__QUEUE_FULL) fail(topic + ": " + rd_kafka_err2str(sent));
      rd_kafka_poll(handle_.get(), 100);
    }
    if (++sent_ % 10'000 == 0) rd_kafka_poll(handle_.get(), 0);
  }

  void finish() {
    if (rd_kafka_flush(handle_.get(), limit_ms) != RD_KAFKA_RESP_ERR_NO_ERROR) {
      fail("the broker did not take all records in time");
    }
  }

 private:
  Handle handle_;
  std::uint64_t sent_ = 0;
};

void fill_topics(const World& world, Producer& producer) {
  create_topic(producer.handle(), offsets_topic, world.offsets_partitions, true);
  for (int t = 0; t < world.topics; ++t) {
    create_topic(producer.handle(), world.topic(t), world.partitions, false);
  }
  for (int i = 0; i < world.log_end; ++i) {
    for (int t = 0; t < world.topics; ++t) {
      for (int p = 0; p < world.partitions; ++p) producer.send(world.topic(t), p, "", "x");
    }
  }
  producer.finish();
}

void fill_commits(const World& world, Producer& producer) {
  const Instant now = SystemClock().now();
  for (int round = 0; round < world.rounds; ++round) {
    for (int g = 0; g < world.groups; ++g) {
      const int to = offsets_partition_of(world.group(g), world.offsets_partitions);
      for (int p = 0; p < world.partitions; ++p) {
        producer.send(offsets_topic, to, world.key(g, p), world.value(g, p, round, now));
      }
    }
  }
  producer.finish();
}

int run(const Plan& plan) {
  const auto began = std::chrono::steady_clock::now();
  Producer producer(plan);
  if (plan.what != "commits") fill_topics(plan.world, producer);
  if (plan.what != "topics") fill_commits(plan.world, producer);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf(
      "{\"commits\": %lld, \"group_partitions\": %lld, \"record_bytes\": %zu, "
      "\"seconds\": %.1f}\n",
      static_cast<long long>(plan.world.commits()),
      static_cast<long long>(plan.world.group_partitions()),
      plan.world.key(1, 1).size() + plan.world.value(1, 1, 1, from_ms(0)).size(), took.count());
  return 0;
}

}  // namespace
}  // namespace tidemark::bench

int main(int count, char** words) {
  return tidemark::bench::run(tidemark::bench::plan_from(count, words));
}
