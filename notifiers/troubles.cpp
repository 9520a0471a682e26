#include "notifiers/troubles.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "evaluator/learning.h"

namespace tidemark {
namespace {

// Longer than any refresh of log ends that is set, and than a broker's restart.
constexpr Duration longest_without_log_ends = std::chrono::minutes{2};

// The kind of what the group's status says; a status is the kind of whatever has no name of its
// own.
IncidentKind kind_of(Reason reason) {
  if (reason == Reason::blocked_by_transaction) return IncidentKind::blocked_by_transaction;
  if (reason == Reason::data_loss) return IncidentKind::data_loss;
  return IncidentKind::status;
}

Trouble trouble_of(const GroupReport& group, IncidentKind kind, GroupStatus status, bool learning) {
  Trouble out;
  out.kind = kind;
  out.status = status;
  out.learning = learning;
  if (kind == IncidentKind::status) out.since = group.status_since;
  out.reason = group.explanation;
  const Decider decider = deciding_partition(group);
  if (decider.topic != nullptr) {
    out.topic = decider.topic->topic;
    out.partition = decider.partition->partition;
  }
  return out;
}

bool link_is_broken(LinkState state) {
  return state == LinkState::unreachable || state == LinkState::authentication_failed ||
         state == LinkState::not_authorized;
}

std::string blindness(const ClusterReport& report) {
  const ClusterHealth& health = report.health;
  if (!health.stale_offsets_partitions.empty()) {
    return fmt::format("{} of the partitions of __consumer_offsets are not read up to their end",
                       health.stale_offsets_partitions.size());
  }
  if (health.log_ends_at && report.as_of_broker - *health.log_ends_at > longest_without_log_ends) {
    return "no log end has been seen for more than two minutes";
  }
  return "";
}

Trouble of_cluster(IncidentKind kind, std::string reason) {
  Trouble out;
  out.kind = kind;
  out.reason = std::move(reason);
  return out;
}

}  // namespace

Look look_at(const GroupReport& group) {
  Look out;
  out.sure = !group.stale && group.status != GroupStatus::unknown;
  if (!out.sure) return out;
  const auto add = [&](IncidentKind kind, GroupStatus status, bool learning) {
    const bool there = std::any_of(out.troubles.begin(), out.troubles.end(),
                                   [&](const Trouble& trouble) { return trouble.kind == kind; });
    if (!there) out.troubles.push_back(trouble_of(group, kind, status, learning));
  };
  const auto add_condition = [&](Condition condition, IncidentKind kind) {
    if (!group.conditions.has(condition)) return;
    add(kind, GroupStatus::warning, is_learning(group, condition));
  };
  if (group.status != GroupStatus::ok) add(kind_of(group.reason), group.status, group.learning);
  add_condition(Condition::data_loss, IncidentKind::data_loss);
  add_condition(Condition::retention_risk, IncidentKind::retention_risk);
  return out;
}

Look look_at(const ClusterReport& report) {
  Look out;
  const LinkSeen& link = report.health.link;
  if (link_is_broken(link.state)) {
    out.troubles.push_back(of_cluster(IncidentKind::cluster_unreachable, link.problem));
    out.hidden.push_back(IncidentKind::monitor_blind);
    return out;
  }
  out.sure = report.health.caught_up && link.state != LinkState::connecting;
  if (!out.sure) return out;
  if (std::string reason = blindness(report); !reason.empty()) {
    out.troubles.push_back(of_cluster(IncidentKind::monitor_blind, std::move(reason)));
  }
  return out;
}

void tell_changes(IncidentBook& book, const ClusterReport* before, const ClusterReport& now) {
  static const GroupList none;
  const GroupList& was = before != nullptr ? before->groups : none;
  auto old = was.begin();
  const auto gone_up_to = [&](const std::string* name) {
    for (; old != was.end() && (name == nullptr || (*old)->name.get() < *name); ++old) {
      book.group_gone((*old)->name, now.as_of);
    }
  };
  for (const auto& group : now.groups) {
    if (old != was.end() && *old == group) {
      ++old;
      continue;
    }
    gone_up_to(&group->name.get());
    if (old != was.end() && (*old)->name == group->name) ++old;
    book.look_at_group(group->name, look_at(*group), now.as_of);
  }
  gone_up_to(nullptr);
  book.look_at_cluster(look_at(now), now.as_of);
}

}  // namespace tidemark
