// How a group's verdict came about.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/group_json.h"
#include "api/json_forms.h"
#include "api/json_values.h"
#include "api/partition_json.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word(Since::Source source) {
  switch (source) {
    case Since::Source::history:
      return "log_ends";
    case Since::Source::probe:
      return "probe";
    case Since::Source::at_latest:
      return "first_seen";
    case Since::Source::none:
      break;
  }
  return "unknown";
}

std::string_view word(ProbeState state) {
  switch (state) {
    case ProbeState::asked:
      return "asked";
    case ProbeState::record:
      return "record";
    case ProbeState::end:
      return "end";
    case ProbeState::failed:
      return "failed";
    case ProbeState::none:
      break;
  }
  return "none";
}

void write_since(JsonWriter& out, const char* name, const Since& since) {
  out.field(name, if_so(since.source != Since::Source::none, since.at));
}

// First match wins, and the verdict's reason is its name.
void write_rules(JsonWriter& out, const Trace& trace, Reason reason) {
  const auto decided = std::find_if(trace.begin(), trace.end(), [&](const TracedRule& rule) {
    return rule.held && rule.name == to_string(reason);
  });
  out.key("rules").begin_array();
  for (auto rule = trace.begin(); rule != trace.end(); ++rule) {
    out.begin_object()
        .field("number", rule->number)
        .field("rule", rule->name)
        .field("held", rule->held)
        .field("decided", rule == decided)
        .field("numbers", rule->numbers)
        .end_object();
  }
  out.end_array();
}

void write_tried(JsonWriter& out, const Explanation& in, const Explanation::Tried& tried) {
  const PartitionReport& at = *tried.of.partition;
  out.begin_object();
  write_partition(out, *in.cluster, *in.group, judged_topic(*in.cluster, *tried.of.topic), at);
  out.field("samples", at.samples).field("intervals", at.intervals);
  write_window(out, tried.window);
  const PartitionWindow none;
  const PartitionWindow& seen = tried.window != nullptr ? *tried.window : none;
  out.field("position", seen.position)
      .field("probe", word(seen.probe))
      .field("probed_to", seen.probed_to)
      .field("standing_since_ms", seen.standing_since)
      .field("unread_since_source", word(seen.unread_since.source));
  write_since(out, "waiting_since_ms", seen.waiting_since);
  out.field("waiting_since_source", word(seen.waiting_since.source));
  write_rules(out, seen.trace, at.reason);
  out.end_object();
}

// What all its partitions are, for the roll-up: {status: {reason: {"orders": [0, …]}}}.
Json partitions_by_verdict(const GroupReport& group) {
  Json out = Json::object();
  for (const TopicOfGroup& topic : group.topics) {
    for (const PartitionReport& at : topic.partitions) {
      Json& row = out[std::string(to_string(at.status))][std::string(to_string(at.reason))];
      Json& of_topic = row[topic.topic.get()];
      of_topic.push_back(at.partition.get());
    }
  }
  return out;
}

void write_decider(JsonWriter& out, const Decider& decider) {
  if (decider.partition == nullptr) {
    out.field("decided_by", nullptr);
    return;
  }
  out.key("decided_by")
      .begin_object()
      .field("topic", decider.topic->topic.get())
      .field("partition", decider.partition->partition.get())
      .end_object();
}

}  // namespace

std::string explanation_json(const Explanation& in) {
  JsonWriter out;
  out.begin_object();
  write_group_fields(out, *in.cluster, *in.group);
  write_decider(out, deciding_partition(*in.group));
  out.key("partitions_by_verdict").raw(JsonForms<Json>::dump(partitions_by_verdict(*in.group)));
  out.field_if_said("rules_problem", in.problem).key("partitions").begin_array();
  for (const auto& tried : in.tried) write_tried(out, in, tried);
  return out.end_array().end_object().take();
}

}  // namespace tidemark
