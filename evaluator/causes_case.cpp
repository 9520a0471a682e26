#include <algorithm>
#include <cmath>
#include <numeric>

#include "evaluator/causes.h"
#include "evaluator/causes_thresholds.h"
#include "evaluator/words.h"

namespace tidemark::causes {
namespace {

bool seen_afresh(const PartitionEvidence& partition) {
  return partition.reason != Reason::monitor_stale && partition.reason != Reason::no_data;
}

// Late through its reader, rather than for what retention, a transaction or a new topic did to it.
bool late_by_reading(Reason reason) {
  return reason != Reason::data_loss && reason != Reason::beyond_log_end &&
         reason != Reason::blocked_by_transaction;
}

bool is_well(const PartitionEvidence& partition) {
  return !partition.bad && partition.status == PartitionStatus::ok &&
         (partition.reason == Reason::caught_up || partition.reason == Reason::keeping_up ||
          partition.reason == Reason::catching_up || partition.reason == Reason::burrow_ok);
}

bool advances(const PartitionEvidence& partition) {
  return seen_afresh(partition) &&
         (partition.status == PartitionStatus::ok || partition.status == PartitionStatus::warn);
}

std::optional<TopicPace> pace_of(const TopicEvidence& topic) {
  std::vector<double> rates;
  for (const std::optional<double>& rate : topic.produced) {
    if (!rate || !std::isfinite(*rate) || *rate < 0) return std::nullopt;
    rates.push_back(*rate);
  }
  if (rates.empty()) return std::nullopt;
  std::sort(rates.begin(), rates.end());
  TopicPace pace;
  for (const double rate : rates) pace.all += rate;
  pace.median = std::midpoint(rates[(rates.size() - 1) / 2], rates[rates.size() / 2]);
  return pace;
}

void sort_in(Case& of, const Located& where) {
  const PartitionEvidence& partition = *where.partition;
  const bool bad = partition.bad && seen_afresh(partition);
  const bool late = bad && late_by_reading(partition.reason);
  const bool well = is_well(partition);
  if (bad) of.bad.push_back(where);
  if (late) of.late.push_back(where);
  if (well) of.well.push_back(where);
  const auto owner = owner_of(of.evidence, partition);
  if (!owner) return;
  Load& load = of.loads[*owner];
  ++load.owned;
  ++(late ? load.late : well ? load.well : load.unsure);
  if (advances(partition)) {
    load.moved_last = std::max(load.moved_last, std::optional(partition.standing_since));
  }
}

// Every partition of these topics is in the evidence, also those that were never committed.
bool all_partitions_told(const GroupEvidence& evidence) {
  return std::all_of(evidence.topics.begin(), evidence.topics.end(), [](const TopicEvidence& each) {
    return each.partitions.size() == each.produced.size();
  });
}

void complete_loads(Case& of) {
  of.loads_known = of.evidence.assignments_known;
  const bool counted = all_partitions_told(of.evidence);
  for (std::size_t i = 0; i < of.loads.size(); ++i) {
    const MemberEvidence& member = of.evidence.members[i];
    if (!member.live) continue;
    if (!member.assigned && !counted) of.loads_known = false;
    of.loads[i].owned = std::max(of.loads[i].owned, member.assigned.value_or(0));
  }
}

}  // namespace

Case make_case(const GroupEvidence& evidence) {
  Case out{evidence, {}, {}, {}, {}, std::vector<Load>(evidence.members.size())};
  for (const TopicEvidence& topic : evidence.topics) out.paces.push_back(pace_of(topic));
  for (std::size_t i = 0; i < evidence.topics.size(); ++i) {
    const TopicEvidence& topic = evidence.topics[i];
    for (const PartitionEvidence& partition : topic.partitions) {
      sort_in(out, {&topic, &partition, out.paces[i] ? &*out.paces[i] : nullptr});
    }
  }
  complete_loads(out);
  return out;
}

std::optional<std::size_t> owner_of(const GroupEvidence& evidence, const PartitionEvidence& of) {
  if (!of.owner || *of.owner >= evidence.members.size()) return std::nullopt;
  return evidence.members[*of.owner].live ? of.owner : std::nullopt;
}

Duration elapsed(Instant now, Instant since) {
  constexpr double century = 100.0 * 365 * 86'400 * 1000;
  const double ms = static_cast<double>(to_ms(now)) - static_cast<double>(to_ms(since));
  return Duration{static_cast<std::int64_t>(std::clamp(ms, 0.0, century))};
}

bool ceased_at(const PartitionEvidence& partition, Instant at, Instant now) {
  if (elapsed(partition.committed_at, at) > clock_slack) return false;
  const Duration silent = elapsed(now, partition.committed_at);
  const bool nothing_waited =
      partition.unread_since && elapsed(at, *partition.unread_since) <= gone_after_silence;
  return nothing_waited ||
         elapsed(at, partition.committed_at) <= std::max(gone_after_silence, silent / 2);
}

bool is_stuck(const Case& of, const Located& where) {
  const PartitionEvidence& partition = *where.partition;
  const auto owner = owner_of(of.evidence, partition);
  if (partition.status != PartitionStatus::stalled || !seen_afresh(partition) || !owner) {
    return false;
  }
  const std::optional<Instant>& moved = of.loads[*owner].moved_last;
  const Instant now = of.evidence.now;
  return moved && elapsed(now, *moved) < elapsed(now, partition.standing_since) / 2;
}

double rate_of(const Located& where) {
  const std::int32_t at = where.partition->partition.get();
  const auto& rates = where.topic->produced;
  if (at < 0 || static_cast<std::size_t>(at) >= rates.size()) return 0;
  return rates[static_cast<std::size_t>(at)].value_or(0);
}

bool is_hot(const Case& of, const Located& where) {
  const double rate = rate_of(where);
  return where.pace != nullptr && rate >= several_times * where.pace->median &&
         rate * to_seconds(of.evidence.window) >= enough_records;
}

std::string label(const GroupEvidence& evidence, std::size_t member) {
  const MemberEvidence& of = evidence.members[member];
  const auto namesakes = std::count_if(
      evidence.members.begin(), evidence.members.end(),
      [&](const MemberEvidence& other) { return other.live == of.live && other.name == of.name; });
  return words::name(of.name.empty() || (namesakes > 1 && of.live) ? of.member_id : of.name);
}

std::string label_with_host(const GroupEvidence& evidence, std::size_t member) {
  const std::string& host = evidence.members[member].host;
  return label(evidence, member) + (host.empty() ? "" : " at " + words::name(host));
}

std::string since_clock(const GroupEvidence& evidence, Instant since) {
  return "since " + words::clock(since, evidence.now);
}

}  // namespace tidemark::causes
