// Causes that other groups share: a broker, a topic.
#include <algorithm>

#include "evaluator/causes.h"
#include "evaluator/causes_thresholds.h"
#include "evaluator/commands.h"
#include "evaluator/words.h"

namespace tidemark::causes {
namespace {

// The leader of all late partitions; null: not one, or not known.
std::optional<std::int32_t> common_leader(const Case& of) {
  if (of.late.empty() || of.late.front().partition->leader < 0) return std::nullopt;
  const std::int32_t leader = of.late.front().partition->leader;
  const bool same = std::all_of(of.late.begin(), of.late.end(), [&](const Located& each) {
    return each.partition->leader == leader;
  });
  return same ? std::optional(leader) : std::nullopt;
}

// What other brokers lead is well, in this group or in others: else the broker says nothing.
bool well_elsewhere(const Case& of, std::int32_t broker) {
  const auto& brokers = of.evidence.brokers;
  return std::any_of(of.well.begin(), of.well.end(),
                     [&](const Located& each) {
                       return each.partition->leader >= 0 && each.partition->leader != broker;
                     }) ||
         std::any_of(brokers.begin(), brokers.end(), [&](const BrokerEvidence& each) {
           return each.broker != broker && each.other_groups_bad == 0 && each.other_groups_well > 0;
         });
}

bool late_here(const Case& of, const TopicEvidence& topic) {
  return std::any_of(of.late.begin(), of.late.end(),
                     [&](const Located& each) { return each.topic == &topic; });
}

bool fell_together(const TopicEvidence& topic) {
  return topic.bad_groups >= 2 && topic.bad_groups <= topic.groups &&
         2 * std::int64_t{topic.bad_groups} > topic.groups && topic.bad_since_first &&
         topic.bad_since_last &&
         elapsed(*topic.bad_since_last, *topic.bad_since_first) <= together_within;
}

Finding whole(const GroupEvidence& evidence, const TopicEvidence& topic) {
  const std::string first = words::clock(*topic.bad_since_first, evidence.now);
  const std::string last = words::clock(*topic.bad_since_last, evidence.now);
  Finding out;
  out.kind = FindingKind::whole_topic;
  out.sentence =
      words::number(std::int64_t{topic.bad_groups}) + " of " + words::count(topic.groups, "group") +
      " that read " + words::name(topic.topic.get()) + " fell behind " +
      (first == last ? "at " + first : "between " + first + " and " + last) + ": look upstream.";
  out.next_step = commands::show_topic(evidence, topic.topic);
  out.numbers = {{"topic", topic.topic.get()},
                 {"bad_groups", std::int64_t{topic.bad_groups}},
                 {"groups", std::int64_t{topic.groups}},
                 {"first_at", *topic.bad_since_first},
                 {"last_at", *topic.bad_since_last}};
  return out;
}

}  // namespace

Findings one_broker(const Case& of) {
  const auto leader = common_leader(of);
  const auto& brokers = of.evidence.brokers;
  const auto broker = std::find_if(brokers.begin(), brokers.end(), [&](const auto& each) {
    return leader && each.broker == *leader;
  });
  if (broker == brokers.end() || broker->other_groups_bad < 1 ||
      broker->other_groups_bad < broker->other_groups_well || !well_elsewhere(of, *leader)) {
    return {};
  }
  const auto late = static_cast<std::int64_t>(of.late.size());
  Finding out;
  out.kind = FindingKind::one_broker;
  out.sentence = (late == 1 ? "The only late partition is"
                            : "All " + words::number(late) + " late partitions are") +
                 " led by broker " + std::to_string(*leader) + ", as are late partitions of " +
                 words::count(broker->other_groups_bad, "other group") + ".";
  out.next_step = commands::show_under_replicated(of.evidence);
  out.numbers = {{"broker", std::int64_t{*leader}},
                 {"late_partitions", late},
                 {"other_groups_bad", std::int64_t{broker->other_groups_bad}},
                 {"other_groups_well", std::int64_t{broker->other_groups_well}}};
  return {out};
}

Findings whole_topic(const Case& of) {
  Findings out;
  for (const TopicEvidence& topic : of.evidence.topics) {
    if (out.size() == most_of_a_kind) break;
    if (fell_together(topic) && late_here(of, topic)) out.push_back(whole(of.evidence, topic));
  }
  return out;
}

}  // namespace tidemark::causes
