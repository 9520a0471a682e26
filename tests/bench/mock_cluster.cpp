// A cluster of mock brokers in a process of its own, so that what they cost is not counted as the
// monitor's. Prints one line of JSON with its address once all topics are there, and ends when its
// standard input does.
//
//   mock_cluster [brokers=N] [topics=N] [partitions=N] [offsets_partitions=N]
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/kafka_handle.h"
#include "tests/bench/settings.h"

namespace tidemark::bench {
namespace {

struct Size {
  int brokers = 3;
  int topics = 1000;
  int partitions = 100;  // of each topic
  int offsets_partitions = 1;
};

Size size_from(int count, char** words) {
  Size size;
  Settings settings;
  settings.take("brokers", &size.brokers);
  settings.take("topics", &size.topics);
  settings.take("partitions", &size.partitions);
  settings.take("offsets_partitions", &size.offsets_partitions);
  settings.read(count, words, 1);
  return size;
}

std::string topic_name(int number) {
  char name[64];
  std::snprintf(name, sizeof name, "bench-topic-%05d", number);
  return name;
}

void create(rd_kafka_mock_cluster_t* cluster, const std::string& topic, int partitions) {
  const auto error = rd_kafka_mock_topic_create(cluster, topic.c_str(), partitions, 1);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) fail(topic + ": " + rd_kafka_err2str(error));
}

// The mock may look at an order only a second later: many are given at the same time.
void create_all(rd_kafka_mock_cluster_t* cluster, const Size& size) {
  constexpr int at_once = 50;
  std::vector<std::jthread> threads;
  for (int first = 0; first < at_once; ++first) {
    threads.emplace_back([cluster, &size, first] {
      for (int t = first; t < size.topics; t += at_once) {
        create(cluster, topic_name(t), size.partitions);
      }
    });
  }
}

int run(const Size& size) {
  const Handle handle =
      connect(RD_KAFKA_PRODUCER,
              {{"test.mock.num.brokers", std::to_string(size.brokers)}, {"log_level", "0"}});
  auto* cluster = rd_kafka_handle_mock_cluster(handle.get());
  create(cluster, "__consumer_offsets", size.offsets_partitions);
  create_all(cluster, size);
  std::printf("{\"bootstrap\": \"%s\"}\n", rd_kafka_mock_cluster_bootstraps(cluster));
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}

}  // namespace
}  // namespace tidemark::bench

int main(int count, char** words) {
  return tidemark::bench::run(tidemark::bench::size_from(count, words));
}
