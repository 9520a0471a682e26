// Who is in a group and what each member owns, as the offsets topic tells it: the classic
// protocol's GroupMetadata, or KIP-848's records of group, members and assignments. A plain value
// owned by the pipeline thread.
#pragma once

#include <array>
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

  // No record of any protocol stands.
  [[nodiscard]] bool gone() const;
  [[nodiscard]] GroupKind kind() const;
  [[nodiscard]] std::string state() const;
  [[nodiscard]] std::int32_t generation() const;
  [[nodiscard]] std::string protocol_type() const;
  [[nodiscard]] std::vector<MemberReport> members(const TopicNames& names) const;

  // Members that take part now; null: the group's protocol does not tell.
  [[nodiscard]] std::optional<bool> has_members() const;

 private:
  struct Modern {
    std::optional<ModernMemberSeen> member;
    std::optional<ModernAssignmentSeen> assignment;
  };

  [[nodiscard]] MemberReport report(const Modern& modern, const TopicNames& names) const;

  std::optional<ClassicGroupSeen> classic_;
  std::optional<std::int32_t> epoch_;  // of the modern group
  std::map<std::string, Modern> modern_;
  bool share_ = false;
  bool streams_ = false;
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
TopicOwnership ownership(const std::vector<MemberReport>& members, const std::string& topic);

// Times of the latest generations, to tell a group that rebalances again and again.
class GenerationLog {
 public:
  void saw(std::int32_t generation, Instant at);
  // At least three generations began within `window` before `now`.
  [[nodiscard]] bool rebalancing(Instant now, Duration window) const;

 private:
  std::optional<std::int32_t> newest_;
  std::array<Instant, 3> began_{};
  std::uint8_t count_ = 0;
};

}  // namespace tidemark
