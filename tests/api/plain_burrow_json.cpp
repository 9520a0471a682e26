#include "tests/api/plain_burrow_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "api/burrow_words.h"
#include "api/json_forms.h"
#include "api/lookup.h"

namespace tidemark::test {
namespace {

using Json = nlohmann::ordered_json;
using Form = JsonForms<Json>;

// As Go prints a float32: the shortest digits that give the same 32 bits, and 1 without a point.
Json float32(double value) {
  const auto narrow = static_cast<float>(value);
  if (narrow == 0.0F || narrow == 1.0F) return Json(static_cast<int>(narrow));
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), narrow).ptr;
  double shortest = 0;
  std::from_chars(text.data(), end, shortest);
  return Json(shortest);
}

// One group as these handlers look at it.
struct Asked {
  const ClusterReport& cluster;
  const GroupReport& group;
  PartitionWindows windows;  // by topic and partition; none if they were not to be had
};

// Null if there is nothing in it.
const PartitionWindow* window_of(const Asked& asked, const TopicName& topic, PartitionId id) {
  const PartitionWindow* window = find_window(asked.windows, topic, id);
  return window != nullptr && !window->samples.empty() ? window : nullptr;
}

Json sample_json(const WindowSample& sample, const std::optional<std::int64_t>& max_offset) {
  return {{"offset", sample.offset.get()},
          {"timestamp", to_ms(sample.at)},
          {"observedAt", to_ms(sample.at)},
          {"lag", sample.lag ? Json(*sample.lag) : Json()},
          {"max_offset", max_offset ? Json(*max_offset) : Json()}};
}

// With the log end as of the commit.
Json past_sample_json(const WindowSample& sample) {
  std::optional<std::int64_t> then;
  if (sample.lag) then = sample.offset.get() + *sample.lag;
  return sample_json(sample, then);
}

// With the log end as of now; the report knows the newest commit even without its window.
Json newest_json(const Asked& asked, const TopicName& topic, const PartitionReport& at,
                 const PartitionWindow* window) {
  if (!at.committed) return {};
  const auto* log = find_partition(asked.cluster.find_topic(topic.get()), at.partition);
  std::optional<std::int64_t> now;
  if (log != nullptr && log->end) now = log->end->get();
  const WindowSample known{at.committed_offset, at.committed_at, at.lag};
  return sample_json(window != nullptr ? window->samples.back() : known, now);
}

Json partition_json(const Asked& asked, const TopicName& topic, const PartitionReport& at) {
  const PartitionWindow* window = window_of(asked, topic, at.partition);
  const MemberReport* owner = find_owner(asked.group, at);
  return {{"topic", topic.get()},
          {"partition", at.partition.get()},
          {"owner", owner != nullptr ? owner->client_host : ""},
          {"client_id", owner != nullptr ? owner->client_id : ""},
          {"status", word(burrow_status(at))},
          {"start", window != nullptr ? past_sample_json(window->samples.front()) : Json()},
          {"end", newest_json(asked, topic, at, window)},
          {"current_lag", burrow_lag(at)},
          {"complete", float32(burrow_complete(at))}};
}

struct Place {
  const TopicName* topic = nullptr;
  const PartitionReport* partition = nullptr;
};

// Burrow knows a topic of a group by its commits.
bool is_committed(const TopicOfGroup& topic) {
  return std::any_of(topic.partitions.begin(), topic.partitions.end(),
                     [](const PartitionReport& at) { return at.committed; });
}

std::vector<Place> places_of(const GroupReport& group) {
  std::vector<Place> out;
  for (const TopicOfGroup& topic : group.topics) {
    if (!is_committed(topic)) continue;
    for (const PartitionReport& at : topic.partitions) out.push_back({&topic.topic, &at});
  }
  return out;
}

Json status_tree(const Asked& asked, const std::string& cluster, bool all) {
  const auto places = places_of(asked.group);
  Json partitions = Json::array();
  std::int64_t total = 0;
  for (const Place& at : places) {
    total += burrow_lag(*at.partition);
    if (all || burrow_status(*at.partition) != BurrowStatus::ok) {
      partitions.push_back(partition_json(asked, *at.topic, *at.partition));
    }
  }
  const auto most =
      std::max_element(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return burrow_lag(*a.partition) < burrow_lag(*b.partition);
      });
  return {{"cluster", cluster},
          {"group", asked.group.name.get()},
          {"status", word(burrow_status(asked.group))},
          {"complete", float32(burrow_complete(asked.group))},
          {"partitions", partitions},
          {"partition_count", places.size()},
          {"maxlag",
           most != places.end() ? partition_json(asked, *most->topic, *most->partition) : Json()},
          {"totallag", total}};
}

// As many entries as the window holds, the missing ones first and null.
Json ring_json(const PartitionReport& at, const PartitionWindow* window) {
  Json ring = Json::array();
  if (!at.committed) return ring;
  const std::size_t held = window != nullptr ? window->samples.size() : 0;
  for (std::size_t i = held; i < at.intervals; ++i) ring.push_back(nullptr);
  for (std::size_t i = 0; i < held; ++i) ring.push_back(past_sample_json(window->samples[i]));
  return ring;
}

Json topics_tree(const Asked& asked) {
  Json topics = Json::object();
  for (const TopicOfGroup& topic : asked.group.topics) {
    if (!is_committed(topic)) continue;
    Json partitions = Json::array();
    for (const PartitionReport& at : topic.partitions) {
      const MemberReport* owner = find_owner(asked.group, at);
      partitions.push_back({{"offsets", ring_json(at, window_of(asked, topic.topic, at.partition))},
                            {"owner", owner != nullptr ? owner->client_host : ""},
                            {"client_id", owner != nullptr ? owner->client_id : ""},
                            {"current-lag", burrow_lag(at)}});
    }
    topics[topic.topic.get()] = std::move(partitions);
  }
  return topics;
}

}  // namespace

std::string plain_burrow_status(const ClusterReport& cluster, const GroupReport& group,
                                const PartitionWindows& windows, bool all) {
  return Form::dump(status_tree({cluster, group, windows}, cluster.cluster.get(), all));
}

std::string plain_burrow_topics(const ClusterReport& cluster, const GroupReport& group,
                                const PartitionWindows& windows) {
  return Form::dump(topics_tree({cluster, group, windows}));
}

}  // namespace tidemark::test
