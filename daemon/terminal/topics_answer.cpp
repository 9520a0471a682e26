#include "daemon/terminal/topics_answer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "daemon/terminal/fields.h"

namespace tidemark::terminal {
namespace {

using Json = nlohmann::json;

TopicAnswer topic_of(const Json& json) {
  TopicAnswer out;
  out.cluster = text(json, "cluster");
  out.topic = json.at("topic").get<std::string>();
  out.partition_count = count(json, "partition_count");
  out.readers = std::max(count(json, "readers"), count(json, "group_count"));
  out.produced_per_second = maybe<double>(json, "produced_per_second");
  out.unread_since_ms = maybe<std::int64_t>(json, "unread_since_ms");
  if (const auto settings = maybe<Json>(json, "settings")) {
    out.settings = TopicAnswer::Settings{maybe<double>(*settings, "retention_seconds"),
                                         maybe<std::int64_t>(*settings, "retention_bytes"),
                                         maybe<bool>(*settings, "deletes").value_or(true),
                                         maybe<bool>(*settings, "compacts").value_or(false)};
  }
  return out;
}

}  // namespace

Result<TopicsAnswer> parse_topics(std::string_view body) {
  return parsed<TopicsAnswer, Json>(body, [](const Json& json) {
    TopicsAnswer out;
    for (const Json& row : json.at("data")) out.topics.push_back(topic_of(row));
    out.as_of_ms = count(json, "as_of_ms");
    return out;
  });
}

}  // namespace tidemark::terminal
