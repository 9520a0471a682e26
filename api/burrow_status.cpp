// Burrow's consumer detail, status and lag.
#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

#include "api/burrow.h"
#include "api/burrow_lookup.h"
#include "api/burrow_replies.h"
#include "api/burrow_words.h"
#include "api/json_writer.h"
#include "api/lookup.h"
#include "api/partition_json.h"
#include "api/router.h"

namespace tidemark {
namespace {

// As Go prints a float32: the shortest digits that give the same 32 bits, and 1 without a point.
void write_float32(JsonWriter& out, double value) {
  const auto narrow = static_cast<float>(value);
  if (narrow == 0.0F || narrow == 1.0F) {
    out.value(static_cast<int>(narrow));
    return;
  }
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), narrow).ptr;
  double shortest = 0;
  std::from_chars(text.data(), end, shortest);
  out.value(shortest);
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

void write_sample(JsonWriter& out, const WindowSample& sample,
                  const std::optional<std::int64_t>& max_offset) {
  out.begin_object()
      .field("offset", sample.offset)
      .field("timestamp", sample.at)
      .field("observedAt", sample.at)
      .field("lag", sample.lag)
      .field("max_offset", max_offset)
      .end_object();
}

// With the log end as of the commit.
void write_past_sample(JsonWriter& out, const WindowSample& sample) {
  std::optional<std::int64_t> then;
  if (sample.lag) then = sample.offset.get() + *sample.lag;
  write_sample(out, sample, then);
}

// With the log end as of now; the report knows the newest commit even without its window.
void write_newest(JsonWriter& out, const JudgedTopic& topic, const PartitionReport& at,
                  const PartitionWindow* window) {
  if (!at.committed) {
    out.value(nullptr);
    return;
  }
  const auto* log = find_partition(topic.log, at.partition);
  std::optional<std::int64_t> now;
  if (log != nullptr && log->end) now = log->end->get();
  const WindowSample known{at.committed_offset, at.committed_at, at.lag};
  write_sample(out, window != nullptr ? window->samples.back() : known, now);
}

// Whose partition it is; "" where nobody knows.
void write_owner(JsonWriter& out, const GroupReport& group, const PartitionReport& at) {
  const MemberReport* owner = find_owner(group, at);
  out.field("owner", owner != nullptr ? owner->client_host : "")
      .field("client_id", owner != nullptr ? owner->client_id : "");
}

void write_burrow_partition(JsonWriter& out, const Asked& asked, const JudgedTopic& topic,
                            const PartitionReport& at) {
  const TopicName& name = topic.of->topic;
  const PartitionWindow* window = window_of(asked, name, at.partition);
  out.begin_object().field("topic", name.get()).field("partition", at.partition.get());
  write_owner(out, asked.group, at);
  out.field("status", word(burrow_status(at))).key("start");
  if (window != nullptr) {
    write_past_sample(out, window->samples.front());
  } else {
    out.value(nullptr);
  }
  out.key("end");
  write_newest(out, topic, at, window);
  out.field("current_lag", burrow_lag(at)).key("complete");
  write_float32(out, burrow_complete(at));
  out.end_object();
}

struct Place {
  JudgedTopic topic;
  const PartitionReport* partition = nullptr;
};

// Burrow knows a topic of a group by its commits.
bool is_committed(const TopicOfGroup& topic) {
  return std::any_of(topic.partitions.begin(), topic.partitions.end(),
                     [](const PartitionReport& at) { return at.committed; });
}

std::vector<Place> places_of(const Asked& asked) {
  std::vector<Place> out;
  for (const TopicOfGroup& topic : asked.group.topics) {
    if (!is_committed(topic)) continue;
    const JudgedTopic judged = judged_topic(asked.cluster, topic);
    for (const PartitionReport& at : topic.partitions) out.push_back({judged, &at});
  }
  return out;
}

constexpr std::size_t bytes_of_a_partition = 450;

std::string status_json(const Asked& asked, const std::string& cluster, bool all) {
  const auto places = places_of(asked);
  JsonWriter out((all ? places.size() + 1 : 1) * bytes_of_a_partition);
  out.begin_object()
      .field("cluster", cluster)
      .field("group", asked.group.name.get())
      .field("status", word(burrow_status(asked.group)))
      .key("complete");
  write_float32(out, burrow_complete(asked.group));
  out.key("partitions").begin_array();
  std::int64_t total = 0;
  for (const Place& at : places) {
    total += burrow_lag(*at.partition);
    if (all || burrow_status(*at.partition) != BurrowStatus::ok) {
      write_burrow_partition(out, asked, at.topic, *at.partition);
    }
  }
  out.end_array().field("partition_count", places.size()).key("maxlag");
  const auto most =
      std::max_element(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return burrow_lag(*a.partition) < burrow_lag(*b.partition);
      });
  if (most != places.end()) {
    write_burrow_partition(out, asked, most->topic, *most->partition);
  } else {
    out.value(nullptr);
  }
  return out.field("totallag", total).end_object().take();
}

