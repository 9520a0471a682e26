// Somebody has a group forgotten: it is as if it had never been there, and comes back with its next
// commit.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

using std::chrono::seconds;

class Forgetting : public Cluster {
 protected:
  bool forget(int at, const std::string& group = "payments") {
    return state.forget_group(group, "ops", start + seconds{at});
  }
  std::vector<Event> events(int at) {
    std::vector<Event> out;
    for (const auto& event : tick(at)->events) out.push_back(*event);
    return out;
  }
};

TEST_F(Forgetting, ItLeavesTheReportAndFreesWhatItHeld) {
  refresh(0, 100);
  commit(5, 90);
  members(6, "orders");
  commit(5, 10, "billing");
  ASSERT_NE(group(10), nullptr);
  EXPECT_TRUE(forget(11));
  EXPECT_EQ(group(12), nullptr);
  EXPECT_NE(group(12, "billing"), nullptr);
  EXPECT_EQ(state.group_partitions(), 1u);
  EXPECT_FALSE(forget(13)) << "there is none any more";
  EXPECT_FALSE(forget(13, "nobody"));
}

TEST_F(Forgetting, ItIsToldOnceWithItsAuthorAndNotAsAGroupThatHasGone) {
  refresh(0, 100);
  commit(5, 100);
  tick(10);
  const std::size_t before = events(11).size();
  ASSERT_TRUE(forget(12));
  tick(13);
  const std::vector<Event> all = events(30);
  ASSERT_EQ(all.size(), before + 1);
  EXPECT_EQ(all.back().kind, EventKind::group_forgotten);
  EXPECT_EQ(all.back().group, "payments");
  EXPECT_EQ(all.back().author, "ops");
  EXPECT_EQ(all.back().from, "OK");
}

TEST_F(Forgetting, ItComesBackWithItsNextCommitAndWithoutItsPast) {
  refresh(0, 100);
  commit(5, 50);
  refresh(400, 150);
  tick(1000);
  ASSERT_TRUE(forget(1001));
  commit(1010, 150);
  refresh(1010, 150);
  const auto back = group(1020);
  ASSERT_NE(back, nullptr);
  EXPECT_EQ(back->status, GroupStatus::ok);
  EXPECT_EQ(back->lost, 0);
  const auto detail = state.detail("payments", false, start + seconds{1020});
  ASSERT_TRUE(detail);
  ASSERT_EQ(detail.value().windows.size(), 1u);
  EXPECT_EQ(detail.value().windows[0].samples.size(), 1u);
  const auto all = events(1021);
  EXPECT_EQ(std::count_if(all.begin(), all.end(),
                          [](const Event& event) { return event.kind == EventKind::group_new; }),
            2)
      << "the first time, and now";
}

}  // namespace
}  // namespace tidemark
