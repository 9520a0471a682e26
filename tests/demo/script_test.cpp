#include "daemon/demo/script.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

namespace tidemark::demo {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TopicPlan orders() { return {"orders", 2, seconds{2}, {3, 0, 1}, seconds{0}}; }

ClusterPlan plan_with(Part part) {
  ClusterPlan plan{"TEST", 1, 4, CommitVersion::v4, {orders()}, {}};
  plan.groups = {{"reader", part, {"orders"}, 2, {}}};
  return plan;
}

template <class What>
std::vector<std::pair<Duration, What>> all_of(const std::vector<Event>& events) {
  std::vector<std::pair<Duration, What>> out;
  for (const Event& event : events) {
    if (const auto* what = std::get_if<What>(&event.what)) out.emplace_back(event.at, *what);
  }
  return out;
}

TEST(Produced, CountsRecordsInTurn) {
  EXPECT_EQ(produced(orders(), 0, milliseconds{-1}), 0);
  EXPECT_EQ(produced(orders(), 0, seconds{0}), 3);
  EXPECT_EQ(produced(orders(), 0, seconds{2}), 3);
  EXPECT_EQ(produced(orders(), 0, seconds{4}), 4);
  EXPECT_EQ(produced(orders(), 0, seconds{6}), 7);
  EXPECT_EQ(produced(orders(), 1, milliseconds{999}), 0) << "partitions take turns";
  EXPECT_EQ(produced(orders(), 1, seconds{1}), 0) << "and begin with another count each";
  EXPECT_EQ(produced(orders(), 1, seconds{3}), 1);
}

TEST(Script, AppendsExactlyWhatIsProducedHoweverTimeIsCut) {
  const ClusterPlan plan = plan_with(Part::healthy);
  const Script script(plan);
  std::map<std::int32_t, std::int64_t> appended;
  Duration from = script.beginning();
  for (const Duration step : {milliseconds{1}, milliseconds{70'000}, milliseconds{333},
                              milliseconds{500}, milliseconds{1}, milliseconds{30'000}}) {
    for (const auto& [at, append] : all_of<Append>(script.between(from, from + step))) {
      EXPECT_GT(at, from);
      EXPECT_LE(at, from + step);
      appended[append.partition] += append.count;
    }
    from += step;
  }
  for (const std::int32_t p : {0, 1}) EXPECT_EQ(appended[p], produced(orders(), p, from));
}

TEST(Script, NothingHappensBeforeItsBeginning) {
  for (const ClusterPlan& plan : cast()) {
    const Script script(plan);
    EXPECT_TRUE(script.between(script.beginning() - seconds{1000}, script.beginning()).empty())
        << plan.name;
  }
}

TEST(Script, EventsComeInOrderOfTime) {
  for (const ClusterPlan& plan : cast()) {
    const auto events = Script(plan).between(-seconds{100}, seconds{500});
    EXPECT_TRUE(std::is_sorted(events.begin(), events.end(),
                               [](const Event& a, const Event& b) { return a.at < b.at; }));
  }
}

TEST(Script, NobodyCommitsWhatHasNotBeenProduced) {
  for (const ClusterPlan& plan : cast()) {
    const Script script(plan);
    for (const auto& [at, commit] :
         all_of<Commit>(script.between(script.beginning(), seconds{900}))) {
      EXPECT_LE(commit.offset, produced(*commit.topic, commit.partition, at))
          << plan.name << " " << commit.group->name << " at " << at.count();
    }
  }
}

TEST(Script, CommitsNeverGoBack) {
  for (const ClusterPlan& plan : cast()) {
    const Script script(plan);
    std::map<std::tuple<const GroupPlan*, const TopicPlan*, std::int32_t>, std::int64_t> last;
    for (const auto& [at, commit] :
         all_of<Commit>(script.between(script.beginning(), seconds{3600}))) {
      auto& before = last[{commit.group, commit.topic, commit.partition}];
      EXPECT_GE(commit.offset, before) << commit.group->name;
      before = commit.offset;
    }
  }
}

TEST(Script, EveryGroupHasMembersAndACommitForEachPartitionBeforeTheStart) {
  for (const ClusterPlan& plan : cast()) {
    const Script script(plan);
    const auto past = script.between(script.beginning(), Duration{0});
    std::set<std::tuple<const GroupPlan*, const TopicPlan*, std::int32_t>> committed;
    for (const auto& [at, commit] : all_of<Commit>(past)) {
      committed.insert({commit.group, commit.topic, commit.partition});
    }
    std::set<const GroupPlan*> groups;
    for (const auto& [at, membership] : all_of<Membership>(past)) groups.insert(membership.group);
    std::size_t expected = 0;
    for (const GroupPlan& group : plan.groups) {
      for (const TopicPlan& topic : plan.topics) {
        const bool read = std::count(group.topics.begin(), group.topics.end(), topic.name) > 0;
        expected += read ? static_cast<std::size_t>(topic.partitions) : 0;
      }
    }
    EXPECT_EQ(committed.size(), expected) << plan.name;
    EXPECT_EQ(groups.size(), plan.groups.size()) << plan.name;
  }
}

TEST(Script, AStuckGroupRepeatsOneOffsetWhereItIsStuckAndGoesOnElsewhere) {
  const ClusterPlan plan = plan_with(Part::stuck);
  std::map<std::int32_t, std::set<std::int64_t>> offsets;
  std::map<std::int32_t, int> commits;
  for (const auto& [at, commit] : all_of<Commit>(Script(plan).between(seconds{10}, seconds{70}))) {
    offsets[commit.partition].insert(commit.offset);
    ++commits[commit.partition];
  }
  EXPECT_EQ(offsets[0].size(), 1U);
  EXPECT_EQ(commits[0], 30);
  EXPECT_GT(offsets[1].size(), 10U);
}

TEST(Script, ADeadGroupCommitsNothingAndIsLeftByItsMembers) {
  const ClusterPlan plan = plan_with(Part::dead);
  const Script script(plan);
  EXPECT_TRUE(all_of<Commit>(script.between(seconds{10}, seconds{300})).empty());
  const auto left = all_of<Membership>(script.between(Duration{0}, seconds{10}));
  ASSERT_EQ(left.size(), 1U);
  EXPECT_FALSE(left.front().second.members);
  const auto back = all_of<Membership>(script.between(seconds{10}, seconds{400}));
  ASSERT_EQ(back.size(), 1U);
  EXPECT_TRUE(back.front().second.members);
  EXPECT_EQ(back.front().second.generation, left.front().second.generation + 1);
}

}  // namespace
}  // namespace tidemark::demo
