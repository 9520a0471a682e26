#include "daemon/pipeline/membership.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

const GroupName group{"payments"};
constexpr TopicUuid orders_id{1};

ClassicGroupSeen classic(std::int32_t generation, std::vector<ClassicMember> members) {
  ClassicGroupSeen seen;
  seen.group = group;
  seen.protocol_type = "consumer";
  seen.generation = generation;
  seen.members = std::move(members);
  return seen;
}

ClassicMember member(const std::string& id, std::vector<std::int32_t> orders) {
  ClassicMember out;
  out.member_id = id;
  out.client_host = "/10.1.4.7";
  out.subscribed = {"orders"};
  out.subscription_known = true;
  out.assigned = {{"orders", std::move(orders)}};
  out.assignment_known = true;
  return out;
}

ModernMemberSeen modern_member(const std::string& id) {
  ModernMemberSeen seen;
  seen.group = group;
  seen.member_id = id;
  return seen;
}

ModernAssignmentSeen assignment(const std::string& id, std::int32_t epoch) {
  ModernAssignmentSeen seen;
  seen.group = group;
  seen.member_id = id;
  seen.member_epoch = epoch;
  seen.assigned = {{orders_id, {0, 1}}};
  return seen;
}

TEST(Membership, AGroupThatOnlyCommitsHasNoProtocol) {
  const Membership membership;
  EXPECT_EQ(membership.kind(), GroupKind::none);
  EXPECT_TRUE(membership.gone());
  EXPECT_EQ(membership.has_members(), std::nullopt);
}

TEST(Membership, AClassicGroupIsStableThenEmptyThenGone) {
  Membership membership;
  membership.apply(classic(3, {member("m1", {0, 1})}));
  EXPECT_EQ(membership.kind(), GroupKind::classic);
  EXPECT_EQ(membership.state(), "Stable");
  EXPECT_EQ(membership.has_members(), true);
  membership.apply(classic(4, {}));
  EXPECT_EQ(membership.state(), "Empty");
  EXPECT_EQ(membership.has_members(), false);
  EXPECT_EQ(membership.generation(), 4);
  ClassicGroupSeen tombstone;
  tombstone.group = group;
  tombstone.tombstone = true;
  membership.apply(tombstone);
  EXPECT_TRUE(membership.gone());
}

TEST(Membership, AGroupWhoseFirstMemberComesBeforeItsOwnRecordIsThere) {
  Membership membership;
  membership.apply(modern_member("m1"));
  EXPECT_FALSE(membership.gone());
  ModernMemberSeen left = modern_member("m1");
  left.tombstone = true;
  membership.apply(left);
  EXPECT_TRUE(membership.gone());
}

TEST(Membership, ALiveMigrationToTheModernProtocolKeepsTheGroup) {
  Membership membership;
  membership.apply(classic(3, {member("m1", {0})}));
  ClassicGroupSeen tombstone;
  tombstone.tombstone = true;
  membership.apply(tombstone);
  membership.apply(modern_member("m2"));
  membership.apply(ModernGroupSeen{group, false, 7});
  membership.apply(assignment("m2", 7));
  EXPECT_FALSE(membership.gone());
  EXPECT_EQ(membership.kind(), GroupKind::consumer);
  EXPECT_EQ(membership.state(), "Stable");
  EXPECT_EQ(membership.generation(), 7);
}

TEST(Membership, AModernAssignmentIsKnownOnceItsTopicIdIs) {
  Membership membership;
  membership.apply(ModernGroupSeen{group, false, 1});
  membership.apply(modern_member("m1"));
  membership.apply(assignment("m1", 1));
  EXPECT_FALSE(membership.members({}).at(0).assignment_known);
  const auto members = membership.members({{orders_id, "orders"}});
  EXPECT_TRUE(members.at(0).assignment_known);
  EXPECT_EQ(members.at(0).assigned.at("orders"), (std::vector<std::int32_t>{0, 1}));
}

TEST(Membership, AStaticMemberThatIsAwayIsNotLive) {
  Membership membership;
  membership.apply(ModernGroupSeen{group, false, 1});
  membership.apply(modern_member("m1"));
  membership.apply(assignment("m1", -2));
  EXPECT_EQ(membership.has_members(), false);
  EXPECT_TRUE(membership.members({}).at(0).away);
}

TEST(Ownership, NamesTheOwnerOfEachPartition) {
  Membership membership;
  membership.apply(classic(1, {member("m1", {0, 2}), member("m2", {1})}));
  const auto owned = ownership(membership.members({}), "orders");
  EXPECT_EQ(owned.owner(2), 0);
  EXPECT_EQ(owned.owner(1), 1);
  EXPECT_EQ(owned.owner(9), -1);
  EXPECT_EQ(owned.assigned(9), true) << "subscribed to the topic is enough";
}

TEST(Ownership, ATopicThatNobodyReadsIsLeft) {
  Membership membership;
  membership.apply(classic(1, {member("m1", {0})}));
  EXPECT_EQ(ownership(membership.members({}), "invoices").assigned(0), false);
}

TEST(Ownership, IsUnknownWhenASubscriptionCannotBeRead) {
  ClassicMember foreign = member("m1", {});
  foreign.subscribed.clear();
  foreign.subscription_known = false;
  Membership membership;
  membership.apply(classic(1, {foreign}));
  EXPECT_EQ(ownership(membership.members({}), "invoices").assigned(0), std::nullopt);
}

TEST(Ownership, FollowsASubscriptionByExpression) {
  MemberReport member;
  member.subscribed_regex = "ord.*";
  member.assignment_known = member.subscription_known = true;
  EXPECT_EQ(ownership({member}, "orders").assigned(3), true);
  EXPECT_EQ(ownership({member}, "invoices").assigned(3), false);
  member.subscribed_regex = "(?<=no)lookbehind";
  EXPECT_EQ(ownership({member}, "invoices").assigned(3), std::nullopt);
}

TEST(GenerationLog, ThreeGenerationsWithinTheWindowAreRebalancing) {
  using std::chrono::minutes;
  constexpr Instant noon = from_ms(1'700'000'000'000);
  GenerationLog log;
  log.saw(1, noon);
  log.saw(2, noon + minutes{1});
  log.saw(2, noon + minutes{2});
  EXPECT_FALSE(log.rebalancing(noon + minutes{2}, minutes{5}));
  log.saw(3, noon + minutes{2});
  EXPECT_TRUE(log.rebalancing(noon + minutes{2}, minutes{5}));
  EXPECT_FALSE(log.rebalancing(noon + minutes{6}, minutes{5}));
}

}  // namespace
}  // namespace tidemark
