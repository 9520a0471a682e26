#include "daemon/pipeline/slots.h"

#include <gtest/gtest.h>

#include <vector>

#include "config/policy_table.h"
#include "daemon/pipeline/books.h"

namespace tidemark {
namespace {

using std::chrono::seconds;

constexpr Instant start = from_ms(1'700'000'000'000);

// One group that reads partition 0 of one topic, whose log end is 1000.
class SlotsOfAGroup : public testing::Test {
 protected:
  SlotsOfAGroup() {
    Topic& topic = books.topics.find_or_add("orders");
    group.name = "payments";
    reading = {&group, &topic, &books.resolve("payments", "orders"), {}};
    TopicPartition& partition = TopicTable::partition(topic, PartitionId{0});
    partition.end = Offset{1000};
    partition.history.append({Offset{1000}, start}, seconds{10});
    slot = add("key-0");
  }

  Slot add(std::string_view key) {
    const Slot out = slots.add(key);
    slots.info(out).reading = &reading;
    return out;
  }

  void commit(std::int64_t offset, int at) {
    slots.keep(slot, {Offset{offset}, start + seconds{at}});
  }

  std::vector<std::int64_t> committed() {
    PartitionHistory history;
    slots.look_at(slot, history);
    std::vector<std::int64_t> out;
    for (const CommitSample& sample : history.window) out.push_back(sample.offset.get());
    return out;
  }

  PolicyTable policies{{}};
  Books books{{"prod", "broker:9092", seconds{10}}, policies};
  Slots& slots = books.slots;
  Group group;
  Reading reading;
  Slot slot{};
};

TEST_F(SlotsOfAGroup, ShowACommitThatWaitsAndLeaveItWaiting) {
  commit(100, 1);
  EXPECT_EQ(committed(), (std::vector<std::int64_t>{100}));
  EXPECT_TRUE(slots.settle(slot));
}

TEST_F(SlotsOfAGroup, AreSettledOnce) {
  commit(100, 1);
  EXPECT_TRUE(slots.settle(slot));
  EXPECT_FALSE(slots.settle(slot));
  EXPECT_EQ(committed(), (std::vector<std::int64_t>{100}));
}

TEST_F(SlotsOfAGroup, KnowTheNewestCommitWhereverItIs) {
  EXPECT_FALSE(slots.newest_commit(slot).has_value());
  commit(100, 1);
  EXPECT_EQ(slots.newest_commit(slot)->offset, Offset{100});
  slots.settle(slot);
  EXPECT_EQ(slots.newest_commit(slot)->offset, Offset{100});
  commit(250, 2);
  EXPECT_EQ(slots.newest_commit(slot)->offset, Offset{250});
}

TEST_F(SlotsOfAGroup, LoseNoCommitHoweverManyWait) {
  for (int i = 1; i <= 40; ++i) commit(10 * i, i);
  PartitionHistory history;
  slots.load(slot, history);
  EXPECT_EQ(history.newest().offset, Offset{400});
  EXPECT_FALSE(slots.settle(slot));
}

TEST_F(SlotsOfAGroup, WatchACommitBeyondTheLogEndOnceItIsTaken) {
  commit(2000, 1);
  slots.settle(slot);
  EXPECT_TRUE(slots.info(slot).watch);
}

TEST_F(SlotsOfAGroup, KnowNothingOfASlotThatIsUsedAgain) {
  commit(100, 1);
  slots.info(slot).probe = Probe::asked;
  slots.erase(slot);
  EXPECT_FALSE(slots.find("key-0").has_value());
  slot = add("key-1");
  EXPECT_EQ(slots.info(slot).probe, Probe::none);
  EXPECT_FALSE(slots.newest_commit(slot).has_value());
}

TEST_F(SlotsOfAGroup, PassOverThoseLeftOutByPolicy) {
  slots.add("left-out");
  std::vector<Slot> visited;
  slots.each([&](Slot each) { visited.push_back(each); });
  EXPECT_EQ(visited, std::vector<Slot>{slot});
}

}  // namespace
}  // namespace tidemark
