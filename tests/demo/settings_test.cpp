#include "daemon/demo/settings.h"

#include <gmock/gmock.h>

#include "config/config.h"

namespace tidemark::demo {
namespace {

using std::chrono::seconds;

Loaded loaded() {
  const Surround nothing{[](const std::string&) { return std::nullopt; },
                         [](const std::string&, const std::string&) { return std::string(); }};
  return parse_config(
      configuration({{"PROD", "127.0.0.1:2001,127.0.0.1:2002"}, {"DEV", "[::1]:3"}}, "/tmp/mails"),
      "demo", nothing);
}

TEST(DemoSettings, AreAnOrdinaryConfigurationWithoutAProblem) {
  const Loaded demo = loaded();
  for (const Problem& problem : demo.problems) ADD_FAILURE() << problem.text();
  ASSERT_TRUE(demo.config);
  ASSERT_EQ(demo.config->clusters.size(), 2U);
  EXPECT_EQ(demo.config->clusters[0].name, "PROD");
  EXPECT_EQ(demo.config->clusters[0].bootstrap, "127.0.0.1:2001,127.0.0.1:2002");
  EXPECT_EQ(demo.config->clusters[0].refresh, seconds{1});
}

TEST(DemoSettings, TellOfEachGroupByAMailInAFolder) {
  const Loaded demo = loaded();
  ASSERT_TRUE(demo.config);
  ASSERT_EQ(demo.config->receivers.size(), 1U);
  EXPECT_EQ(std::get<FileSettings>(demo.config->receivers[0].channel).folder, "/tmp/mails");
  ASSERT_EQ(demo.config->routes.size(), 1U);
  EXPECT_THAT(demo.config->routes[0].group_by, testing::ElementsAre("cluster", "group"));
}

TEST(DemoSettings, GiveBatchJobsThePatienceThatTheyAreUsedTo) {
  const Loaded demo = loaded();
  ASSERT_TRUE(demo.config);
  const PolicyTable& policies = demo.config->policies;
  EXPECT_GT(policies.find("PROD", "nightly-report", "orders").patience_max, seconds{600});
  EXPECT_EQ(policies.find("PROD", "payments", "orders").patience_max, seconds{30});
}

}  // namespace
}  // namespace tidemark::demo
