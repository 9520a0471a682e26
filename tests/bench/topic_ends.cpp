#include "tests/bench/topic_ends.h"

namespace tidemark::bench {
namespace {

constexpr int limit_ms = 30'000;
constexpr std::int64_t latest = -1;

struct DestroyList {
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
};
using List = std::unique_ptr<rd_kafka_topic_partition_list_t, DestroyList>;

}  // namespace

std::vector<std::int64_t> topic_ends(rd_kafka_t* handle, const std::string& topic, int partitions) {
  const List list(rd_kafka_topic_partition_list_new(partitions));
  for (int p = 0; p < partitions; ++p) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), p)->offset = latest;
  }
  const auto code = rd_kafka_offsets_for_times(handle, list.get(), limit_ms);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) fail(topic + ": " + rd_kafka_err2str(code));
  std::vector<std::int64_t> ends(static_cast<std::size_t>(partitions));
  for (int i = 0; i < list->cnt; ++i) {
    const auto& one = list->elems[i];
    if (one.err != RD_KAFKA_RESP_ERR_NO_ERROR) fail(topic + ": " + rd_kafka_err2str(one.err));
    ends[static_cast<std::size_t>(one.partition)] = one.offset;
  }
  return ends;
}

}  // namespace tidemark::bench
