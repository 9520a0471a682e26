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

TEST(Membership, AnAssignmentThatCameAloneAndWentLeavesNoGroup) {
  Membership membership;
  ModernAssignmentSeen seen = assignment("m1", 3);
  membership.apply(seen);
  EXPECT_FALSE(membership.gone());
  seen.tombstone = true;
  membership.apply(seen);
  EXPECT_TRUE(membership.gone());
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

TEST(Membership, WhoIsSubscribedToOneTopicIsAssignedThat) {
  Membership membership;
  membership.apply(ModernGroupSeen{group, false, 2});
  ModernMemberSeen seen = modern_member("m1");
  seen.subscribed = {"orders"};
  membership.apply(seen);
  membership.apply(assignment("m1", 1));
  EXPECT_EQ(membership.members({}).at(0).assigned_unnamed.size(), 1U)
      << "an assignment of the epoch before may be of another subscription";
  membership.apply(assignment("m1", 2));
  const MemberReport named = membership.members({}).at(0);
  EXPECT_TRUE(named.assignment_known);
  EXPECT_EQ(named.assigned.at("orders"), (std::vector<std::int32_t>{0, 1}));

  seen.subscribed = {"orders", "invoices"};
  membership.apply(seen);
  EXPECT_EQ(membership.members({}).at(0).assigned_unnamed.at(0).topic, orders_id);
}

TEST(Membership, ARegularExpressionStandsForTheTopicsThatTheBrokerNames) {
  Membership membership;
  membership.apply(ModernGroupSeen{group, false, 1});
  ModernMemberSeen seen = modern_member("m1");
  seen.subscribed_regex = "ord.*";
  membership.apply(seen);
  EXPECT_FALSE(membership.members({}).at(0).subscription_known);
  membership.apply(RegexSeen{group, "ord.*", false, {"orders"}});
  const MemberReport resolved = membership.members({}).at(0);
  EXPECT_TRUE(resolved.subscription_known);
  EXPECT_EQ(resolved.subscribed, std::vector<std::string>{"orders"});
  EXPECT_EQ(resolved.subscribed_regex, "ord.*");
  membership.apply(RegexSeen{group, "ord.*", true, {}});
  EXPECT_FALSE(membership.members({}).at(0).subscription_known);
}

TEST(Membership, AShareGroupHasMembersOfItsOwnKind) {
  Membership membership;
  ModernMemberSeen seen = modern_member("m1");
  seen.kind = GroupKind::share;
  membership.apply(seen);
  EXPECT_FALSE(membership.gone());
  membership.apply(ModernGroupSeen{group, false, 3, GroupKind::share});
  ModernAssignmentSeen assigned = assignment("m1", 3);
  assigned.kind = GroupKind::share;
  membership.apply(assigned);
  EXPECT_EQ(membership.kind(), GroupKind::share);
  EXPECT_EQ(membership.state(), "Stable");
  EXPECT_EQ(membership.protocol_type(), "share");
  EXPECT_EQ(membership.members({{orders_id, "orders"}}).at(0).assigned.size(), 1U);
  membership.apply(ModernGroupSeen{group, true, 0, GroupKind::share});
  EXPECT_TRUE(membership.gone());
}

TEST(Membership, OfAShareGroupThatCannotBeReadOnlyItsKindIsKnown) {
  Membership membership;
  membership.apply(OtherGroupSeen{group, GroupKind::share, false});
  EXPECT_EQ(membership.kind(), GroupKind::share);
  EXPECT_EQ(membership.state(), "");
  EXPECT_EQ(membership.has_members(), std::nullopt);
}

StreamsTopologySeen topology() {
  StreamsTopologySeen seen;
  seen.group = group;
  seen.subtopologies = {{"0", {"orders"}, false}, {"1", {"app-repartition"}, false}};
  return seen;
}

Membership streams_group() {
  Membership membership;
  ModernMemberSeen seen = modern_member("m1");
  seen.kind = GroupKind::streams;
  membership.apply(seen);
  membership.apply(ModernGroupSeen{group, false, 3, GroupKind::streams});
  ModernAssignmentSeen assigned;
  assigned.member_id = "m1";
  assigned.member_epoch = 3;
  assigned.kind = GroupKind::streams;
  assigned.tasks = {{"0", {0, 2}}, {"1", {1}}};
  membership.apply(assigned);
  return membership;
}

TEST(Membership, AStreamsMemberOwnsWhatItsTasksRead) {
  Membership membership = streams_group();
  EXPECT_FALSE(membership.members({}).at(0).assignment_known);
  EXPECT_FALSE(membership.members({}).at(0).subscription_known);
  membership.apply(topology());
  EXPECT_EQ(membership.kind(), GroupKind::streams);
  EXPECT_EQ(membership.state(), "Stable");
  const MemberReport seen = membership.members({}).at(0);
  EXPECT_TRUE(seen.assignment_known);
  EXPECT_TRUE(seen.subscription_known);
  EXPECT_EQ(seen.assigned.at("orders"), (std::vector<std::int32_t>{0, 2}));
  EXPECT_EQ(seen.assigned.at("app-repartition"), std::vector<std::int32_t>{1});
  EXPECT_EQ(seen.subscribed, (std::vector<std::string>{"orders", "app-repartition"}));
}

TEST(Membership, WhatAStreamsTaskReadsByRegexIsNotKnown) {
  Membership membership = streams_group();
  StreamsTopologySeen seen = topology();
  seen.subtopologies[1].by_regex = true;
  membership.apply(seen);
  EXPECT_FALSE(membership.members({}).at(0).assignment_known);
}

TEST(Membership, ALiveMigrationBackKeepsTheGroupToo) {
  Membership membership;
  membership.apply(modern_member("m2"));
  membership.apply(ModernGroupSeen{group, false, 7});
  membership.apply(assignment("m2", 7));
  ModernMemberSeen left = modern_member("m2");
  left.tombstone = true;
  membership.apply(left);
  membership.apply(ModernGroupSeen{group, true});
  membership.apply(classic(8, {member("m1", {0})}));
  EXPECT_EQ(membership.kind(), GroupKind::classic);
  EXPECT_EQ(membership.generation(), 8);
  EXPECT_EQ(membership.members({}).size(), 1U);
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
  member.assignment_known = true;  // which topics match, the broker has not said yet
  EXPECT_EQ(ownership({member}, "orders").assigned(3), true);
  EXPECT_EQ(ownership({member}, "invoices").assigned(3), false);
  member.subscribed_regex = "(?<=no)lookbehind";
  EXPECT_EQ(ownership({member}, "invoices").assigned(3), std::nullopt);
}

TEST(Ownership, TheBrokerKnowsBestWhatAnExpressionMatches) {
  MemberReport member;
  member.subscribed_regex = "ord.*";
  member.subscribed = {"orders"};
  member.assignment_known = member.subscription_known = true;
  EXPECT_EQ(ownership({member}, "orders").assigned(3), true);
  EXPECT_EQ(ownership({member}, "order-returns").assigned(3), false);
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
