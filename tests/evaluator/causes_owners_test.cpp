// Who owns what is late: one member, one host, or those that own too much.
#include <gtest/gtest.h>

#include "tests/evaluator/scene.h"

namespace tidemark::test {
namespace {

const std::string ask_members =
    "kafka-consumer-groups.sh --bootstrap-server kafka1:9092 --describe --members --verbose "
    "--group payments";

void payments_3_is_slow(Scene& scene) { scene.behind({9, 10, 11}); }

void one_host_is_slow(Scene& scene) {
  scene.behind({0, 1, 2, 3, 4, 5});
  scene.member(0).host = scene.member(1).host = "10.1.4.4";
}

// payments-0 owns 6, payments-1 and payments-2 own 3 and 2, payments-3 owns 1.
void payments_0_owns_half(Scene& scene) {
  const std::vector<std::size_t> owners{0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3};
  for (std::size_t i = 0; i < owners.size(); ++i) scene.at(i).owner = owners[i];
  scene.behind({0, 1, 2, 3, 4, 5});
}

void three_more_members(Scene& scene) {
  scene.behind({0, 4});
  for (int i = 0; i < 3; ++i) {
    MemberEvidence idle;
    idle.name = "payments-" + std::to_string(4 + i);
    idle.live = true;
    scene.evidence.members.push_back(idle);
  }
}

class OwnerStories : public testing::TestWithParam<CauseStory> {};

TEST_P(OwnerStories, are_found_with_all_their_evidence_only) { expect_story(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    , OwnerStories,
    testing::Values(
        CauseStory{"one_member",
                   FindingKind::one_member,
                   payments_3_is_slow,
                   "All 3 late partitions belong to payments-3 at 10.1.4.7; the 3 other members "
                   "keep up.",
                   ask_members,
                   {{"another one has a late partition", [](Scene& s) { s.behind({4}); }},
                    {"the owner of one is not known", [](Scene& s) { s.at(10).owner.reset(); }},
                    {"there is no other member",
                     [](Scene& s) {
                       for (PartitionEvidence& each : s.orders().partitions) each.owner = 3;
                     }},
                    {"nothing is known of the others yet",
                     [](Scene& s) {
                       for (std::size_t i = 0; i < 9; ++i) s.at(i).reason = Reason::warming_up;
                     }},
                    {"only one of its partitions is late",
                     [](Scene& s) {
                       s.at(10) = s.at(11) = s.at(8);
                       s.at(10).owner = s.at(11).owner = 3;
                     }},
                    {"each is written several times as fast as others",
                     [](Scene& s) {
                       for (const std::size_t hot : {9U, 10U, 11U}) s.orders().produced[hot] = 400;
                     }}}},
        CauseStory{"one_host",
                   FindingKind::one_host,
                   one_host_is_slow,
                   "All 6 late partitions belong to 2 members at 10.1.4.4; the 2 members elsewhere "
                   "keep up.",
                   ask_members,
                   {{"they are at two hosts", [](Scene& s) { s.member(1).host = "10.1.4.5"; }},
                    {"a host is not known", [](Scene& s) { s.member(1).host = ""; }},
                    {"nobody is elsewhere",
                     [](Scene& s) { s.member(2).host = s.member(3).host = "10.1.4.4"; }},
                    {"someone elsewhere is late too", [](Scene& s) { s.behind({9}); }}}},
        CauseStory{
            "lopsided_assignment",
            FindingKind::lopsided_assignment,
            payments_0_owns_half,
            "payments-0 owns 6 partitions, payments-3 owns 1 (12 partitions, 4 members).",
            ask_members,
            {{"not known who owns what", [](Scene& s) { s.evidence.assignments_known = false; }},
             {"there are partitions of which nothing is known",
              [](Scene& s) { s.orders().produced.emplace_back(100); }},
             {"the one that owns least is late", [](Scene& s) { s.behind({11}); }},
             {"nothing is late",
              [](Scene& s) {
                for (std::size_t i = 0; i < 6; ++i) s.at(i).bad = false;
              }},
             {"all own as much",
              [](Scene& s) {
                for (std::size_t i = 0; i < 12; ++i) s.at(i).owner = i / 3;
              }}}},
        CauseStory{"more_members_than_partitions",
                   FindingKind::lopsided_assignment,
                   three_more_members,
                   "3 members own none (12 partitions, 7 members).",
                   ask_members,
                   {{"they own partitions of a topic that is not in the evidence",
                     [](Scene& s) {
                       for (const std::size_t i : {4U, 5U, 6U}) s.member(i).assigned = 2;
                     }},
                    {"they are not there any more",
                     [](Scene& s) {
                       for (const std::size_t i : {4U, 5U, 6U}) s.member(i).live = false;
                     }}}}),
    [](const auto& row) { return row.param.name; });

TEST(CausesOwners, one_late_partition_that_is_all_a_member_has_is_its_own) {
  Scene scene;
  scene.at(9).owner = scene.at(10).owner = 2;
  scene.behind({11});
  const auto found = scene.finding(FindingKind::one_member);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sentence,
            "The only late partition belongs to payments-3 at 10.1.4.7; the 3 other members keep "
            "up.");
}

TEST(CausesOwners, others_of_which_one_is_not_judged_keep_up_so_far_as_known) {
  Scene scene;
  payments_3_is_slow(scene);
  scene.at(0).reason = Reason::monitor_stale;
  const auto found = scene.finding(FindingKind::one_member);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sentence,
            "All 3 late partitions belong to payments-3 at 10.1.4.7; 2 of the 3 other members keep "
            "up.");
}

TEST(CausesOwners, uneven_and_idle_ones_are_told_in_one) {
  Scene scene;
  payments_0_owns_half(scene);
  scene.at(11).owner = 2;
  const auto found = scene.finding(FindingKind::lopsided_assignment);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sentence,
            "payments-0 owns 6 partitions, payments-1 owns 3; 1 member owns none (12 partitions, 4 "
            "members).");
}

TEST(CausesOwners, what_an_assignor_leaves_over_is_not_lopsided) {
  Scene scene;
  scene.at(11).owner = 0;
  scene.behind({0, 1, 2, 11});
  EXPECT_TRUE(scene.finding(FindingKind::lopsided_assignment)) << "4, 3, 3 and 2";
  scene.evidence.members.pop_back();
  scene.at(9).owner = 1;
  scene.at(10).owner = 2;
  EXPECT_FALSE(scene.finding(FindingKind::lopsided_assignment)) << "4, 4 and 4";
  scene.at(10).owner = 1;
  EXPECT_FALSE(scene.finding(FindingKind::lopsided_assignment)) << "4, 5 and 3, and the 4 are late";
}

}  // namespace
}  // namespace tidemark::test
