// What `GET /api/v1/clusters/{c}/topics` answers, as far as a terminal shows it. Null is unknown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidemark::terminal {

struct TopicAnswer {
  struct Settings {
    std::optional<double> retention;  // seconds; null: kept for ever
    std::optional<std::int64_t> retention_bytes;
    bool deletes = true;
    bool compacts = false;
  };
  std::string cluster;
  std::string topic;
  std::int64_t partition_count = 0;
  std::int64_t readers = 0;
  std::optional<double> produced_per_second;
  std::optional<std::int64_t> unread_since_ms;
  std::optional<Settings> settings;
};

struct TopicsAnswer {
  std::vector<TopicAnswer> topics;
  std::int64_t as_of_ms = 0;
};

Result<TopicsAnswer> parse_topics(std::string_view body);

}  // namespace tidemark::terminal
