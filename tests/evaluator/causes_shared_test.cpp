// Causes outside the group: our own sight, a broker, a topic, producers; and a group that is slow.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/evaluator/scene.h"

namespace tidemark::test {
namespace {

void offsets_partition_is_not_read(Scene& scene) {
  scene.evidence.blind = {utc(2, 12), "offsets partition 17", 41};
  for (PartitionEvidence& each : scene.orders().partitions) each.reason = Reason::monitor_stale;
}

// Partitions 2, 5, 8 and 11 are led by broker 3.
void broker_3_is_slow(Scene& scene) {
  scene.behind({2, 5, 8, 11});
  scene.evidence.brokers = {{1, 0, 9}, {2, 1, 8}, {3, 11, 2}};
}

void most_groups_fell_behind(Scene& scene) {
  scene.behind({0, 1, 2, 3});
  scene.orders().groups = 9;
  scene.orders().bad_groups = 8;
  scene.orders().bad_since_first = utc(2, 10);
  scene.orders().bad_since_last = utc(2, 10, 40);
}

void producers_write_more(Scene& scene) {
  scene.behind({0, 4, 8});
  scene.evidence.pace = {9400, 1566, 1550, 1540, hours{1}};
}

void the_group_reads_less(Scene& scene) {
  scene.behind({0, 4, 8});
  scene.evidence.pace = {1500, 1480, 310, 1550, hours{1}};
}

class SharedStories : public testing::TestWithParam<CauseStory> {};

TEST_P(SharedStories, are_found_with_all_their_evidence_only) { expect_story(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    , SharedStories,
    testing::Values(
        CauseStory{
            "monitor_blind",
            FindingKind::monitor_blind,
            offsets_partition_is_not_read,
            "Tidemark cannot read offsets partition 17 of PROD since 02:12 UTC: 41 groups "
            "are not judged.",
            "",
            {{"it can", [](Scene& s) { s.evidence.blind.since.reset(); }},
             {"not known what it cannot read", [](Scene& s) { s.evidence.blind.what = ""; }}}},
        CauseStory{
            "one_broker",
            FindingKind::one_broker,
            broker_3_is_slow,
            "All 4 late partitions are led by broker 3, as are late partitions of 11 other "
            "groups.",
            "kafka-topics.sh --bootstrap-server kafka1:9092 --describe "
            "--under-replicated-partitions",
            {{"one is led by another", [](Scene& s) { s.at(5).leader = 1; }},
             {"the leader of one is not known", [](Scene& s) { s.at(5).leader = -1; }},
             {"other groups have no late ones there",
              [](Scene& s) { s.evidence.brokers[2].other_groups_bad = 0; }},
             {"most other groups read well from it",
              [](Scene& s) { s.evidence.brokers[2].other_groups_well = 12; }},
             {"nothing is known of other groups", [](Scene& s) { s.evidence.brokers.clear(); }}}},
        CauseStory{"whole_topic",
                   FindingKind::whole_topic,
                   most_groups_fell_behind,
                   "8 of 9 groups that read orders fell behind at 02:10 UTC: look upstream.",
                   "kafka-topics.sh --bootstrap-server kafka1:9092 --describe --topic orders",
                   {{"half of them did",
                     [](Scene& s) {
                       s.orders().groups = 10;
                       s.orders().bad_groups = 5;
                     }},
                    {"this one reads it alone",
                     [](Scene& s) { s.orders().groups = s.orders().bad_groups = 1; }},
                    {"not known when", [](Scene& s) { s.orders().bad_since_last.reset(); }},
                    {"one after the other, over an hour",
                     [](Scene& s) { s.orders().bad_since_first = utc(1, 10); }},
                    {"this group is late on another topic only",
                     [](Scene& s) {
                       s.evidence.topics.push_back(s.orders());
                       s.evidence.topics[1].groups = 1;
                       for (std::size_t i = 0; i < 12; ++i) s.at(i).bad = false;
                     }}}},
        CauseStory{
            "producer_burst",
            FindingKind::producer_burst,
            producers_write_more,
            "Producers write 9,400/s, 6× the hour before; the group still reads 1,550/s.",
            "",
            {{"not twice as much as before",
              [](Scene& s) { s.evidence.pace.produced_before = 4800; }},
             {"not known how much before",
              [](Scene& s) { s.evidence.pace.produced_before.reset(); }},
             {"the group follows", [](Scene& s) { s.evidence.pace.consumed_now = 9300; }},
             {"the group became slower", [](Scene& s) { s.evidence.pace.consumed_now = 700; }},
             {"nothing is late",
              [](Scene& s) {
                for (const std::size_t i : {0U, 4U, 8U}) s.at(i).bad = false;
              }}}},
        CauseStory{"consumer_slower",
                   FindingKind::consumer_slower,
                   the_group_reads_less,
                   "The group reads 310/s, a fifth of the hour before; producers unchanged at "
                   "1,500/s.",
                   "",
                   {{"less is produced, too", [](Scene& s) { s.evidence.pace.produced_now = 400; }},
                    {"more than half of it", [](Scene& s) { s.evidence.pace.consumed_now = 800; }},
                    {"not known how much before",
                     [](Scene& s) { s.evidence.pace.consumed_before.reset(); }},
                    {"it reads all that comes, after it had caught up",
                     [](Scene& s) {
                       s.evidence.pace.consumed_before = 9000;
                       s.evidence.pace.consumed_now = 1500;
                     }},
                    {"it reads nothing", [](Scene& s) { s.evidence.pace.consumed_now = 0; }}}}),
    [](const auto& row) { return row.param.name; });

TEST(CausesShared, nothing_is_said_of_a_group_that_is_not_seen) {
  Scene scene;
  scene.behind({9, 10, 11});
  scene.evidence.generations = 9;
  scene.member(2).joined = scene.member(2).left = 4;
  scene.evidence.reason = Reason::monitor_stale;
  offsets_partition_is_not_read(scene);
  const auto found = scene.findings();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, FindingKind::monitor_blind);
}

TEST(CausesShared, a_broker_that_others_suffer_from_too_clears_the_member) {
  Scene scene;
  for (const std::size_t i : {9U, 10U, 11U}) scene.at(i).leader = 3;
  scene.behind({9, 10, 11});
  EXPECT_TRUE(scene.finding(FindingKind::one_member));
  scene.evidence.brokers = {{1, 0, 9}, {3, 11, 2}};
  EXPECT_TRUE(scene.finding(FindingKind::one_broker));
  EXPECT_FALSE(scene.finding(FindingKind::one_member));
}

TEST(CausesShared, the_only_broker_is_no_cause) {
  Scene scene;
  for (PartitionEvidence& each : scene.orders().partitions) each.leader = 3;
  scene.evidence.brokers = {{3, 11, 2}};
  scene.behind({2, 5, 8, 11});
  EXPECT_FALSE(scene.finding(FindingKind::one_broker));
}

TEST(CausesShared, groups_that_fell_one_by_one_are_told_with_both_times) {
  Scene scene;
  most_groups_fell_behind(scene);
  scene.orders().bad_since_first = utc(2, 4);
  EXPECT_EQ(scene.finding(FindingKind::whole_topic)->sentence,
            "8 of 9 groups that read orders fell behind between 02:04 UTC and 02:10 UTC: look "
            "upstream.");
}

TEST(CausesShared, a_burst_after_silence_has_no_multiple) {
  Scene scene;
  scene.behind({0, 4, 8});
  scene.evidence.pace = {9400, 0, 1550, 0, minutes{40}};
  EXPECT_EQ(scene.finding(FindingKind::producer_burst)->sentence,
            "Producers write 9,400/s, nothing in the 40 min before; the group reads 1,550/s.");
}

TEST(CausesShared, what_went_with_a_member_is_not_slowness) {
  Scene scene;
  the_group_reads_less(scene);
  EXPECT_TRUE(scene.finding(FindingKind::consumer_slower));
  scene.stopped({0}, utc(2, 14));
  scene.member(3).live = false;
  scene.member(3).left_at = utc(2, 14);
  scene.at(0).owner.reset();
  scene.at(0).last_owner = 3;
  EXPECT_TRUE(scene.finding(FindingKind::member_lost));
  EXPECT_FALSE(scene.finding(FindingKind::consumer_slower));
}

TEST(CausesShared, findings_come_in_the_order_of_their_kinds) {
  Scene scene;
  most_groups_fell_behind(scene);
  producers_write_more(scene);
  scene.evidence.generations = 3;
  scene.member(2).joined = scene.member(2).left = 1;
  const auto found = scene.findings();
  EXPECT_EQ(found.size(), 3U);
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end(),
                             [](const Finding& a, const Finding& b) { return a.kind < b.kind; }));
}

}  // namespace
}  // namespace tidemark::test