// Not an error in Burrow's eyes, and yet a 404.
HttpReply no_status(const Call& call) {
  JsonWriter status;
  status.begin_object()
      .field("cluster", call.names.at(0))
      .field("group", call.names.at(1))
      .field("status", "NOTFOUND")
      .field("complete", 1)
      .list("partitions", std::vector<int>{})
      .field("partition_count", 0)
      .field("maxlag", nullptr)
      .field("totallag", 0)
      .end_object();
  return burrow_reply(call.site, call.target, 404, false, "consumer status returned",
                      R"("status":)" + status.text());
}

// Runs `answer` on the group, or `missing` where there is none (any more).
HttpReply with_group(const Call& call, const std::function<HttpReply(const Asked&)>& answer,
                     const std::function<HttpReply()>& missing) {
  const auto cluster = burrow_find_cluster(call.site.view, call.names.at(0));
  const GroupReport* group = cluster ? burrow_find_group(*cluster, call.names.at(1)) : nullptr;
  if (group == nullptr || burrow_status(*group) == BurrowStatus::not_found) return missing();
  Asked asked{*cluster, *group, {}};
  auto detail = call.site.view.detail(cluster->cluster.get(), group->name.get(), false);
  if (detail) asked.windows = std::move(detail.value().windows);
  return answer(asked);
}

HttpReply status_reply(const Call& call, bool all) {
  const auto answer = [&](const Asked& asked) {
    return burrow_reply(call.site, call.target, 200, false, "consumer status returned",
                        R"("status":)" + status_json(asked, call.names.at(0), all));
  };
  return with_group(call, answer, [&] { return no_status(call); });
}

// As many entries as the window holds, the missing ones first and null.
void write_ring(JsonWriter& out, const PartitionReport& at, const PartitionWindow* window) {
  out.begin_array();
  const std::size_t held = at.committed && window != nullptr ? window->samples.size() : 0;
  for (std::size_t i = held; at.committed && i < at.intervals; ++i) out.value(nullptr);
  for (std::size_t i = 0; i < held; ++i) write_past_sample(out, window->samples[i]);
  out.end_array();
}

std::string topics_json(const Asked& asked) {
  JsonWriter out;
  out.begin_object();
  for (const TopicOfGroup& topic : asked.group.topics) {
    if (!is_committed(topic)) continue;
    out.any_key(topic.topic.get()).begin_array();
    for (const PartitionReport& at : topic.partitions) {
      out.begin_object().key("offsets");
      write_ring(out, at, window_of(asked, topic.topic, at.partition));
      write_owner(out, asked.group, at);
      out.field("current-lag", burrow_lag(at)).end_object();
    }
    out.end_array();
  }
  return out.end_object().take();
}

}  // namespace

HttpReply burrow_consumer(const Call& call) {
  const auto answer = [&](const Asked& asked) {
    return burrow_reply(call.site, call.target, 200, false, "consumer detail returned",
                        R"("topics":)" + topics_json(asked));
  };
  return with_group(call, answer, [&] {
    return burrow_reply(call.site, call.target, 404, true, "cluster or consumer not found", "");
  });
}

HttpReply burrow_consumer_status(const Call& call) { return status_reply(call, false); }
HttpReply burrow_consumer_lag(const Call& call) { return status_reply(call, true); }

}  // namespace tidemark
