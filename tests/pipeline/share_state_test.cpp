// Share groups: their start offsets go through the same rules as commits, and where they can't be
// read the group is UNKNOWN with the reason, never OK.
#include "daemon/pipeline/share_state.h"

#include <gmock/gmock.h>

#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

using ::testing::HasSubstr;

constexpr TopicUuid orders_id{7};
const std::string sharers = "sharers";

class ShareGroup : public Cluster {
 protected:
  void state_topic(std::int32_t partitions) {
    TopicsSeen topics;
    topics.offsets_topic_partitions = offsets_partitions;
    topics.share_state_partitions = partitions;
    topics.topics = {{TopicName{"orders"}, 2}};
    state.apply(std::move(topics));
  }

  // Log ends of both topics; the state topic is read up to its end.
  void look(int at, std::int64_t end) {
    refresh(at, end);
    LogEndsSeen seen;
    seen.taken_at = start + std::chrono::seconds{at};
    seen.share_state_topic = {{0, Offset{position_}, Offset{position_}}};
    state.apply(std::move(seen));
  }

  void group_there(int at, bool live = true) {
    record(at, TopicIdsSeen{{{orders_id, "orders"}}});
    ModernMemberSeen member;
    member.group = GroupName{sharers};
    member.member_id = "m1";
    member.subscribed = {"orders"};
    member.kind = GroupKind::share;
    if (live) record(at, member);
    record(at, ModernGroupSeen{GroupName{sharers}, false, 3, GroupKind::share});
  }

  void share_state(int at, std::optional<std::int64_t> offset, bool tombstone = false,
                   const TopicUuid& id = orders_id) {
    ShareStateSeen seen;
    seen.group = GroupName{sharers};
    seen.topic_id = id;
    seen.tombstone = tombstone;
    if (offset) seen.start = Offset{*offset};
    seen.written_at = start + std::chrono::seconds{at};
    ShareStateBatch batch;
    batch.records = {seen};
    batch.positions = {{0, Offset{++position_}}};
    state.apply(std::move(batch));
  }

  void problem(const std::string& sentence) {
    ShareStateBatch batch;
    batch.problem = sentence;
    state.apply(std::move(batch));
  }

 private:
  std::int64_t position_ = 0;
};

TEST_F(ShareGroup, ThatIsDoneWithEverythingIsOk) {
  state_topic(1);
  group_there(0);
  share_state(0, 10);
  look(1, 10);
  const auto seen = group(2, sharers);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->kind, GroupKind::share);
  EXPECT_EQ(seen->status, GroupStatus::ok) << seen->explanation;
  EXPECT_EQ(seen->lag, 0);
  ASSERT_EQ(seen->topics.size(), 1U);
  EXPECT_EQ(seen->topics[0].partitions.size(), 2U);
}

TEST_F(ShareGroup, WhoseBacklogWaitsBeyondItsPatienceIsStopped) {
  state_topic(1);
  group_there(0, false);
  share_state(0, 10);
  look(1, 10);
  for (int at = 10; at <= 700; at += 10) look(at, 30);
  const auto seen = group(701, sharers);
  EXPECT_EQ(seen->status, GroupStatus::error) << seen->explanation;
  EXPECT_EQ(seen->reason, Reason::stopped);
  EXPECT_EQ(seen->lag, 20);
}

TEST_F(ShareGroup, IsNotJudgedByAStateThatIsNotRead) {
  state_topic(1);
  group_there(0, false);
  share_state(0, 10);
  look(1, 10);
  EXPECT_EQ(group(2, sharers)->status, GroupStatus::ok);
  for (int at = 10; at <= 700; at += 10) refresh(at, 30);
  const auto seen = group(701, sharers);
  EXPECT_TRUE(seen->stale) << seen->explanation;
  EXPECT_EQ(seen->status, GroupStatus::ok) << "the verdict from before stands";
}

TEST_F(ShareGroup, ThatHidesNothingBehindAnOpenTransaction) {
  state_topic(1);
  group_there(0, false);
  share_state(0, 10);
  look(1, 10);
  for (int at = 10; at <= 700; at += 10) {
    refresh(at, 30, 0, 0, 20);
    look(at, 30);
  }
  EXPECT_NE(group(701, sharers)->reason, Reason::blocked_by_transaction);
}

TEST_F(ShareGroup, WithoutAStartOffsetIsUnknownAndSaysWhy) {
  group_there(0);
  refresh(1, 10);
  auto seen = group(2, sharers);
  EXPECT_EQ(seen->status, GroupStatus::unknown);
  EXPECT_EQ(seen->reason, Reason::share_group);
  EXPECT_THAT(seen->explanation, HasSubstr("does not exist, or the right to describe it"));
  EXPECT_TRUE(state.take_wants_refresh()) << "the topic may be as new as the group";
  state_topic(1);
  share_state(3, std::nullopt);
  look(4, 10);
  seen = group(20, sharers);
  EXPECT_EQ(seen->status, GroupStatus::unknown);
  EXPECT_THAT(seen->explanation, HasSubstr("holds no start offset of this group"));
  problem("the right to read it is missing");
  EXPECT_THAT(group(40, sharers)->explanation, HasSubstr("the right to read it is missing"));
}

TEST_F(ShareGroup, WaitsForTheNameOfItsTopic) {
  state_topic(1);
  record(0, ModernGroupSeen{GroupName{sharers}, false, 3, GroupKind::share});
  share_state(0, 10);
  look(1, 10);
  EXPECT_THAT(group(2, sharers)->explanation, HasSubstr("the name of this group's topic"));
  record(3, TopicIdsSeen{{{orders_id, "orders"}}});
  EXPECT_EQ(group(4, sharers)->status, GroupStatus::ok);
}

TEST_F(ShareGroup, OfATopicThatWasReCreatedIsJudgedByTheNewOne) {
  constexpr TopicUuid second{8};
  state_topic(1);
  group_there(0);
  share_state(0, 10);
  record(1, TopicIdsSeen{{{second, "orders"}}});
  share_state(2, 3, false, second);
  share_state(3, std::nullopt, true, orders_id);
  look(4, 3);
  const auto seen = group(5, sharers);
  EXPECT_EQ(seen->lag, 0) << seen->explanation;
  EXPECT_EQ(seen->topics.at(0).partitions.at(0).committed_offset, Offset{3});
}

TEST_F(ShareGroup, IsGoneWithItsRecordEvenIfItsStateStays) {
  state_topic(1);
  group_there(0, false);
  share_state(0, 10);
  look(1, 10);
  ASSERT_TRUE(group(2, sharers));
  record(3, ModernGroupSeen{GroupName{sharers}, true, 0, GroupKind::share});
  EXPECT_FALSE(group(4, sharers));
  EXPECT_EQ(state.group_partitions(), 0U);
}

}  // namespace
}  // namespace tidemark
