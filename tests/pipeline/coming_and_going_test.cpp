// Topics that are deleted, re-created and grown; groups and offsets that expire: nothing of them is
// left, in answers or in memory.
#include <gtest/gtest.h>

#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

using std::chrono::seconds;

class ComingAndGoing : public Cluster {
 protected:
  void topics(const std::vector<std::pair<std::string, int>>& of) {
    TopicsSeen seen;
    seen.cluster_id = "cluster-1";
    seen.offsets_topic_partitions = offsets_partitions;
    for (const auto& [name, partitions] : of) seen.topics.push_back({TopicName{name}, partitions});
    state.apply(std::move(seen));
  }
  // One commit (or tombstone) for any topic and partition.
  void offset(int at, const std::string& group, const std::string& topic, std::int32_t partition,
              std::optional<std::int64_t> offset, const TopicUuid& id = {}) {
    OffsetsBatch batch;
    batch.received_at = start + seconds{at};
    const std::string key = group + "/" + topic + "/" + std::to_string(partition);
    batch.bytes = key + group + topic + std::string(64, ' ');
    const std::string_view bytes = batch.bytes;
    CommitSeen seen;
    seen.key = bytes.substr(0, key.size());
    seen.group = bytes.substr(key.size(), group.size());
    seen.topic = bytes.substr(key.size() + group.size(), topic.size());
    seen.partition = PartitionId{partition};
    seen.tombstone = !offset;
    seen.offset = Offset{offset.value_or(0)};
    seen.committed_at = start + seconds{at};
    seen.topic_id = id;
    batch.commits = {seen};
    state.apply(std::move(batch));
  }
  void log_ends(int at, const std::string& topic, const std::vector<std::int64_t>& ends,
                std::int64_t log_start = 0) {
    LogEndsSeen seen;
    seen.taken_at = start + seconds{at};
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      seen.offsets_topic.push_back({p, Offset{0}, Offset{0}});
    }
    TopicOffsets of{TopicName{topic}, {}};
    for (std::size_t p = 0; p < ends.size(); ++p) {
      of.partitions.push_back({PartitionId{static_cast<std::int32_t>(p)}, Offset{ends[p]},
                               Offset{log_start}, Offset{ends[p]}, 1});
    }
    seen.topics = {of};
    state.apply(std::move(seen));
  }
  std::vector<std::string> listed(int at) {
    std::vector<std::string> out;
    const auto report = tick(at);
    for (const auto& topic : report->topics) out.push_back(topic->topic.get());
    return out;
  }
  const PartitionReport& partition(int at, std::size_t p = 0) {
    seen_ = group(at);
    return seen_->topics.at(0).partitions.at(p);
  }

 private:
  std::shared_ptr<const GroupReport> seen_;
};

using Names = std::vector<std::string>;

// --- topics ------------------------------------------------------------------------------------

TEST_F(ComingAndGoing,
       ADeletedTopicLeavesTheListWithTheNextMetadataAndItsGroupsWithTheirTombstones) {
  topics({{"orders", 1}, {"refunds", 1}});
  log_ends(0, "orders", {10});
  log_ends(0, "refunds", {10});
  offset(1, "payments", "orders", 0, 10);
  offset(1, "payments", "refunds", 0, 10);
  EXPECT_EQ(listed(2), (Names{"orders", "refunds"}));
  topics({{"refunds", 1}});
  EXPECT_EQ(listed(3), Names{"refunds"});
  offset(4, "payments", "orders", 0, std::nullopt);
  ASSERT_EQ(group(4)->topics.size(), 1U);
  EXPECT_EQ(group(4)->topics[0].topic.get(), "refunds");
}

TEST_F(ComingAndGoing, LogEndsThatWereAskedForBeforeTheTopicWentDoNotBringItBack) {
  topics({{"orders", 1}});
  log_ends(0, "orders", {10});
  topics({});
  log_ends(1, "orders", {10});
  EXPECT_EQ(listed(2), Names{});
  topics({{"orders", 1}});
  log_ends(3, "orders", {10});
  EXPECT_EQ(listed(4), Names{"orders"});
}

