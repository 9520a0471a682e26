// From partitions to their group.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "evaluator/learning.h"
#include "evaluator/report.h"

namespace tidemark {

namespace {

constexpr int rank(GroupStatus status) {
  constexpr std::array<std::int8_t, 4> by_status = {0, 2, 3, 1};  // ok, warning, error, unknown
  return by_status[static_cast<std::size_t>(status)];
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

constexpr int lightness(Reason reason) {
  return lightness_by_reason[static_cast<std::size_t>(reason)];
}

bool counts(const PartitionReport& partition) {
  return partition.committed && partition.status != PartitionStatus::not_found;
}

// What a partition says counts by status and reason, and of equal ones by its lag. Above 0: it does
// not make its group OK.
constexpr int weight(GroupStatus contributed, Reason reason) {
  constexpr int more_than_any_reason = 64;
  return rank(contributed) * more_than_any_reason - lightness(reason);
}

// Of partitions about which there is nothing else to say, as of most.
constexpr std::size_t statuses = static_cast<std::size_t>(PartitionStatus::not_found) + 1;
constexpr auto plain_weights = [] {
  std::array<std::array<std::int16_t, lightness_by_reason.size()>, statuses> out{};
  for (std::size_t status = 0; status < out.size(); ++status) {
    for (std::size_t at = 0; at < lightness_by_reason.size(); ++at) {
      const auto reason = static_cast<Reason>(at);
      const auto contributed =
          as_group_status(static_cast<PartitionStatus>(status), reason, false, {});
      out.at(status).at(at) = static_cast<std::int16_t>(weight(contributed, reason));
    }
  }
  return out;
}();

int weight(const PartitionReport& each) {
  if (each.stale || each.blocked_long || each.conditions != Conditions{}) {
    return weight(contribution(each), each.reason);
  }
  return plain_weights[static_cast<std::size_t>(each.status)]
                      [static_cast<std::size_t>(each.reason)];
}

// The one that decides, among those seen so far.
class Worst {
 public:
  void see(const TopicOfGroup& topic, const PartitionReport& each) {
    if (!counts(each)) return;
    const int weighs = weight(each);
    if (weighs <= 0) ++well_;
    const std::int64_t lag = each.lag.value_or(-1);
    if (of_.partition != nullptr && (weighs < most_ || (weighs == most_ && lag <= lag_))) return;
    of_ = {&topic, &each};
    most_ = weighs;
    lag_ = lag;
  }
  [[nodiscard]] const Decider& get() const { return of_; }
  // How many make their group OK.
  [[nodiscard]] int well() const { return well_; }

 private:
  Decider of_;
  int most_ = 0;
  std::int64_t lag_ = 0;
  int well_ = 0;
};

template <class Visit>
void each_partition(const GroupReport& group, Visit visit) {
  for (const TopicOfGroup& topic : group.topics) {
    for (const PartitionReport& partition : topic.partitions) visit(topic, partition);
  }
}

// Of all partitions. Kept apart from the report while it grows: so it stays in registers.
struct Sums {
  int partitions = 0;
  int full = 0;  // windows
  bool stale = false;
  bool lag_known = false;
  bool time_lag_unknown = false;
  Conditions conditions;
  std::int64_t lag = 0;
  std::int64_t lost = 0;
  bool committed = false;
  bool waits = false;  // for a time that is known
  Instant last_commit = Instant::min();
  Instant unread_since = Instant::max();

  void add(const PartitionReport& each) {
    ++partitions;
    if (!each.committed) return;
    stale = stale || each.stale;
    conditions.add(each.conditions);
    lost += each.lost;
    committed = true;
    last_commit = std::max(last_commit, each.committed_at);
    if (each.intervals > 0 && each.samples == each.intervals) ++full;
    if (!each.lag) return;
    lag_known = true;
    lag += *each.lag;
    if (*each.lag == 0) return;
    if (each.unread_since) {
      waits = true;
      unread_since = std::min(unread_since, *each.unread_since);
    } else {
      time_lag_unknown = true;
    }
  }
};

void add_up(GroupReport& group) {
  Sums sums;
  each_partition(group, [&](const TopicOfGroup&, const PartitionReport& each) { sums.add(each); });
  group.stale = sums.stale;
  group.time_lag_unknown = sums.time_lag_unknown;
  group.conditions = sums.conditions;
  group.lost = sums.lost;
  group.partition_count = sums.partitions;
  group.complete = sums.partitions > 0 ? static_cast<double>(sums.full) / sums.partitions : 0;
  group.last_commit = sums.committed ? std::optional(sums.last_commit) : std::nullopt;
  group.lag = sums.lag_known ? std::optional(sums.lag) : std::nullopt;
  group.unread_since = sums.waits ? std::optional(sums.unread_since) : std::nullopt;
}

std::string sentence_of(const PartitionReport& partition) {
  if (partition.why) return partition.why->text();
  return plain_explanation(partition.reason, partition.lag, std::nullopt, std::nullopt);
}

int count_like(const GroupReport& group, const PartitionReport& decided) {
  int same = 0;
  const GroupStatus as_decided = contribution(decided);
  each_partition(group, [&](const TopicOfGroup&, const PartitionReport& each) {
    const bool alike = each.status == decided.status && each.reason == decided.reason;
    if (alike && counts(each) && contribution(each) == as_decided) ++same;
  });
  return same;
}

// "3 of 12 partitions are STOPPED".
std::string share_of(const GroupReport& group, const Worst& worst) {
  const PartitionReport& decided = *worst.get().partition;
  const bool plain_ok = contribution(decided) == GroupStatus::ok;
  const int same = plain_ok ? worst.well() : count_like(group, decided);
  const bool by_reason = !plain_ok && decided.status == PartitionStatus::ok;
  return std::to_string(same) + " of " + std::to_string(group.partition_count) +
         (group.partition_count == 1 ? " partition: " : " partitions: ") +
         std::string(by_reason ? to_string(decided.reason) : to_string(decided.status));
}

constexpr std::size_t usual_explanation = 100;  // bytes, without the topic's name

void decide_by(GroupReport& group, const Worst& worst) {
  const PartitionReport& partition = *worst.get().partition;
  group.status = contribution(partition);
  group.reason = partition.reason;
  const std::string& topic = worst.get().topic->topic.get();
  group.explanation.reserve(topic.size() + usual_explanation);
  group.explanation = topic;
  group.explanation += '-';
  group.explanation += std::to_string(partition.partition.get());
  group.explanation += ": ";
  group.explanation += sentence_of(partition);
  if (group.status == GroupStatus::warning && !partition.stale &&
      partition.conditions.has(Condition::over_max_time_lag)) {
    group.explanation += "; time lag is over max_time_lag";
  }
  group.explanation += " (" + share_of(group, worst) + ")";
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

Worst worst_in(const GroupReport& group) {
  Worst worst;
  each_partition(group, [&](const TopicOfGroup& topic, const PartitionReport& each) {
    worst.see(topic, each);
  });
  return worst;
}

}  // namespace

Decider deciding_partition(const GroupReport& group) { return worst_in(group).get(); }

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
  const Worst worst = worst_in(group);
  if (worst.get().partition != nullptr) {
    decide_by(group, worst);
  } else {
    decide_without(group, has_live_members);
  }
  group.learning = is_learning(group);
}

}  // namespace tidemark
