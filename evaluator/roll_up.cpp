// From partitions to their group.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>

#include "evaluator/learning.h"
#include "evaluator/report.h"

namespace tidemark {

GroupStatus contribution(const PartitionReport& partition) {
  if (!partition.stale) {
    return as_group_status(partition.status, partition.reason, partition.blocked_long,
                           partition.conditions);
  }
  const GroupStatus stands = as_group_status(partition.status, partition.reason, false, {});
  return partition.warned_before ? GroupStatus::warning : stands;
}

namespace {

int rank(GroupStatus status) {
  switch (status) {
    case GroupStatus::error:
      return 3;
    case GroupStatus::warning:
      return 2;
    case GroupStatus::unknown:
      return 1;
    case GroupStatus::ok:
      return 0;
  }
  return 0;
}

// Of several reasons for one status, the one that says most comes first.
constexpr std::array by_weight = {
    Reason::stopped,        Reason::stalled,      Reason::rewind,
    Reason::burrow_stop,    Reason::burrow_stall, Reason::burrow_rewind,
    Reason::abandoned,      Reason::data_loss,    Reason::falling_behind,
    Reason::beyond_log_end, Reason::burrow_warn,  Reason::blocked_by_transaction,
    Reason::monitor_stale,  Reason::catching_up,  Reason::keeping_up,
    Reason::warming_up,     Reason::topic_left,   Reason::caught_up};

constexpr auto lightness_by_reason = [] {
  std::array<std::uint8_t, 32> out{};
  out.fill(by_weight.size());
  for (std::size_t i = 0; i < by_weight.size(); ++i) {
    out.at(static_cast<std::size_t>(by_weight.at(i))) = static_cast<std::uint8_t>(i);
  }
  return out;
}();

int lightness(Reason reason) { return lightness_by_reason.at(static_cast<std::size_t>(reason)); }

bool counts(const PartitionReport& partition) {
  return partition.committed && partition.status != PartitionStatus::not_found;
}

using Weight = std::tuple<int, int, std::int64_t>;
Weight weight(const PartitionReport& partition) {
  return {rank(contribution(partition)), -lightness(partition.reason), partition.lag.value_or(-1)};
}

template <class Visit>
void each_partition(const GroupReport& group, Visit visit) {
  for (const TopicOfGroup& topic : group.topics) {
    for (const PartitionReport& partition : topic.partitions) visit(topic, partition);
  }
}

void begin(GroupReport& group) {
  group.stale = group.time_lag_unknown = false;
  group.conditions = {};
  group.lag.reset();
  group.unread_since.reset();
  group.last_commit.reset();
  group.lost = 0;
  group.complete = 0;
  group.partition_count = 0;
}

void add_up(GroupReport& group) {
  begin(group);
  int full = 0;
  each_partition(group, [&](const TopicOfGroup&, const PartitionReport& each) {
    ++group.partition_count;
    if (!each.committed) return;
    group.stale = group.stale || each.stale;
    group.conditions.add(each.conditions);
    group.lost += each.lost;
    group.last_commit = std::max(group.last_commit.value_or(each.committed_at), each.committed_at);
    if (each.intervals > 0 && each.samples == each.intervals) ++full;
    if (!each.lag) return;
    group.lag = group.lag.value_or(0) + *each.lag;
    if (*each.lag == 0) return;
    if (each.unread_since) {
      group.unread_since =
          std::min(group.unread_since.value_or(*each.unread_since), *each.unread_since);
    } else {
      group.time_lag_unknown = true;
    }
  });
  if (group.partition_count > 0) {
    group.complete = static_cast<double>(full) / group.partition_count;
  }
}

std::string sentence_of(const PartitionReport& partition) {
  if (partition.sentence) return *partition.sentence;
  return plain_explanation(partition.reason, partition.lag, std::nullopt, std::nullopt);
}

// "3 of 12 partitions are STOPPED".
std::string share_of(const GroupReport& group, const PartitionReport& decided) {
  int same = 0;
  const GroupStatus as_decided = contribution(decided);
  const bool plain_ok = as_decided == GroupStatus::ok;
  each_partition(group, [&](const TopicOfGroup&, const PartitionReport& each) {
    const bool alike = plain_ok || (each.status == decided.status && each.reason == decided.reason);
    if (alike && counts(each) && contribution(each) == as_decided) ++same;
  });
  const bool by_reason = !plain_ok && decided.status == PartitionStatus::ok;
  return std::to_string(same) + " of " + std::to_string(group.partition_count) +
         (group.partition_count == 1 ? " partition: " : " partitions: ") +
         std::string(by_reason ? to_string(decided.reason) : to_string(decided.status));
}

void decide_by(GroupReport& group, const Decider& worst) {
  const PartitionReport& partition = *worst.partition;
  group.status = contribution(partition);
  group.reason = partition.reason;
  group.explanation = worst.topic->topic.get() + "-" + std::to_string(partition.partition.get()) +
                      ": " + sentence_of(partition);
  if (group.status == GroupStatus::warning && !partition.stale &&
      partition.conditions.has(Condition::over_max_time_lag)) {
    group.explanation += "; time lag is over max_time_lag";
  }
  group.explanation += " (" + share_of(group, partition) + ")";
}

void decide_without(GroupReport& group, bool has_live_members) {
  group.status = GroupStatus::unknown;
  if (group.last_commit) {
    group.reason = Reason::burrow_not_found;
    group.explanation = "every commit is older than expire_group";
  } else if (group.kind == GroupKind::share) {
    group.reason = Reason::share_group;
    group.explanation = "a share group keeps its progress elsewhere than in the offsets topic";
  } else if (has_live_members) {
    group.reason = Reason::never_committed;
    group.explanation = "the group has live members and no commit was seen";
  } else {
    group.reason = Reason::no_data;
    group.explanation = "no commit was seen";
  }
}

}  // namespace

Decider deciding_partition(const GroupReport& group) {
  Decider worst;
  Weight most;
  each_partition(group, [&](const TopicOfGroup& topic, const PartitionReport& each) {
    if (!counts(each)) return;
    const Weight weighs = weight(each);
    if (worst.partition != nullptr && weighs <= most) return;
    worst = {&topic, &each};
    most = weighs;
  });
  return worst;
}

std::optional<GroupStatus> worst_of(const TopicOfGroup& topic) {
  std::optional<GroupStatus> worst;
  for (const PartitionReport& each : topic.partitions) {
    if (!counts(each)) continue;
    const GroupStatus status = contribution(each);
    if (!worst || rank(status) > rank(*worst)) worst = status;
  }
  return worst;
}

void roll_up(GroupReport& group, bool has_live_members) {
  add_up(group);
  const Decider worst = deciding_partition(group);
  if (worst.partition != nullptr) {
    decide_by(group, worst);
  } else {
    decide_without(group, has_live_members);
  }
  group.learning = is_learning(group);
}

}  // namespace tidemark
