#include "daemon/pipeline/membership.h"

#include <algorithm>
#include <utility>

#include "core/pattern.h"

namespace tidemark {
namespace {

constexpr std::int32_t static_member_away = -2;
constexpr std::size_t most_generations = 32;

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

bool contains(const std::vector<std::string>& topics, const std::string& topic) {
  return std::find(topics.begin(), topics.end(), topic) != topics.end();
}

const StreamsTopologySeen::Subtopology* find_part(const StreamsTopologySeen& topology,
                                                  const std::string& id) {
  for (const auto& part : topology.subtopologies) {
    if (part.id == id) return &part;
  }
  return nullptr;
}

// Who is subscribed to one topic and is assigned one can only be assigned that.
void name_the_last(MemberReport& out, bool settled_with_one) {
  const bool sure = settled_with_one && out.subscription_known && out.subscribed.size() == 1;
  if (!sure || out.assigned_unnamed.size() != 1) return;
  out.assigned[out.subscribed.front()] = std::move(out.assigned_unnamed.front().partitions);
  out.assigned_unnamed.clear();
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
    lives_.erase(seen.kind);
  } else {
    Life& life = lives_[seen.kind];
    life.stands = true;
    life.epoch = seen.epoch;
  }
}

void Membership::apply(const ModernMemberSeen& seen) {
  if (!seen.tombstone) {
    lives_[seen.kind].members[seen.member_id].member = seen;
    return;
  }
  const auto life = lives_.find(seen.kind);
  if (life == lives_.end()) return;
  life->second.members.erase(seen.member_id);
  if (!life->second.stands && life->second.members.empty()) lives_.erase(life);
}

void Membership::apply(const ModernAssignmentSeen& seen) {
  if (!seen.tombstone) {
    lives_[seen.kind].members[seen.member_id].assignment = seen;
    return;
  }
  const auto life = lives_.find(seen.kind);
  if (life == lives_.end()) return;
  auto& members = life->second.members;
  const auto found = members.find(seen.member_id);
  if (found == members.end()) return;
  found->second.assignment.reset();
  if (!found->second.member) members.erase(found);
  if (!life->second.stands && members.empty()) lives_.erase(life);
}

void Membership::apply(const OtherGroupSeen& seen) {
  apply(ModernGroupSeen{seen.group, seen.tombstone, unknown_epoch, seen.kind});
}

void Membership::apply(RegexSeen seen) {
  if (seen.tombstone) {
    by_regex_.erase(seen.regex);
  } else {
    by_regex_[std::move(seen.regex)] = std::move(seen.topics);
  }
}

void Membership::apply(StreamsTopologySeen seen) {
  if (seen.tombstone) {
    topology_.reset();
  } else {
    topology_ = std::move(seen);
  }
}

bool Membership::gone() const { return !classic_ && lives_.empty(); }

const Membership::Life* Membership::life() const {
  for (const auto& [kind, life] : lives_) {
    if (life.stands) return &life;
  }
  return nullptr;
}

GroupKind Membership::kind() const {
  for (const auto& [kind, life] : lives_) {
    if (life.stands) return kind;
  }
  return classic_ ? GroupKind::classic : GroupKind::none;
}

std::string Membership::state() const {
  if (const Life* life = this->life()) {
    if (life->epoch == unknown_epoch) return "";
    if (life->members.empty()) return "Empty";
    const auto settled = [&](const auto& entry) {
      const auto& assignment = entry.second.assignment;
      return assignment && (assignment->member_epoch == life->epoch ||
                            assignment->member_epoch == static_member_away);
    };
    const bool all = std::all_of(life->members.begin(), life->members.end(), settled);
    return all ? "Stable" : "Reconciling";
  }
  if (classic_) return classic_->members.empty() ? "Empty" : "Stable";
  return "";
}

std::int32_t Membership::generation() const {
  if (const Life* life = this->life()) return life->epoch;
  return classic_ ? classic_->generation : -1;
}

std::string Membership::protocol_type() const {
  if (life() != nullptr) {
    if (kind() == GroupKind::share) return "share";
    return kind() == GroupKind::streams ? "streams" : "consumer";
  }
  return classic_ ? classic_->protocol_type : "";
}

std::vector<MemberReport> Membership::members(const TopicNames& names) const {
  std::vector<MemberReport> out;
  if (const Life* life = this->life()) {
    for (const auto& [id, modern] : life->members) {
      if (modern.member) out.push_back(report(modern, names));
    }
  } else if (classic_) {
    for (const ClassicMember& member : classic_->members) out.push_back(report_classic(member));
  }
  return out;
}

MemberReport Membership::report(const Modern& modern, const TopicNames& names) const {
  MemberReport out = named(*modern.member);
  out.subscribed_regex = modern.member->subscribed_regex;
  out.subscription_known = true;
  add_subscription(out);
  if (kind() == GroupKind::streams) out.subscription_known = topology_.has_value();
  if (!modern.assignment) return out;
  out.away = modern.assignment->member_epoch == static_member_away;
  out.assignment_known = true;
  if (kind() == GroupKind::streams) {
    add_tasks(out, *modern.assignment);
  } else {
    add_assignment(out, *modern.assignment, names);
  }
  return out;
}

// The topics that an expression or a topology stands for.
void Membership::add_subscription(MemberReport& out) const {
  const auto add = [&](const std::vector<std::string>& topics) {
    for (const std::string& topic : topics) {
      if (!contains(out.subscribed, topic)) out.subscribed.push_back(topic);
    }
  };
  if (!out.subscribed_regex.empty()) {
    const auto resolved = by_regex_.find(out.subscribed_regex);
    out.subscription_known = resolved != by_regex_.end();
    if (out.subscription_known) add(resolved->second);
  }
  if (kind() != GroupKind::streams || !topology_) return;
  for (const auto& part : topology_->subtopologies) add(part.topics);
}

void Membership::add_assignment(MemberReport& out, const ModernAssignmentSeen& seen,
                                const TopicNames& names) const {
  for (const AssignedById& assigned : seen.assigned) {
    const auto name = names.find(assigned.topic);
    if (name == names.end()) {
      out.assigned_unnamed.push_back(assigned);
    } else {
      out.assigned[name->second] = assigned.partitions;
    }
  }
  name_the_last(out, seen.member_epoch == generation() && seen.assigned.size() == 1);
  out.assignment_known = out.assigned_unnamed.empty();
}

void Membership::add_tasks(MemberReport& out, const ModernAssignmentSeen& seen) const {
  for (const AssignedTasks& tasks : seen.tasks) {
    const auto* const part = topology_ ? find_part(*topology_, tasks.subtopology) : nullptr;
    if (part == nullptr || part->by_regex) out.assignment_known = false;
    if (part == nullptr) continue;
    for (const std::string& topic : part->topics) {
      auto& partitions = out.assigned[topic];
      partitions.insert(partitions.end(), tasks.partitions.begin(), tasks.partitions.end());
    }
  }
}

std::optional<bool> Membership::has_members() const {
  if (const Life* life = this->life()) {
    if (life->epoch == unknown_epoch) return std::nullopt;
    return std::any_of(life->members.begin(), life->members.end(), [](const auto& entry) {
      const auto& assignment = entry.second.assignment;
      return !assignment || assignment->member_epoch != static_member_away;
    });
  }
  if (classic_) return !classic_->members.empty();
  return std::nullopt;
}

std::optional<Instant> Membership::empty_since() const {
  if (kind() != GroupKind::classic || !classic_->members.empty()) return std::nullopt;
  return classic_->state_since;
}

std::optional<bool> TopicOwnership::assigned(std::int32_t partition) const {
  return tidemark::assigned(subscribed, owners.contains(partition), sure);
}

std::optional<bool> assigned(bool subscribed, bool owned, bool sure) {
  if (subscribed || owned) return true;
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
    if (contains(member.subscribed, topic)) out.subscribed = true;
    bool sure = member.subscription_known;
    if (!sure && !member.subscribed_regex.empty()) {
      const auto match = regex_matches(member.subscribed_regex, topic);
      out.subscribed = out.subscribed || match.value_or(false);
      sure = match.has_value();
    }
    out.sure = out.sure && sure && member.assignment_known;
  }
  return out;
}

void GenerationLog::saw(std::int32_t generation, Instant at) {
  if (newest_ == generation) return;
  newest_ = generation;
  if (began_.size() == most_generations) began_.erase(began_.begin());
  began_.push_back(at);
}

int GenerationLog::begun(Instant now, Duration window) const {
  return static_cast<int>(
      std::count_if(began_.begin(), began_.end(), [&](Instant at) { return now - at <= window; }));
}

bool GenerationLog::rebalancing(Instant now, Duration window) const {
  return begun(now, window) >= 3;
}

}  // namespace tidemark
