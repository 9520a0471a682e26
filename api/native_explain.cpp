// Why a verdict is what it is: the rules as they were tried, with the numbers that they compared.
#include <algorithm>

#include "api/group_json.h"
#include "api/lookup.h"
#include "api/native.h"
#include "api/query.h"
#include "api/refusals.h"
#include "api/router.h"

namespace tidemark {
namespace {

// Of one partition, or (null) of those that decide.
struct Wanted {
  std::string cluster;
  std::string group;
  std::optional<std::string> topic;
  std::int32_t partition = 0;
};

constexpr int highest_partition = 2'147'483'647;

Wanted read_wanted(QueryReader& reader) {
  Wanted out;
  out.topic = reader.text("topic");
  out.partition = reader.number("partition", 0, highest_partition, 0);
  if (out.topic && !reader.text("partition")) {
    reader.refuse("partition", "which partition of the topic? Give partition=…",
                  "missing_parameter");
  } else if (!out.topic && reader.text("partition")) {
    reader.refuse("topic", "the partition of which topic? Give topic=…", "missing_parameter");
  }
  return out;
}

// Null if the group has no such partition, or has committed nothing there.
Decider find_committed(const GroupReport& group, const std::string& topic, std::int32_t partition) {
  const TopicOfGroup* found = find_topic_of(group, topic);
  if (found == nullptr) return {};
  const auto at = std::find_if(
      found->partitions.begin(), found->partitions.end(),
      [&](const auto& each) { return each.committed && each.partition.get() == partition; });
  return at == found->partitions.end() ? Decider{} : Decider{found, &*at};
}

HttpReply explained(const Call& call, const ClusterReport& report, const Wanted& wanted) {
  const GroupReport* group = report.find_group(wanted.group);
  if (group == nullptr) return refusal_reply(no_group(wanted.cluster, wanted.group));
  auto detail = call.site.view.detail(wanted.cluster, wanted.group, true);
  Explanation out{&report, group, {}, detail ? "" : detail.error().message};
  // Verdict and trace of the same instant, if there is one.
  if (detail && detail.value().report) out.group = detail.value().report.get();
  const Decider of = wanted.topic ? find_committed(*out.group, *wanted.topic, wanted.partition)
                                  : deciding_partition(*out.group);
  if (of.partition != nullptr) {
    const PartitionWindow* window =
        detail ? find_window(detail.value().windows, of.topic->topic, of.partition->partition)
               : nullptr;
    out.tried.push_back({of, window});
  } else if (wanted.topic) {
    return refusal_reply(no_partition(wanted.group, *wanted.topic, wanted.partition));
  }
  return data_reply(explanation_json(out), std::nullopt, report.shown(report.as_of));
}

HttpReply explain(const Call& call, QueryReader& reader, std::string cluster, std::string group) {
  Wanted wanted = read_wanted(reader);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  wanted.cluster = std::move(cluster);
  wanted.group = std::move(group);
  const auto report = find_cluster(call.site.view, wanted.cluster);
  if (!report) return refusal_reply(no_cluster(wanted.cluster));
  return explained(call, *report, wanted);
}

}  // namespace

HttpReply explain_group(const Call& call) {
  QueryReader reader(call.target, {"topic", "partition"});
  return explain(call, reader, call.names.at(0), call.names.at(1));
}

HttpReply explain_group_by_query(const Call& call) {
  QueryReader reader(call.target, {"name", "topic", "partition"});
  const auto name = reader.text("name");
  if (!name) reader.refuse("name", "the group's name is missing: ?name=…", "missing_parameter");
  return explain(call, reader, call.names.at(0), name.value_or(""));
}

}  // namespace tidemark
