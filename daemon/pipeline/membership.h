// Who is in a group and what each member owns, as the offsets topic tells it: the classic
// protocol's GroupMetadata, or the records of group, members and assignments of KIP-848, share and
// streams groups. A plain value owned by the pipeline thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "evaluator/observation.h"
#include "evaluator/report.h"

namespace tidemark {

using TopicNames = std::map<TopicUuid, std::string>;

class Membership {
 public:
  void apply(ClassicGroupSeen seen);
  void apply(const ModernGroupSeen& seen);
  void apply(const ModernMemberSeen& seen);
  void apply(const ModernAssignmentSeen& seen);
  void apply(const OtherGroupSeen& seen);
  void apply(RegexSeen seen);
  void apply(StreamsTopologySeen seen);

  // No record of any protocol stands.
  [[nodiscard]] bool gone() const;
  [[nodiscard]] GroupKind kind() const;
  [[nodiscard]] std::string state() const;
  [[nodiscard]] std::int32_t generation() const;
  [[nodiscard]] std::string protocol_type() const;
  [[nodiscard]] std::vector<MemberReport> members(const TopicNames& names) const;

  // Members that take part now; null: the group's protocol does not tell.
  [[nodiscard]] std::optional<bool> has_members() const;
  // Since when it has none, where its own records tell (the brokers' clock); null: they don't.
  [[nodiscard]] std::optional<Instant> empty_since() const;

  // Calls `visit` with its members: to be kept, and read back.
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.classic_, self.lives_, self.by_regex_, self.topology_);
  }

 private:
  struct Modern {
    std::optional<ModernMemberSeen> member;
    std::optional<ModernAssignmentSeen> assignment;

    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
      visit(self.member, self.assignment);
    }
  };
  // The group in one of the protocols that have a record for each member.
  struct Life {
    bool stands = false;  // its group record does; a first member's record comes before it
    std::int32_t epoch = unknown_epoch;
    std::map<std::string, Modern> members;

    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
      visit(self.stands, self.epoch, self.members);
    }
  };
  static constexpr std::int32_t unknown_epoch = -1;

  [[nodiscard]] const Life* life() const;  // null: a classic group, or none
  [[nodiscard]] MemberReport report(const Modern& modern, const TopicNames& names) const;
  void add_subscription(MemberReport& out) const;
  void add_assignment(MemberReport& out, const ModernAssignmentSeen& seen,
                      const TopicNames& names) const;
  void add_tasks(MemberReport& out, const ModernAssignmentSeen& seen) const;

  std::optional<ClassicGroupSeen> classic_;
  std::map<GroupKind, Life> lives_;
  std::map<std::string, std::vector<std::string>> by_regex_;  // topics that an expression matches
  std::optional<StreamsTopologySeen> topology_;
};

// Who owns the partitions of one topic, seen from its group's members.
struct TopicOwnership {
  std::map<std::int32_t, std::int16_t> owners;  // partition → index into the members
  bool subscribed = false;                      // some member is subscribed to the topic
  bool sure = true;  // every member's subscription and assignment is known

  // Whether a live member is assigned the partition or subscribed to the topic; null: can't be
  // told.
  [[nodiscard]] std::optional<bool> assigned(std::int32_t partition) const;
  [[nodiscard]] std::int16_t owner(std::int32_t partition) const;  // −1: none
};
// Likewise, from what is known of the topic and whether the partition has an owner.
std::optional<bool> assigned(bool subscribed, bool owned, bool sure);
TopicOwnership ownership(const std::vector<MemberReport>& members, const std::string& topic);

// Times of the latest generations, to tell a group that rebalances again and again.
class GenerationLog {
 public:
  void saw(std::int32_t generation, Instant at);
  // How many began within `window` before `now`; at most 32 are remembered.
  [[nodiscard]] int begun(Instant now, Duration window) const;
  // At least three generations began within `window` before `now`.
  [[nodiscard]] bool rebalancing(Instant now, Duration window) const;

  // Calls `visit` with its members: to be kept, and read back.
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.newest_, self.began_);
  }

 private:
  std::optional<std::int32_t> newest_;
  std::vector<Instant> began_;  // the latest last
};

}  // namespace tidemark
