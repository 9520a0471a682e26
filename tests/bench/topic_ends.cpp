#include "tests/bench/topic_ends.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace tidemark::bench {
namespace {

using std::chrono::steady_clock;

constexpr int limit_ms = 10'000;
constexpr std::chrono::seconds limit{500};
constexpr std::chrono::milliseconds pause{250};
constexpr std::int64_t latest = -1;
constexpr std::size_t most_partitions = 1000;  // asked for at once

struct DestroyList {
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
};
using List = std::unique_ptr<rd_kafka_topic_partition_list_t, DestroyList>;
// What the client remembers of a topic since its creation may be half of it, and stays so for
// minutes.
void learn_anew(rd_kafka_t* handle) {
  const rd_kafka_metadata_t* metadata = nullptr;
  if (rd_kafka_metadata(handle, 1, nullptr, &metadata, limit_ms) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    rd_kafka_metadata_destroy(metadata);
  }
}

// Those of topics [first, end).
rd_kafka_resp_err_t ask(rd_kafka_t* handle, const std::vector<std::string>& topics,
                        std::size_t first, std::size_t end, LogEnds& ends) {
  const List list(rd_kafka_topic_partition_list_new(0));
  for (std::size_t t = first; t < end; ++t) {
    for (std::size_t p = 0; p < ends[t].size(); ++p) {
      rd_kafka_topic_partition_list_add(list.get(), topics[t].c_str(), static_cast<int>(p))
          ->offset = latest;
    }
  }
  const auto code = rd_kafka_offsets_for_times(handle, list.get(), limit_ms);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return code;
  int at = 0;  // the answer is in the order of the question
  for (std::size_t t = first; t < end; ++t) {
    for (auto& log_end : ends[t]) {
      const auto& one = list->elems[at++];
      if (one.err != RD_KAFKA_RESP_ERR_NO_ERROR) return one.err;
      log_end = one.offset;
    }
  }
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

}  // namespace

LogEnds topic_ends(rd_kafka_t* handle, const std::vector<std::string>& topics, int partitions) {
  const auto limit_at = steady_clock::now() + limit;
  const auto count = static_cast<std::size_t>(partitions);
  const std::size_t at_once = std::max<std::size_t>(1, most_partitions / count);
  LogEnds ends(topics.size(), std::vector<std::int64_t>(count));
  for (std::size_t first = 0; first < topics.size();) {
    const std::size_t end = std::min(topics.size(), first + at_once);
    const auto code = ask(handle, topics, first, end, ends);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      first = end;
      continue;
    }
    if (steady_clock::now() > limit_at) fail(topics[first] + ": " + rd_kafka_err2str(code));
    std::this_thread::sleep_for(pause);
    learn_anew(handle);
  }
  return ends;
}

}  // namespace tidemark::bench
