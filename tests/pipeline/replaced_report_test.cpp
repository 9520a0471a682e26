#include "daemon/pipeline/replaced_report.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

namespace tidemark {
namespace {

constexpr int groups = 100;

std::shared_ptr<ClusterReport> report() {
  auto out = std::make_shared<ClusterReport>();
  for (int i = 0; i < groups; ++i) {
    auto group = std::make_shared<GroupReport>();
    group->name = GroupName{"group-" + std::to_string(i)};
    out->groups.push_back(std::move(group));
  }
  return out;
}

int steps(ReplacedReport& replaced) {
  int out = 0;
  while (replaced.free_some()) ++out;
  return out;
}

TEST(ReplacedReport, IsFreedInSteps) {
  auto old = report();
  const std::weak_ptr<const GroupReport> first = old->groups.front();
  const std::weak_ptr<const GroupReport> last = old->groups.back();
  ReplacedReport replaced;
  replaced.take(std::move(old), {});
  ASSERT_TRUE(replaced.free_some());
  EXPECT_FALSE(first.expired());
  EXPECT_TRUE(last.expired());
  EXPECT_EQ(steps(replaced), 3);
  EXPECT_TRUE(first.expired());
}

TEST(ReplacedReport, WaitsForWhoReadsIt) {
  auto old = report();
  auto reader = old;
  ReplacedReport replaced;
  replaced.take(std::move(old), {});
  EXPECT_FALSE(replaced.free_some());
  const std::weak_ptr<const GroupReport> last = reader->groups.back();
  reader.reset();
  EXPECT_FALSE(last.expired()) << "the reader need not free it";
  EXPECT_GT(steps(replaced), 0);
  EXPECT_TRUE(last.expired());
}

TEST(ReplacedReport, LeavesALastReaderToFreeIt) {
  auto old = report();
  const auto reader = old;
  ReplacedReport replaced;
  replaced.take(std::move(old), {});
  replaced.take(report(), {});
  EXPECT_EQ(reader.use_count(), 1);
  EXPECT_EQ(reader->groups.front().use_count(), 1);
}

TEST(ReplacedReport, WhatTheNextOneHoldsTooIsLeftAlone) {
  auto old = report();
  const GroupList next = old->groups;
  ReplacedReport replaced;
  replaced.take(std::move(old), next);
  EXPECT_FALSE(replaced.free_some());
  EXPECT_EQ(next.back()->name.get(), "group-99");
}

}  // namespace
}  // namespace tidemark
