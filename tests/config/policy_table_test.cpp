#include "config/policy_table.h"

#include <gtest/gtest.h>

#include "tests/config/loading.h"

namespace tidemark {
namespace {

PolicyTable table_of(const std::string& policies) {
  const Loaded loaded =
      load_text("[[cluster]]\nname = \"DEV\"\nbootstrap = \"k:1\"\n" + one_cluster + policies);
  EXPECT_TRUE(loaded.config) << texts_of(loaded);
  return loaded.config ? loaded.config->policies : PolicyTable{};
}

TEST(PolicyTable, HasDefaultsForWhatNoPolicyMatches) {
  const PolicyTable table = table_of("[[policy]]\ngroup = \"a\"\nintervals = 3\n");
  EXPECT_EQ(table.find("DEV", "b", "t").intervals, 10);
  EXPECT_EQ(PolicyTable{}.find("DEV", "b", "t").intervals, 10);
}

TEST(PolicyTable, TakesTheFirstMatchWhole) {
  const PolicyTable table = table_of(
      "[[policy]]\ngroup = \"pay.*\"\nintervals = 3\n"
      "[[policy]]\ngroup = \".*ments\"\nintervals = 4\nallowed_lag = 5\n");
  EXPECT_EQ(table.find("DEV", "payments", "t").intervals, 3);
  EXPECT_EQ(table.find("DEV", "payments", "t").allowed_lag, 0);
  EXPECT_EQ(table.find("DEV", "shipments", "t").allowed_lag, 5);
}

TEST(PolicyTable, MatchesClusterGroupAndTopicByTheirFullNames) {
  const PolicyTable table = table_of(
      "[[policy]]\ncluster = \"PROD\"\ngroup = \"a\"\ntopic = \"t[0-9]\"\nintervals = 3\n");
  EXPECT_EQ(table.find("PROD", "a", "t1").intervals, 3);
  EXPECT_EQ(table.find("DEV", "a", "t1").intervals, 10);
  EXPECT_EQ(table.find("PROD", "ab", "t1").intervals, 10);
  EXPECT_EQ(table.find("PROD", "a", "t10").intervals, 10);
}

}  // namespace
}  // namespace tidemark