TEST_F(ComingAndGoing, ATopicThatComesAgainWithinTheSameNameHasNoPast) {
  topics({{"orders", 1}});
  log_ends(0, "orders", {100}, 50);
  offset(1, "payments", "orders", 0, 100);
  offset(2, "payments", "orders", 0, std::nullopt);
  topics({});
  topics({{"orders", 1}});
  log_ends(10, "orders", {200});
  offset(11, "payments", "orders", 0, 0);
  log_ends(20, "orders", {200});
  EXPECT_EQ(partition(20).lag, 200);
  EXPECT_EQ(partition(20).lost, 0) << "the log start from before is forgotten";
  EXPECT_FALSE(partition(20).unread_since) << "the log end from before does not show since when";
}

TEST_F(ComingAndGoing, ATombstoneThatComesAfterTheTopicWentLeavesNothingBehind) {
  topics({{"orders", 1}});
  log_ends(0, "orders", {100});
  offset(1, "payments", "orders", 0, 70);
  topics({});
  offset(2, "payments", "orders", 0, std::nullopt);
  topics({{"orders", 1}});
  log_ends(10, "orders", {120});
  offset(11, "payments", "orders", 0, 90);
  log_ends(20, "orders", {120});
  EXPECT_FALSE(partition(20).unread_since) << "100 was the end of another log";
}

TEST_F(ComingAndGoing, ACommitOfAnotherTopicIdEndsTheLogBefore) {
  const TopicUuid before{1};
  const TopicUuid after{2};
  topics({{"orders", 1}});
  log_ends(0, "orders", {1000}, 900);
  offset(1, "payments", "orders", 0, 1000, before);
  log_ends(10, "orders", {1000}, 900);
  EXPECT_EQ(partition(10).lag, 0);
  offset(15, "payments", "orders", 0, 4, after);
  EXPECT_EQ(partition(15).lost, 0) << "900 was the start of another log";
  EXPECT_TRUE(state.take_wants_refresh()) << "the new log end is wanted soon";
  log_ends(20, "orders", {6});
  EXPECT_EQ(partition(20).lag, 2);
  EXPECT_EQ(partition(20).status, PartitionStatus::ok) << "no REWIND";
}

TEST_F(ComingAndGoing, ASmallerLogEndForgetsTheSamplesAndIsBeyondUntilTheGroupCommits) {
  topics({{"orders", 1}});
  log_ends(0, "orders", {450});
  offset(1, "payments", "orders", 0, 450);
  log_ends(10, "orders", {450});
  log_ends(20, "orders", {3});
  log_ends(31, "orders", {3});
  EXPECT_EQ(partition(31).reason, Reason::beyond_log_end);
  EXPECT_FALSE(partition(31).lag);
  EXPECT_EQ(group(31)->status, GroupStatus::warning);
  offset(35, "payments", "orders", 0, 2);
  log_ends(40, "orders", {3});
  EXPECT_EQ(partition(40).lag, 1);
  EXPECT_EQ(partition(40).status, PartitionStatus::ok);
  EXPECT_EQ(partition(40).samples, 1);
}

TEST_F(ComingAndGoing, ACommitAheadOfTheLogEndIsNeverANegativeLagAndBeyondAfterARefreshInterval) {
  topics({{"orders", 1}});
  log_ends(0, "orders", {100});
  offset(5, "payments", "orders", 0, 5000);
  log_ends(10, "orders", {100});
  EXPECT_EQ(partition(10).lag, 0);
  log_ends(20, "orders", {100});
  EXPECT_EQ(partition(20).reason, Reason::beyond_log_end);
  EXPECT_FALSE(partition(20).lag);
  offset(25, "payments", "orders", 0, 100);
  log_ends(30, "orders", {100});
  EXPECT_EQ(partition(30).reason, Reason::caught_up);
}

