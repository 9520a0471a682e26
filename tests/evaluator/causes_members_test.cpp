// Members that are gone, that come and go, and what the others have to do.
#include <gtest/gtest.h>

#include "tests/evaluator/scene.h"

namespace tidemark::test {
namespace {

const std::string ask_members =
    "kafka-consumer-groups.sh --bootstrap-server kafka1:9092 --describe --members --verbose "
    "--group payments";

void all_gone(Scene& scene) {
  scene.stopped({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, utc(2, 13, 55));
  scene.evidence.has_members = false;
  scene.evidence.empty_since = utc(2, 14);
  scene.evidence.last_left = 3;
  for (PartitionEvidence& each : scene.orders().partitions) {
    each.last_owner = each.owner;
    each.owner.reset();
  }
  for (MemberEvidence& each : scene.evidence.members) {
    each.live = false;
    each.left_at = utc(2, 14);
  }
}

void payments_3_left(Scene& scene) {
  scene.stopped({9, 10, 11}, utc(2, 13, 55));
  scene.member(3).live = false;
  scene.member(3).left_at = utc(2, 14);
  for (const std::size_t each : {9U, 10U, 11U}) {
    scene.at(each).last_owner = 3;
    scene.at(each).owner.reset();
  }
}

void payments_2_comes_and_goes(Scene& scene) {
  scene.behind({6, 7, 8});
  scene.evidence.generations = 9;
  scene.member(2).joined = 4;
  scene.member(2).left = 4;
}

class MemberStories : public testing::TestWithParam<CauseStory> {};

TEST_P(MemberStories, are_found_with_all_their_evidence_only) { expect_story(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    , MemberStories,
    testing::Values(
        CauseStory{
            "no_members",
            FindingKind::no_members,
            all_gone,
            "The group has had no members since 02:14 UTC; its last one was payments-3 at "
            "10.1.4.7.",
            "kafka-consumer-groups.sh --bootstrap-server kafka1:9092 --describe --state --group "
            "payments",
            {{"it has members", [](Scene& s) { s.evidence.has_members = true; }},
             {"its protocol does not tell", [](Scene& s) { s.evidence.has_members.reset(); }},
             {"not known since when", [](Scene& s) { s.evidence.empty_since.reset(); }},
             {"commits go on", [](Scene& s) { s.at(5).committed_at = utc(2, 20); }},
             {"commits ceased long before",
              [](Scene& s) { s.evidence.empty_since = utc(2, 24); }}}},
        CauseStory{
            "member_lost",
            FindingKind::member_lost,
            payments_3_left,
            "3 partitions have not been committed since payments-3 at 10.1.4.7 left at 02:14 "
            "UTC.",
            ask_members,
            {{"it is still there", [](Scene& s) { s.member(3).live = true; }},
             {"not known when it left", [](Scene& s) { s.member(3).left_at.reset(); }},
             {"not known who owns what", [](Scene& s) { s.evidence.assignments_known = false; }},
             {"nobody had them before",
              [](Scene& s) {
                for (const std::size_t each : {9U, 10U, 11U}) s.at(each).last_owner.reset();
              }},
             {"they are committed again",
              [](Scene& s) {
                for (const std::size_t each : {9U, 10U, 11U}) s.at(each).committed_at = utc(2, 16);
              }},
             {"they had not been committed for long when it left",
              [](Scene& s) { s.member(3).left_at = utc(2, 24); }}}},
        CauseStory{"rebalance_loop",
                   FindingKind::rebalance_loop,
                   payments_2_comes_and_goes,
                   "9 rebalances in 5 min; payments-2 joined and left 4 times: look at "
                   "max.poll.interval.ms.",
                   ask_members,
                   {{"two generations", [](Scene& s) { s.evidence.generations = 2; }},
                    {"nobody known to have joined or left",
                     [](Scene& s) { s.member(2).joined = s.member(2).left = 0; }}}}),
    [](const auto& row) { return row.param.name; });

TEST(CausesMembers, new_owners_that_do_not_commit_are_still_short_of_the_lost_one) {
  Scene scene;
  payments_3_left(scene);
  for (const std::size_t each : {9U, 10U, 11U}) scene.at(each).owner = 0;
  EXPECT_TRUE(scene.finding(FindingKind::member_lost));
}

TEST(CausesMembers, that_were_idle_when_they_left_are_lost_as_soon_as_something_waits) {
  Scene scene;
  payments_3_left(scene);
  for (const std::size_t each : {9U, 10U, 11U}) {
    scene.at(each).committed_at = scene.at(each).standing_since = utc(1, 0);
    scene.at(each).unread_since = utc(2, 15);
  }
  EXPECT_TRUE(scene.finding(FindingKind::member_lost));
}

TEST(CausesMembers, none_explains_all_that_would_follow_from_it) {
  Scene scene;
  all_gone(scene);
  scene.orders().groups = scene.orders().bad_groups = 9;
  scene.orders().bad_since_first = scene.orders().bad_since_last = utc(2, 10);
  const auto found = scene.findings();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().kind, FindingKind::no_members);
}

TEST(CausesMembers, different_ones_that_join_and_leave_are_named_too) {
  Scene scene;
  scene.evidence.generations = 5;
  scene.member(0).joined = 1;
  scene.member(1).joined = 1;
  scene.member(2).left = 1;
  const auto found = scene.finding(FindingKind::rebalance_loop);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sentence,
            "5 rebalances in 5 min; payments-0 and 1 other joined, payments-2 left.");
}

TEST(CausesMembers, of_one_name_are_told_apart_by_their_ids) {
  Scene scene;
  scene.behind({3, 4, 5});
  for (std::size_t i = 0; i < 4; ++i) scene.member(i).name = "consumer";
  const auto found = scene.finding(FindingKind::one_member);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sentence,
            "All 3 late partitions belong to payments-1-4f1c at 10.1.4.5; the 3 other members keep "
            "up.");
}

}  // namespace
}  // namespace tidemark::test
