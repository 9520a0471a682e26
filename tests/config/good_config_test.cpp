#include <gtest/gtest.h>

#include "tests/config/loading.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Config, HasTheDefaultsWhereItSaysNothing) {
  const Loaded loaded = load_text(one_cluster);
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  const Config& config = *loaded.config;
  EXPECT_EQ(config.http.listen, "127.0.0.1:8000");
  EXPECT_TRUE(config.metrics.burrow);
  EXPECT_TRUE(config.storage.state_dir.empty());
  ASSERT_EQ(config.clusters.size(), 1u);
  EXPECT_EQ(config.clusters[0].name, "PROD");
  EXPECT_EQ(config.clusters[0].bootstrap, "k:9092");
  EXPECT_EQ(config.clusters[0].refresh, seconds{10});
  EXPECT_EQ(config.clusters[0].metadata_refresh, seconds{60});
  EXPECT_TRUE(config.policies.entries().empty());
}

TEST(Config, TakesEveryKeyOfTheDaemon) {
  const Loaded loaded = load_text(one_cluster + R"(
[http]
listen = "[::1]:0"
threads = 8
allow_origin = "https://dashboards.example.com"
[storage]
state_dir = "/srv/tidemark"
[log]
level = "debug"
format = "json"
file = "/srv/tidemark.log"
max_bytes = 20000
max_files = 0
[metrics]
granularity = "topic"
max_series = 500000
topics = false
burrow = false
)");
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  const Config& config = *loaded.config;
  EXPECT_EQ(config.http.listen, "[::1]:0");
  EXPECT_EQ(config.http.threads, 8);
  EXPECT_EQ(config.http.allow_origin, "https://dashboards.example.com");
  EXPECT_EQ(config.storage.state_dir, "/srv/tidemark");
  EXPECT_EQ(config.log.level, log::Level::debug);
  EXPECT_TRUE(config.log.json);
  EXPECT_EQ(config.log.file, "/srv/tidemark.log");
  EXPECT_EQ(config.log.max_bytes, 20000u);
  EXPECT_EQ(config.log.max_files, 0);
  EXPECT_EQ(config.metrics.granularity, Granularity::topic);
  EXPECT_EQ(config.metrics.max_series, 500'000U);
  EXPECT_FALSE(config.metrics.topics);
  EXPECT_FALSE(config.metrics.burrow);
}

TEST(Config, TakesClustersInTheirOrder) {
  const Loaded loaded = load_text(R"(
[[cluster]]
name = "b c%/ü"
bootstrap = [" k1:9092 , k2:9092", "[::1]:9092"]
refresh = "250ms"
metadata_refresh = "2h"
[[cluster]]
name = "A"
bootstrap = "10.0.0.1:9092, kafka_2.example.com:65535"
)");
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  const auto& clusters = loaded.config->clusters;
  ASSERT_EQ(clusters.size(), 2u);
  EXPECT_EQ(clusters[0].name, "b c%/ü");
  EXPECT_EQ(clusters[0].bootstrap, "k1:9092,k2:9092,[::1]:9092");
  EXPECT_EQ(clusters[0].refresh, milliseconds{250});
  EXPECT_EQ(clusters[0].metadata_refresh, hours{2});
  EXPECT_EQ(clusters[1].bootstrap, "10.0.0.1:9092,kafka_2.example.com:65535");
}

TEST(Config, TakesEveryValueOfAPolicy) {
  const Loaded loaded = load_text(one_cluster + R"(
[[policy]]
cluster = "PROD"
group = "pay.*"
topic = "orders"
rules = "burrow"
ignore = true
intervals = 20
window = "20m"
allowed_lag = 7
allowed_time_lag = "61s"
patience_min = "1m"
patience_max = "2h"
patience_unknown = "3m"
remember = "4d"
blocked_after = "5m"
abandoned_after = "6h"
max_time_lag = "7m"
probe = false
retention_risk_within = "8h"
report_unread = true
metrics = "group"
minimum_complete = 1
min_distance = "9s"
expire_group = "10d"
)");
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  const Policy& policy = loaded.config->policies.find("PROD", "payments", "orders");
  EXPECT_EQ(policy.rules, RuleSet::burrow);
  EXPECT_TRUE(policy.ignore);
  EXPECT_EQ(policy.intervals, 20);
  EXPECT_EQ(policy.window, minutes{20});
  EXPECT_EQ(policy.allowed_lag, 7);
  EXPECT_EQ(policy.allowed_time_lag, seconds{61});
  EXPECT_EQ(policy.patience_min, minutes{1});
  EXPECT_EQ(policy.patience_max, hours{2});
  EXPECT_EQ(policy.patience_unknown, minutes{3});
  EXPECT_EQ(policy.remember, hours{96});
  EXPECT_EQ(policy.blocked_after, minutes{5});
  EXPECT_EQ(policy.abandoned_after, hours{6});
  EXPECT_EQ(policy.max_time_lag, minutes{7});
  EXPECT_FALSE(policy.probe);
  EXPECT_EQ(policy.retention_risk_within, hours{8});
  EXPECT_TRUE(policy.report_unread);
  EXPECT_EQ(policy.metrics, Granularity::group);
  EXPECT_EQ(policy.minimum_complete, 1.0);
  EXPECT_EQ(policy.min_distance, seconds{9});
  EXPECT_EQ(policy.expire_group, hours{240});
  EXPECT_EQ(loaded.config->policies.find("PROD", "payments", "other").intervals, 10);
}

TEST(Config, TakesTextFromTheEnvironment) {
  const Loaded loaded =
      load_text("[[cluster]]\nname = \"${STAGE}\"\nbootstrap = \"${HOST}:${PORT}\"\n",
                {{{"STAGE", "QA"}, {"HOST", "kafka"}, {"PORT", "9093"}}, {}});
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  EXPECT_EQ(loaded.config->clusters[0].name, "QA");
  EXPECT_EQ(loaded.config->clusters[0].bootstrap, "kafka:9093");
}

}  // namespace
}  // namespace tidemark
