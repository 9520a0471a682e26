#include "evaluator/verdict.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "evaluator/policy.h"

namespace tidemark {
namespace {

constexpr std::array all_statuses = {PartitionStatus::ok,       PartitionStatus::stalled,
                                     PartitionStatus::stopped,  PartitionStatus::rewind,
                                     PartitionStatus::unknown,  PartitionStatus::warn,
                                     PartitionStatus::not_found};
constexpr std::array all_group_statuses = {GroupStatus::ok, GroupStatus::warning,
                                           GroupStatus::error, GroupStatus::unknown};
constexpr std::array all_conditions = {Condition::data_loss, Condition::over_max_time_lag,
                                       Condition::retention_risk, Condition::unsubscribed,
                                       Condition::rebalancing};

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::toupper(x) == std::toupper(y);
  });
}

}  // namespace

std::string_view to_string(RuleSet rules) {
  return rules == RuleSet::burrow ? "burrow" : "tidemark";
}

std::string_view to_string(PartitionStatus status) {
  switch (status) {
    case PartitionStatus::ok:
      return "OK";
    case PartitionStatus::stalled:
      return "STALLED";
    case PartitionStatus::stopped:
      return "STOPPED";
    case PartitionStatus::rewind:
      return "REWIND";
    case PartitionStatus::unknown:
      return "UNKNOWN";
    case PartitionStatus::warn:
      return "WARN";
    case PartitionStatus::not_found:
      return "NOTFOUND";
  }
  return "UNKNOWN";
}

std::string_view to_string(GroupStatus status) {
  switch (status) {
    case GroupStatus::ok:
      return "OK";
    case GroupStatus::warning:
      return "WARNING";
    case GroupStatus::error:
      return "ERROR";
    case GroupStatus::unknown:
      return "UNKNOWN";
  }
  return "UNKNOWN";
}

std::string_view to_string(Reason reason) {
  switch (reason) {
    case Reason::no_data:
      return "no_data";
    case Reason::monitor_stale:
      return "monitor_stale";
    case Reason::beyond_log_end:
      return "beyond_log_end";
    case Reason::data_loss:
      return "data_loss";
    case Reason::caught_up:
      return "caught_up";
    case Reason::topic_left:
      return "topic_left";
    case Reason::blocked_by_transaction:
      return "blocked_by_transaction";
    case Reason::abandoned:
      return "abandoned";
    case Reason::stopped:
      return "stopped";
    case Reason::rewind:
      return "rewind";
    case Reason::stalled:
      return "stalled";
    case Reason::falling_behind:
      return "falling_behind";
    case Reason::warming_up:
      return "warming_up";
    case Reason::catching_up:
      return "catching_up";
    case Reason::keeping_up:
      return "keeping_up";
    case Reason::never_committed:
      return "never_committed";
    case Reason::share_group:
      return "share_group";
    case Reason::burrow_ok:
      return "ok";
    case Reason::burrow_warn:
      return "warn";
    case Reason::burrow_stop:
      return "stop";
    case Reason::burrow_stall:
      return "stall";
    case Reason::burrow_rewind:
      return "rewind";
    case Reason::burrow_not_found:
      return "notfound";
  }
  return "no_data";
}

std::string_view to_string(Condition condition) {
  switch (condition) {
    case Condition::data_loss:
      return "data_loss";
    case Condition::over_max_time_lag:
      return "over_max_time_lag";
    case Condition::retention_risk:
      return "retention_risk";
    case Condition::unsubscribed:
      return "unsubscribed";
    case Condition::rebalancing:
      return "rebalancing";
  }
  return "";
}

std::optional<PartitionStatus> partition_status_from(std::string_view word) {
  for (const auto status : all_statuses) {
    if (word == to_string(status)) return status;
  }
  return std::nullopt;
}

std::optional<GroupStatus> group_status_from(std::string_view word) {
  for (const auto status : all_group_statuses) {
    if (same_letters(word, to_string(status))) return status;
  }
  return std::nullopt;
}

std::vector<std::string_view> Conditions::words() const {
  std::vector<std::string_view> out;
  for (const auto condition : all_conditions) {
    if (has(condition)) out.push_back(to_string(condition));
  }
  return out;
}

std::optional<Duration> PartitionVerdict::time_lag(Instant now) const {
  if (!lag || is_burrow(reason)) return std::nullopt;
  if (*lag == 0) return Duration{0};
  if (!unread_since) return std::nullopt;
  return std::max(now - *unread_since, Duration{0});
}

double PartitionVerdict::complete() const {
  return intervals == 0 ? 0.0 : static_cast<double>(samples) / intervals;
}

std::optional<std::string_view> trend_of(Reason reason) {
  switch (reason) {
    case Reason::falling_behind:
    case Reason::catching_up:
    case Reason::keeping_up:
      return to_string(reason);
    default:
      return std::nullopt;
  }
}

}  // namespace tidemark
