#include "notifiers/troubles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::minutes;

const Instant start = from_ms(1'700'000'000'000);

std::shared_ptr<GroupReport> group(const std::string& name, GroupStatus status, Reason reason) {
  auto out = std::make_shared<GroupReport>();
  out->name = GroupName{name};
  out->status = status;
  out->reason = reason;
  out->status_since = start - minutes{3};
  return out;
}

ClusterReport report(std::vector<std::shared_ptr<GroupReport>> groups, Instant at = start) {
  ClusterReport out;
  out.cluster = ClusterName{"PROD"};
  out.as_of = out.as_of_broker = at;
  out.health.caught_up = true;
  out.health.link.state = LinkState::connected;
  for (auto& each : groups) out.groups.push_back(std::move(each));
  return out;
}

std::vector<IncidentKind> kinds(const Look& look) {
  std::vector<IncidentKind> out;
  for (const Trouble& trouble : look.troubles) out.push_back(trouble.kind);
  return out;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Troubles, AStatusIsOne) {
  const Look look = look_at(*group("g", GroupStatus::error, Reason::stopped));
  ASSERT_THAT(kinds(look), ElementsAre(IncidentKind::status));
  EXPECT_EQ(look.troubles[0].status, GroupStatus::error);
  EXPECT_EQ(look.troubles[0].since, start - minutes{3});
  EXPECT_FALSE(look.troubles[0].learning);
}

TEST(Troubles, OneThatRestsOnTooLittleWakesNobody) {
  const auto dead = group("g", GroupStatus::error, Reason::abandoned);
  EXPECT_FALSE(look_at(*dead).troubles[0].learning) << "it died while it was watched";
  dead->learning = true;
  EXPECT_TRUE(look_at(*dead).troubles[0].learning);
}

TEST(Troubles, AConditionIsLearningByThePartitionsThatHaveIt) {
  auto both = group("g", GroupStatus::error, Reason::abandoned);
  both->learning = true;
  both->conditions.set(Condition::data_loss);
  TopicOfGroup& topic = both->topics.emplace_back();
  for (int i = 0; i < 2; ++i) {
    PartitionReport& at = topic.partitions.emplace_back();
    at.committed = true;
    at.conditions.set(Condition::data_loss);
    at.learning = true;
  }
  EXPECT_TRUE(look_at(*both).troubles.at(1).learning);
  topic.partitions[1].learning = false;
  EXPECT_TRUE(look_at(*both).troubles.at(0).learning);
  EXPECT_FALSE(look_at(*both).troubles.at(1).learning);
}

TEST(Troubles, AStatusAndItsConditionAreOne) {
  auto lost = group("g", GroupStatus::warning, Reason::data_loss);
  lost->conditions.set(Condition::data_loss);
  EXPECT_THAT(kinds(look_at(*lost)), ElementsAre(IncidentKind::data_loss));
  auto blocked = group("g", GroupStatus::warning, Reason::blocked_by_transaction);
  EXPECT_THAT(kinds(look_at(*blocked)), ElementsAre(IncidentKind::blocked_by_transaction));
  auto risk = group("g", GroupStatus::error, Reason::stopped);
  risk->conditions.set(Condition::retention_risk);
  EXPECT_THAT(kinds(look_at(*risk)),
              ElementsAre(IncidentKind::status, IncidentKind::retention_risk));
}

TEST(Troubles, WhatIsStaleOrUnknownIsNotSure) {
  auto stale = group("g", GroupStatus::error, Reason::stopped);
  stale->stale = true;
  EXPECT_FALSE(look_at(*stale).sure);
  EXPECT_FALSE(look_at(*group("g", GroupStatus::unknown, Reason::warming_up)).sure);
}

TEST(Troubles, OfTheCluster) {
  EXPECT_THAT(kinds(look_at(report({}))), IsEmpty());
  ClusterReport away = report({});
  away.health.link = {LinkState::unreachable, "nobody answers at kafka:9092", "", ""};
  const Look look = look_at(away);
  EXPECT_THAT(kinds(look), ElementsAre(IncidentKind::cluster_unreachable));
  EXPECT_EQ(look.troubles[0].reason, "nobody answers at kafka:9092");
  EXPECT_THAT(look.hidden, ElementsAre(IncidentKind::monitor_blind));

  ClusterReport blind = report({});
  blind.health.stale_offsets_partitions = {3, 4};
  EXPECT_THAT(kinds(look_at(blind)), ElementsAre(IncidentKind::monitor_blind));
  ClusterReport no_ends = report({});
  no_ends.health.log_ends_at = start - minutes{3};
  EXPECT_THAT(kinds(look_at(no_ends)), ElementsAre(IncidentKind::monitor_blind));

  ClusterReport starting = report({});
  starting.health.caught_up = false;
  EXPECT_FALSE(look_at(starting).sure);
}

TEST(Changes, OfGroupsThatCameAndWent) {
  IncidentBook book(ClusterName{"PROD"}, BookSettings{});
  const auto a = group("a", GroupStatus::error, Reason::stopped);
  const auto b = group("b", GroupStatus::error, Reason::stopped);
  const auto c = group("c", GroupStatus::error, Reason::stopped);
  const ClusterReport first = report({a, b, c});
  tell_changes(book, nullptr, first);
  EXPECT_EQ(book.advance(start + minutes{1}).size(), 3u);

  const auto well = group("b", GroupStatus::ok, Reason::keeping_up);
  const ClusterReport second =
      report({well, c, group("d", GroupStatus::ok, Reason::caught_up)}, start + minutes{1});
  tell_changes(book, &first, second);
  auto changes = book.advance(start + minutes{1});
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].incident.key.group, GroupName{"a"});
  EXPECT_EQ(changes[0].incident.end, IncidentEnd::group_deleted);

  const ClusterReport third = report({}, start + minutes{2});
  tell_changes(book, &second, third);
  EXPECT_EQ(book.advance(start + minutes{2}).size(), 2u) << "b and c";
}

}  // namespace
}  // namespace tidemark
