// What is the matter with single partitions: a record, a key, a transaction.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/evaluator/scene.h"

namespace tidemark::test {
namespace {

void partition_7_stands(Scene& scene) { scene.stalled(7, utc(2, 14)); }

void partition_7_is_hot(Scene& scene) {
  scene.behind({7});
  for (auto& each : scene.orders().produced) each = 40;
  scene.orders().produced[7] = 305.8;
}

void a_transaction_is_open(Scene& scene) { scene.blocked(3, utc(2, 6)); }

class PartitionStories : public testing::TestWithParam<CauseStory> {};

TEST_P(PartitionStories, are_found_with_all_their_evidence_only) { expect_story(GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    , PartitionStories,
    testing::Values(
        CauseStory{
            "stuck_record",
            FindingKind::stuck_record,
            partition_7_stands,
            "Partition 7 of orders stands at offset 123,456 for 14 min while payments-2 goes "
            "on elsewhere: look at that record.",
            "kcat -b kafka1:9092 -t orders -p 7 -o 123456 -c 1",
            {{"it is STOPPED, not STALLED",
              [](Scene& s) {
                s.at(7).status = PartitionStatus::stopped;
                s.at(7).reason = Reason::stopped;
              }},
             {"its owner is not known", [](Scene& s) { s.at(7).owner.reset(); }},
             {"its owner has no other", [](Scene& s) { s.at(6).owner = s.at(8).owner = 0; }},
             {"the owner's others stand too",
              [](Scene& s) { s.at(6).standing_since = s.at(8).standing_since = utc(2, 15); }},
             {"the owner's others are not seen",
              [](Scene& s) { s.at(6).reason = s.at(8).reason = Reason::monitor_stale; }}}},
        CauseStory{
            "hot_partition",
            FindingKind::hot_partition,
            partition_7_is_hot,
            "Partition 7 of orders gets 41 % of the topic's records (median 5.4 %): keys are "
            "skewed.",
            "kcat -b kafka1:9092 -t orders -p 7 -C -o -1000 -e -q -f '%k\\n' | sort | uniq -c | "
            "sort -rn | head",
            {{"it is not late", [](Scene& s) { s.at(7).bad = false; }},
             {"it is written not even three times as fast",
              [](Scene& s) { s.orders().produced[7] = 119; }},
             {"another one is late", [](Scene& s) { s.behind({4}); }},
             {"how fast another is written is not known",
              [](Scene& s) { s.orders().produced[2].reset(); }},
             {"hardly anything is written",
              [](Scene& s) {
                for (auto& each : s.orders().produced) *each /= 10'000;
              }},
             {"none is known to be well",
              [](Scene& s) {
                for (PartitionEvidence& each : s.orders().partitions) {
                  if (!each.bad) each.reason = Reason::warming_up;
                }
              }}}},
        CauseStory{
            "hanging_transaction",
            FindingKind::hanging_transaction,
            a_transaction_is_open,
            "The last stable offset of orders-3 has stood at 991,204 for 22 min: a transaction was "
            "left open.",
            "kafka-transactions.sh --bootstrap-server kafka1:9092 find-hanging --broker-id 1",
            {{"not known since when it stands", [](Scene& s) { s.at(3).lso_since.reset(); }},
             {"it stands for seconds only", [](Scene& s) { s.at(3).lso_since = utc(2, 27, 30); }},
             {"the log end is there too", [](Scene& s) { s.at(3).log_end = s.at(3).lso; }},
             {"the group is not troubled by it", [](Scene& s) { s.at(3).bad = false; }},
             {"the group has not come so far",
              [](Scene& s) {
                s.at(3).committed_offset = Offset{900'000};
                s.at(3).reason = Reason::falling_behind;
              }}}}),
    [](const auto& row) { return row.param.name; });

TEST(CausesPartitions, a_transaction_that_its_producer_may_still_end_is_open_not_left) {
  Scene scene;
  scene.blocked(3, utc(2, 24)).blocked(4, utc(2, 25));
  const auto found = scene.finding(FindingKind::hanging_transaction);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sentence,
            "The last stable offset of orders-3 has stood at 991,204 for 240 s: a transaction is "
            "open; so it is on 1 other partition.");
  EXPECT_EQ(found->next_step,
            "kafka-transactions.sh --bootstrap-server kafka1:9092 describe-producers --topic "
            "orders --partition 3");
}

TEST(CausesPartitions, a_transaction_is_no_fault_of_the_member_that_waits_behind_it) {
  Scene scene;
  scene.blocked(9, utc(2, 6)).blocked(10, utc(2, 6)).blocked(11, utc(2, 6));
  const auto found = scene.findings();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, FindingKind::hanging_transaction);
}

TEST(CausesPartitions, no_more_than_three_are_told_of_one_kind_the_oldest_first) {
  Scene scene;
  for (std::size_t i = 0; i < 12; ++i) {
    if (i % 3 != 0) scene.stalled(i, utc(2, 12 - static_cast<int>(i)));
  }
  const auto found = scene.findings();
  const auto stuck = std::count_if(found.begin(), found.end(), [](const Finding& each) {
    return each.kind == FindingKind::stuck_record;
  });
  EXPECT_EQ(stuck, 3);
  const auto first = scene.finding(FindingKind::stuck_record);
  EXPECT_NE(first->sentence.find("Partition 11 of orders"), std::string::npos);
}

TEST(CausesPartitions, one_that_gets_all_there_is_has_a_median_of_nothing_beside_it) {
  Scene scene;
  partition_7_is_hot(scene);
  for (auto& each : scene.orders().produced) each = 0;
  scene.orders().produced[7] = 50;
  const auto found = scene.finding(FindingKind::hot_partition);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sentence,
            "Partition 7 of orders gets 100 % of the topic's records (median 0 %): keys are "
            "skewed.");
}

TEST(CausesPartitions, the_only_one_of_a_topic_is_never_hot) {
  Scene scene;
  scene.orders().partitions.resize(1);
  scene.orders().produced.resize(1);
  scene.behind({0});
  EXPECT_FALSE(scene.finding(FindingKind::hot_partition));
}

}  // namespace
}  // namespace tidemark::test