TEST_F(ComingAndGoing, OneThatComesAgainWithFewerPartitionsHasNoMore) {
  topics({{"orders", 5}});
  log_ends(0, "orders", {1, 1, 1, 1, 1});
  offset(1, "payments", "orders", 3, 1);
  topics({{"orders", 2}});
  EXPECT_EQ(tick(2)->topics.at(0)->partitions.size(), 4U) << "one is still committed";
  offset(3, "payments", "orders", 3, std::nullopt);
  topics({{"orders", 2}});
  EXPECT_EQ(tick(4)->topics.at(0)->partitions.size(), 2U);
}

TEST_F(ComingAndGoing, AGrownTopicIsPaddedAndItsNewPartitionJudgedAtItsFirstLogEnd) {
  topics({{"orders", 1}});
  log_ends(0, "orders", {10});
  offset(1, "payments", "orders", 0, 10);
  EXPECT_EQ(group(2)->partition_count, 1);
  offset(3, "payments", "orders", 2, 4);
  EXPECT_TRUE(state.take_wants_refresh());
  topics({{"orders", 3}});
  log_ends(10, "orders", {10, 0, 7});
  EXPECT_EQ(group(10)->partition_count, 3);
  EXPECT_EQ(partition(10, 2).lag, 3);
  EXPECT_FALSE(partition(10, 1).committed);
}

// --- offsets set by hand -----------------------------------------------------------------------

TEST_F(ComingAndGoing, OffsetsSetBackByHandAreARewindUntilTheyHaveRecovered) {
  topics({{"orders", 1}});
  log_ends(0, "orders", {1000});
  offset(5, "payments", "orders", 0, 1000);
  log_ends(10, "orders", {1000});
  offset(40, "payments", "orders", 0, 200);
  log_ends(50, "orders", {1000});
  EXPECT_EQ(partition(50).status, PartitionStatus::ok) << "not within one slot";
  log_ends(80, "orders", {1000});
  EXPECT_EQ(partition(80).status, PartitionStatus::rewind);
  offset(85, "payments", "orders", 0, 1000);
  log_ends(90, "orders", {1000});
  EXPECT_EQ(partition(90).reason, Reason::caught_up);
}

TEST_F(ComingAndGoing, OffsetsSetForwardByHandAreNoLossAndNoOutage) {
  topics({{"orders", 1}});
  log_ends(0, "orders", {1000});
  offset(5, "payments", "orders", 0, 100);
  log_ends(10, "orders", {1000});
  EXPECT_EQ(partition(10).lag, 900);
  offset(15, "payments", "orders", 0, 1000);
  log_ends(20, "orders", {1000});
  EXPECT_EQ(partition(20).reason, Reason::caught_up);
  EXPECT_EQ(partition(20).lost, 0);
}

// --- tombstones --------------------------------------------------------------------------------

TEST_F(ComingAndGoing, WhenAllTombstonesHaveComeNothingIsHeldAnyMore) {
  topics({{"orders", 4}});
  log_ends(0, "orders", {10, 10, 10, 10});
  tick(1);
  const std::size_t empty = state.window_bytes();
  const auto name = [](int i) { return "group-" + std::to_string(i); };
  for (int i = 0; i < 2000; ++i) {
    for (int p = 0; p < 4; ++p) offset(2, name(i), "orders", p, 5);
  }
  ASSERT_EQ(state.group_partitions(), 8000U);
  ASSERT_EQ(tick(3)->groups.size(), 2000U);
  for (int i = 0; i < 2000; ++i) {
    for (int p = 0; p < 4; ++p) offset(4, name(i), "orders", p, std::nullopt);
  }
  EXPECT_EQ(state.group_partitions(), 0U);
  EXPECT_TRUE(tick(5)->groups.empty());
  EXPECT_FALSE(state.detail(name(7), false, start + seconds{5})) << "not a frozen verdict";
  EXPECT_LE(state.window_bytes(), empty) << "and the memory is given back";
}

