// What the hardware and librdkafka alone can do: reads the offsets topic from start to end in
// batches and decodes nothing. Prints one line of JSON; `seconds` count from the start of the
// process, connection included.
//
//   bare_reader BOOTSTRAP PARTITIONS
#include <librdkafka/rdkafka.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/bench/kafka_handle.h"

namespace tidemark::bench {
namespace {

constexpr const char* offsets_topic = "__consumer_offsets";
constexpr std::size_t batch = 10'000;
constexpr int poll_ms = 100;
constexpr std::chrono::seconds limit{300};

struct Seen {
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;
};

struct DestroyTopic {
  void operator()(rd_kafka_topic_t* topic) const { rd_kafka_topic_destroy(topic); }
};
struct DestroyQueue {
  void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
};
using Topic = std::unique_ptr<rd_kafka_topic_t, DestroyTopic>;
using Queue = std::unique_ptr<rd_kafka_queue_t, DestroyQueue>;

// A partition whose leader is not known when it is started waits half a second.
void learn_leaders(rd_kafka_t* handle, rd_kafka_topic_t* topic) {
  const rd_kafka_metadata_t* metadata = nullptr;
  const auto code = rd_kafka_metadata(handle, 0, topic, &metadata, 5000);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) fail(rd_kafka_err2str(code));
  rd_kafka_metadata_destroy(metadata);
}

void start(rd_kafka_topic_t* topic, int partitions, rd_kafka_queue_t* into) {
  for (int p = 0; p < partitions; ++p) {
    if (rd_kafka_consume_start_queue(topic, p, RD_KAFKA_OFFSET_BEGINNING, into) != 0) {
      fail(rd_kafka_err2str(rd_kafka_last_error()));
    }
  }
}

Seen read_all(rd_kafka_queue_t* queue, int partitions, std::chrono::steady_clock::time_point end) {
  Seen seen;
  std::set<int> open;
  for (int p = 0; p < partitions; ++p) open.insert(p);
  std::vector<rd_kafka_message_t*> messages(batch);
  while (!open.empty()) {
    if (std::chrono::steady_clock::now() > end) fail("not read to the end in time");
    const auto count =
        rd_kafka_consume_batch_queue(queue, poll_ms, messages.data(), messages.size());
    for (ssize_t i = 0; i < count; ++i) {
      rd_kafka_message_t* message = messages[static_cast<std::size_t>(i)];
      if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        ++seen.records;
        seen.bytes += message->key_len + message->len;
      } else if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        open.erase(message->partition);
      }
      rd_kafka_message_destroy(message);
    }
  }
  return seen;
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

int run(const std::string& bootstrap, int partitions) {
  const auto began = std::chrono::steady_clock::now();
  const Handle handle = connect(RD_KAFKA_CONSUMER, {{"bootstrap.servers", bootstrap},

                                                    {"enable.auto.commit", "false"},
                                                    {"enable.auto.offset.store", "false"},
                                                    {"enable.partition.eof", "true"},
                                                    {"isolation.level", "read_committed"},
                                                    {"queued.min.messages", "1000000"},
                                                    {"queued.max.messages.kbytes", "65536"}});
  const Topic topic(rd_kafka_topic_new(handle.get(), offsets_topic, nullptr));
  const Queue queue(rd_kafka_queue_new(handle.get()));
  learn_leaders(handle.get(), topic.get());
  start(topic.get(), partitions, queue.get());
  const Seen seen = read_all(queue.get(), partitions, began + limit);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::printf(
      "{\"records\": %llu, \"bytes\": %llu, \"seconds\": %.3f, \"cpu_seconds\": %.3f, "
      "\"peak_rss_kb\": %ld}\n",
      static_cast<unsigned long long>(seen.records), static_cast<unsigned long long>(seen.bytes),
      took.count(), seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss);
  for (int p = 0; p < partitions; ++p) rd_kafka_consume_stop(topic.get(), p);
  return 0;
}

}  // namespace
}  // namespace tidemark::bench

int main(int count, char** words) {
  if (count != 3) tidemark::bench::fail("usage: bare_reader BOOTSTRAP PARTITIONS");
  return tidemark::bench::run(words[1], std::stoi(words[2]));
}
