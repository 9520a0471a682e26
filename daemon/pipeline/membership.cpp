#include "daemon/pipeline/membership.h"

#include <algorithm>
#include <utility>

#include "core/pattern.h"

namespace tidemark {
namespace {

constexpr std::int32_t static_member_away = -2;

// What both protocols say of a member.
template <class Member>
MemberReport named(const Member& member) {
  MemberReport out;
  out.member_id = member.member_id;
  out.instance_id = member.instance_id;
  out.client_id = member.client_id;
  out.client_host = member.client_host;
  out.subscribed = member.subscribed;
  return out;
}

MemberReport report_classic(const ClassicMember& member) {
  MemberReport out = named(member);
  out.assigned = member.assigned;
  out.assignment_known = member.assignment_known;
  out.subscription_known = member.subscription_known;
  return out;
}

// Null: the expression is of a dialect that we can't follow.
std::optional<bool> regex_matches(const std::string& expression, std::string_view topic) {
  const auto pattern = Pattern::compile(expression);
  if (!pattern) return std::nullopt;
  return pattern.value().matches(topic);
}

}  // namespace

void Membership::apply(ClassicGroupSeen seen) {
  if (seen.tombstone) {
    classic_.reset();
  } else {
    classic_ = std::move(seen);
  }
}

void Membership::apply(const ModernGroupSeen& seen) {
  if (seen.tombstone) {
    epoch_.reset();
    modern_.clear();
  } else {
    epoch_ = seen.epoch;
  }
}

void Membership::apply(const ModernMemberSeen& seen) {
  if (seen.tombstone) {
    modern_.erase(seen.member_id);
  } else {
    modern_[seen.member_id].member = seen;
  }
}

void Membership::apply(const ModernAssignmentSeen& seen) {
  const auto found = modern_.find(seen.member_id);
  if (!seen.tombstone) {
    modern_[seen.member_id].assignment = seen;
  } else if (found != modern_.end()) {
    found->second.assignment.reset();
    if (!found->second.member) modern_.erase(found);
  }
}

void Membership::apply(const OtherGroupSeen& seen) {
  if (seen.kind == GroupKind::share) share_ = !seen.tombstone;
  if (seen.kind == GroupKind::streams) streams_ = !seen.tombstone;
}

bool Membership::gone() const {
  // The record of a group's first modern member comes before that of the group.
  return !classic_ && !epoch_ && !share_ && !streams_ && modern_.empty();
}

GroupKind Membership::kind() const {
  if (epoch_) return GroupKind::consumer;
  if (streams_) return GroupKind::streams;
  if (share_) return GroupKind::share;
  return classic_ ? GroupKind::classic : GroupKind::none;
}

std::string Membership::state() const {
  if (epoch_) {
    if (modern_.empty()) return "Empty";
    const bool settled = std::all_of(modern_.begin(), modern_.end(), [&](const auto& entry) {
      const auto& assignment = entry.second.assignment;
      return assignment && (assignment->member_epoch == *epoch_ ||
                            assignment->member_epoch == static_member_away);
    });
    return settled ? "Stable" : "Reconciling";
  }
  if (classic_) return classic_->members.empty() ? "Empty" : "Stable";
  return "";
}

std::int32_t Membership::generation() const {
  if (epoch_) return *epoch_;
  return classic_ ? classic_->generation : -1;
}

std::string Membership::protocol_type() const {
  if (epoch_) return "consumer";
  return classic_ ? classic_->protocol_type : "";
}

std::vector<MemberReport> Membership::members(const TopicNames& names) const {
  std::vector<MemberReport> out;
  if (epoch_) {
    for (const auto& [id, modern] : modern_) {
      if (modern.member) out.push_back(report(modern, names));
    }
  } else if (classic_) {
    for (const ClassicMember& member : classic_->members) out.push_back(report_classic(member));
  }
  return out;
}

MemberReport Membership::report(const Modern& modern, const TopicNames& names) const {
  const ModernMemberSeen& member = *modern.member;
  MemberReport out = named(member);
  out.subscribed_regex = member.subscribed_regex;
  out.subscription_known = true;
  out.assignment_known = modern.assignment.has_value();
  if (!modern.assignment) return out;
  out.away = modern.assignment->member_epoch == static_member_away;
  for (const AssignedById& assigned : modern.assignment->assigned) {
    const auto name = names.find(assigned.topic);
    if (name == names.end()) {
      out.assignment_known = false;
    } else {
      out.assigned[name->second] = assigned.partitions;
    }
  }
  return out;
}

std::optional<bool> Membership::has_members() const {
  if (epoch_) {
    return std::any_of(modern_.begin(), modern_.end(), [](const auto& entry) {
      const auto& assignment = entry.second.assignment;
      return !assignment || assignment->member_epoch != static_member_away;
    });
  }
  if (classic_) return !classic_->members.empty();
  return std::nullopt;
}

std::optional<bool> TopicOwnership::assigned(std::int32_t partition) const {
  if (subscribed || owners.contains(partition)) return true;
  if (!sure) return std::nullopt;
  return false;
}

std::int16_t TopicOwnership::owner(std::int32_t partition) const {
  const auto found = owners.find(partition);
  return found == owners.end() ? std::int16_t{-1} : found->second;
}

TopicOwnership ownership(const std::vector<MemberReport>& members, const std::string& topic) {
  TopicOwnership out;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const MemberReport& member = members[i];
    const auto assigned = member.assigned.find(topic);
    if (assigned != member.assigned.end()) {
      for (const std::int32_t p : assigned->second) out.owners[p] = static_cast<std::int16_t>(i);
    }
    if (member.away) continue;
    const auto& topics = member.subscribed;
    if (std::find(topics.begin(), topics.end(), topic) != topics.end()) out.subscribed = true;
    if (!member.subscribed_regex.empty()) {
      const auto match = regex_matches(member.subscribed_regex, topic);
      out.subscribed = out.subscribed || match.value_or(false);
      out.sure = out.sure && match.has_value();
    }
    out.sure = out.sure && member.assignment_known && member.subscription_known;
  }
  return out;
}

void GenerationLog::saw(std::int32_t generation, Instant at) {
  if (newest_ == generation) return;
  newest_ = generation;
  std::rotate(began_.begin(), began_.begin() + 1, began_.end());
  began_.back() = at;
  if (count_ < began_.size()) ++count_;
}

bool GenerationLog::rebalancing(Instant now, Duration window) const {
  return count_ == began_.size() && now - began_.front() <= window;
}

}  // namespace tidemark