TEST_F(ComingAndGoing, AnExpiredClassicGroupLosesItsOffsetsAndThenItself) {
  topics({{"orders", 2}});
  members(1, "orders");
  offset(1, "payments", "orders", 0, 5);
  offset(1, "payments", "orders", 1, 5);
  members(2, "");
  offset(3, "payments", "orders", 1, std::nullopt);
  EXPECT_FALSE(partition(3, 1).committed);
  offset(3, "payments", "orders", 0, std::nullopt);
  ASSERT_NE(group(3), nullptr) << "its own record stands";
  ClassicGroupSeen gone;
  gone.group = GroupName{"payments"};
  gone.tombstone = true;
  record(3, gone);
  EXPECT_EQ(group(3), nullptr);
}

TEST_F(ComingAndGoing, AGroupTombstoneBeforeItsOffsetsTombstonesWaitsForThem) {
  topics({{"orders", 1}});
  members(1, "orders");
  offset(1, "payments", "orders", 0, 5);
  ClassicGroupSeen gone;
  gone.group = GroupName{"payments"};
  gone.tombstone = true;
  record(2, gone);
  ASSERT_NE(group(2), nullptr) << "a change of protocol looks like this";
  offset(3, "payments", "orders", 0, std::nullopt);
  EXPECT_EQ(group(3), nullptr);
}

TEST_F(ComingAndGoing, AnExpiredModernGroupGoesWithItsLastTombstone) {
  topics({{"orders", 1}});
  const GroupName name{"payments"};
  ModernMemberSeen member;
  member.group = name;
  member.member_id = "m1";
  record(1, member);
  record(1, ModernGroupSeen{name, false, 1});
  ModernAssignmentSeen assignment;
  assignment.group = name;
  assignment.member_id = "m1";
  record(1, assignment);
  offset(1, "payments", "orders", 0, 5);
  assignment.tombstone = true;
  record(2, assignment);
  member.tombstone = true;
  record(2, member);
  record(2, ModernGroupSeen{name, false, 2});
  ASSERT_NE(group(2), nullptr);
  offset(3, "payments", "orders", 0, std::nullopt);
  record(3, ModernGroupSeen{name, true, 0});
  EXPECT_EQ(group(3), nullptr);
}

TEST_F(ComingAndGoing, SoDoGroupsOfOtherKinds) {
  for (const GroupKind kind : {GroupKind::share, GroupKind::streams}) {
    record(1, OtherGroupSeen{GroupName{"payments"}, kind, false});
    ASSERT_NE(group(1), nullptr);
    record(2, OtherGroupSeen{GroupName{"payments"}, kind, true});
    EXPECT_EQ(group(2), nullptr);
  }
}

TEST_F(ComingAndGoing, ATombstoneForAGroupThatWasNeverSeenMakesNone) {
  ClassicGroupSeen gone;
  gone.group = GroupName{"payments"};
  gone.tombstone = true;
  record(1, gone);
  offset(1, "payments", "orders", 0, std::nullopt);
  EXPECT_TRUE(tick(1)->groups.empty());
}

TEST_F(ComingAndGoing, GroupsAreFoundByPartsOfTheirNamesAsOfEachReport) {
  using Places = std::vector<std::uint32_t>;
  topics({{"orders", 1}});
  offset(10, "billing", "orders", 0, 5);
  const auto before = tick(10);
  EXPECT_EQ(before->groups_with("BILL"), Places{0});
  offset(11, "accounts", "orders", 0, 5);
  const auto after = tick(11);
  EXPECT_EQ(after->groups_with("BILL"), Places{1});
  EXPECT_EQ(before->groups_with("BILL"), Places{0});
  EXPECT_EQ(tick(12)->names, after->names) << "written down once";
  offset(13, "accounts", "orders", 0, std::nullopt);
  EXPECT_EQ(tick(13)->groups_with("BILL"), Places{0});
}

}  // namespace
}  // namespace tidemark
