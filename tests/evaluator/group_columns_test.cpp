// The columns of reports made one after the other, beside what the groups say themselves.
#include "evaluator/group_columns.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "evaluator/report.h"

namespace tidemark {
namespace {

constexpr Instant now = from_ms(1'700'000'000'000);

class Cluster {
 public:
  void grow(std::size_t groups) {
    while (draft_.size() < groups) draft_.push_back(any_group());
  }
  void change(std::size_t group) { draft_.set(group, any_group()); }
  void rebuild(std::size_t groups) {
    draft_.clear();
    grow(groups);
  }
  std::size_t below(std::size_t most) { return random_() % most; }
  GroupList publish() { return draft_.publish(); }

 private:
  std::shared_ptr<const GroupReport> any_group() {
    constexpr std::array statuses{GroupStatus::ok, GroupStatus::warning, GroupStatus::error};
    auto out = std::make_shared<GroupReport>();
    out->reason = below(9) == 0 ? Reason::burrow_ok : Reason::keeping_up;
    out->status = statuses.at(below(statuses.size()));
    if (below(5) > 0) out->lag = static_cast<std::int64_t>(below(3));
    if (below(3) > 0)
      out->unread_since = now + std::chrono::seconds{below(100)} - std::chrono::seconds{90};
    out->time_lag_unknown = below(7) == 0;
    return out;
  }

  ChunkDraft<std::shared_ptr<const GroupReport>> draft_;
  std::mt19937 random_{7};
};

void expect_told_as_by_the_groups(const GroupColumns& columns, const GroupList& groups) {
  ASSERT_EQ(columns.status.size(), groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto time_lag = groups[i]->time_lag(now);
    ASSERT_EQ(columns.status[i], groups[i]->status) << i;
    ASSERT_EQ(columns.lag[i], groups[i]->lag) << i;
    ASSERT_EQ(columns.time_lag(i, now), time_lag ? std::optional(time_lag->count()) : std::nullopt)
        << i;
  }
}

TEST(GroupTable, TellsOfListsThatShareChunksWhatTheirGroupsSay) {
  Cluster cluster;
  const GroupTable table;
  std::vector<GroupList> published;
  for (int round = 0; round < 400; ++round) {
    if (round % 10 == 0) cluster.rebuild(cluster.below(300));
    cluster.grow(cluster.below(300));
    published.push_back(cluster.publish());
    const GroupList& newest = published.back();
    expect_told_as_by_the_groups(*table.columns_of(newest), newest);
    const GroupList& older = published.at(cluster.below(published.size()));
    expect_told_as_by_the_groups(*table.columns_of(older), older);
    if (newest.size() > 0) cluster.change(cluster.below(newest.size()));
  }
}

TEST(GroupTable, KeepsNoGroupAlive) {
  Cluster cluster;
  const GroupTable table;
  cluster.grow(100);
  std::weak_ptr<const GroupReport> first;
  {
    const GroupList groups = cluster.publish();
    first = groups.front();
    const auto columns = table.columns_of(groups);
  }
  cluster.change(0);
  EXPECT_TRUE(first.expired());
}

TEST(GroupTable, AReportHasItsColumnsWithAndWithoutOne) {
  Cluster cluster;
  cluster.grow(50);
  ClusterReport report;
  report.groups = cluster.publish();
  expect_told_as_by_the_groups(report.group_columns(), report.groups);
  ClusterReport next;
  next.groups = report.groups;
  next.table = std::make_shared<GroupTable>();
  expect_told_as_by_the_groups(next.group_columns(), next.groups);
}

}  // namespace
}  // namespace tidemark
