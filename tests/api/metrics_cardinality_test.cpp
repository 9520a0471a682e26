// What /metrics leaves out: by granularity, by policy, and when there are too many series.
#include "tests/api/everything.h"
#include "tests/api/metrics_fixture.h"

namespace tidemark {
namespace {

using namespace test;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

PartitionSpec late() {
  PartitionSpec out;
  out.reason = Reason::falling_behind;
  out.lag = 40;
  out.waiting_ms = 1500;
  return out;
}

PartitionSpec stopped() {
  PartitionSpec out;
  out.status = PartitionStatus::stopped;
  out.reason = Reason::stopped;
  out.lag = 7;
  out.waiting_ms = 900'000;
  return out;
}

class Granularities : public MetricsText {
 protected:
  Granularities() {
    handlers.settings.metrics.burrow = false;
    orders = group("g", {{"orders", {late(), {}}}, {"bills", {{}}}});
    view.shown = {cluster("C", {orders}, {topic("orders", {140, 100}), topic("bills", {100})})};
  }

  std::shared_ptr<GroupReport> orders;
};

TEST_F(Granularities, ByPartitionEverythingCoarserIsThereToo) {
  EXPECT_THAT(samples("tidemark_partition_lag"), SizeIs(3));
  EXPECT_THAT(samples("tidemark_group_topic_lag"), SizeIs(2));
  EXPECT_THAT(samples("tidemark_group_lag"), SizeIs(1));
  EXPECT_THAT(samples("tidemark_topic_partition_log_end_offset"), SizeIs(3));
}

TEST_F(Granularities, ByTopicPartitionsAreLeftOut) {
  handlers.settings.metrics.granularity = Granularity::topic;
  EXPECT_THAT(subjects(), Each(Not(HasSubstr("partition="))));
  EXPECT_THAT(samples("tidemark_group_topic_lag"),
              ElementsAre(R"({cluster="C",group="g",topic="orders"} 40)",
                          R"({cluster="C",group="g",topic="bills"} 0)"));
  EXPECT_THAT(samples("tidemark_group_lag"), SizeIs(1));
}

TEST_F(Granularities, ByGroupTopicsAreLeftOutToo) {
  handlers.settings.metrics.granularity = Granularity::group;
  EXPECT_THAT(subjects(), Each(Not(HasSubstr("topic="))));
  EXPECT_THAT(samples("tidemark_group_lag"), SizeIs(1));
}

TEST_F(Granularities, ByNothingOnlyTheClusterIsSeen) {
  handlers.settings.metrics.granularity = Granularity::none;
  EXPECT_THAT(subjects(), IsEmpty());
  EXPECT_THAT(samples("tidemark_cluster_groups"), SizeIs(4));
  EXPECT_THAT(samples("tidemark_metrics_series"), ElementsAre(" 0"));
}

TEST_F(Granularities, BurrowsFamiliesGoByThemToo) {
  handlers.settings.metrics.burrow = true;
  handlers.settings.metrics.granularity = Granularity::group;
  EXPECT_THAT(samples("burrow_kafka_consumer_status"), SizeIs(1));
  EXPECT_THAT(samples("burrow_kafka_consumer_partition_lag"), IsEmpty());
  EXPECT_THAT(samples("burrow_kafka_topic_partition_offset"), IsEmpty());
}

TEST_F(Granularities, FamiliesOfTopicsCanBeLeftOut) {
  handlers.settings.metrics.topics = false;
  EXPECT_THAT(text(), Not(HasSubstr("tidemark_topic_")));
  EXPECT_THAT(samples("tidemark_group_topic_lag"), SizeIs(2));
}

TEST_F(Granularities, APolicySaysOtherwiseForSome) {
  handlers.settings.metrics.granularity = Granularity::group;
  auto wanted = group("wanted", {{"orders", {{}, {}}}});
  wanted->metrics = wanted->topics[0].metrics = Granularity::partition;
  auto refused = group("refused", {{"orders", {{}, {}}}});
  refused->metrics = refused->topics[0].metrics = Granularity::none;
  view.shown = {cluster("C", {orders, wanted, refused})};
  EXPECT_THAT(samples("tidemark_group_status"),
              ElementsAre(R"({cluster="C",group="g"} 1)", R"({cluster="C",group="wanted"} 0)"));
  EXPECT_THAT(samples("tidemark_partition_status"),
              Each(HasSubstr(R"(group="wanted",topic="orders")")));
  EXPECT_THAT(samples("tidemark_partition_status"), SizeIs(2));
}

TEST_F(Granularities, OneWantedTopicBringsItsGroupAlong) {
  orders->metrics = orders->topics[1].metrics = Granularity::none;
  orders->topics[0].metrics = Granularity::topic;
  EXPECT_THAT(samples("tidemark_group_lag"), SizeIs(1));
  EXPECT_THAT(samples("tidemark_group_topic_lag"),
              ElementsAre(R"({cluster="C",group="g",topic="orders"} 40)"));
  EXPECT_THAT(samples("tidemark_partition_lag"), IsEmpty());
}

TEST_F(Granularities, ATopicByItselfHasAPolicyOfItsOwn) {
  auto quiet = topic("quiet", {1});
  quiet->metrics = Granularity::none;
  auto coarse = topic("coarse", {1});
  coarse->metrics = Granularity::topic;
  coarse->produced_per_second = 2.5;
  view.shown = {cluster("C", {}, {quiet, coarse, topic("orders", {140})})};
  EXPECT_THAT(samples("tidemark_topic_partition_leader"),
              ElementsAre(R"({cluster="C",topic="orders",partition="0"} 1)"));
  EXPECT_THAT(samples("tidemark_topic_produced_per_second"),
              ElementsAre(R"({cluster="C",topic="coarse"} 2.5)"));
}

TEST_F(Granularities, AnUnreadTopicThatAPolicyAskedForIsToldHoweverCoarsely) {
  auto unread = topic("unread", {1});
  unread->unread_reported = true;
  view.shown = {cluster("C", {}, {unread})};
  handlers.settings.metrics.granularity = Granularity::group;
  EXPECT_THAT(samples("tidemark_topic_unread"), SizeIs(1));
}

// --- a topic of a group ---------------------------------------------------------------------

TEST_F(Granularities, ATopicOfAGroupHasTheWorstAndTheSumOfItsPartitions) {
  PartitionSpec lossy = late();
  lossy.waiting_ms = 2500;
  auto two = group("two", {{"orders", {late(), lossy, stopped(), never_committed()}}});
  two->topics[0].partitions[1].lost = 5;
  view.shown = {cluster("C", {two})};
  EXPECT_THAT(samples("tidemark_group_topic_status"), ElementsAre(HasSubstr("} 2")));
  EXPECT_THAT(samples("tidemark_group_topic_lag"), ElementsAre(HasSubstr("} 87")));
  EXPECT_THAT(samples("tidemark_group_topic_time_lag_seconds"), ElementsAre(HasSubstr("} 900")));
  EXPECT_THAT(samples("tidemark_group_topic_lost_records"), ElementsAre(HasSubstr("} 5")));
}

TEST_F(Granularities, ATopicWithoutACommitHasNothingToShow) {
  view.shown = {cluster("C", {group("new", {{"orders", {never_committed(), never_committed()}}})})};
  EXPECT_THAT(samples("tidemark_group_topic_status"), IsEmpty());
  EXPECT_THAT(samples("tidemark_group_topic_lag"), IsEmpty());
  EXPECT_THAT(samples("tidemark_group_topic_time_lag_seconds"), IsEmpty());
  EXPECT_THAT(samples("tidemark_group_topic_lost_records"), IsEmpty());
}

TEST_F(Granularities, TheTimeLagOfATopicIsUnknownWhileThatOfAPartitionIs) {
  PartitionSpec unknown = late();
  unknown.waiting_ms = -1;
  view.shown = {cluster("C", {group("g", {{"orders", {late(), unknown}}})})};
  EXPECT_THAT(samples("tidemark_group_topic_time_lag_seconds"), IsEmpty());
}

// --- max_series -----------------------------------------------------------------------------

class MaxSeries : public MetricsText {
 protected:
  MaxSeries() {
    const std::vector<PartitionSpec> wide(20);
    std::vector<PartitionSpec> bad = wide;
    bad[3] = stopped();
    view.shown = {cluster(
        "C",
        {group("a-fine", {{"orders", wide}}), group("b-fine", {{"orders", wide}}),
         group("y-late", {{"orders", {late(), {}, {}}}}), group("z-bad", {{"orders", bad}})},
        {topic("orders", std::vector<std::optional<std::int64_t>>(20, 100))})};
  }

  std::uint64_t own(const std::string& family) { return std::stoull(samples(family).at(0)); }

  // "a-fine z-bad": the groups that the family has.
  std::string groups_in(const std::string& family) {
    std::set<std::string> names;
    for (const std::string& line : samples(family)) {
      const std::size_t begin = line.find("group=\"") + 7;
      names.insert(line.substr(begin, line.find('"', begin) - begin));
    }
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : " ") + name;
    return out;
  }

  void limit(std::uint64_t most) { handlers.settings.metrics.max_series = most; }
};

TEST_F(MaxSeries, SaysHowManyThereAreWhenNothingIsCut) {
  EXPECT_EQ(own("tidemark_metrics_series"), subjects().size());
  EXPECT_EQ(own("tidemark_metrics_cut_series"), 0U);
  EXPECT_THAT(samples("tidemark_metrics_max_series"), IsEmpty());
  limit(1'000'000);
  EXPECT_EQ(own("tidemark_metrics_max_series"), 1'000'000U);
}

TEST_F(MaxSeries, WhatJustFitsIsNotCut) {
  const std::uint64_t all = own("tidemark_metrics_series");
  limit(all);
  EXPECT_EQ(own("tidemark_metrics_series"), all);
  EXPECT_EQ(own("tidemark_metrics_cut_series"), 0U);
  limit(all - 1);
  EXPECT_LT(own("tidemark_metrics_series"), all);
  EXPECT_GT(own("tidemark_metrics_cut_series"), 0U);
}

TEST_F(MaxSeries, IsNeverExceededAndWhatIsMissingIsCounted) {
  const std::uint64_t all = own("tidemark_metrics_series");
  for (std::uint64_t most = 1; most <= all; most += 13) {
    limit(most);
    EXPECT_LE(subjects().size(), most);
    EXPECT_EQ(own("tidemark_metrics_series"), subjects().size());
    EXPECT_EQ(own("tidemark_metrics_cut_series"), all - subjects().size());
  }
}

TEST_F(MaxSeries, PartitionsOfHealthyGroupsGoFirst) {
  limit(own("tidemark_metrics_series") - 1);
  EXPECT_EQ(groups_in("tidemark_partition_lag"), "a-fine y-late z-bad");
  EXPECT_EQ(groups_in("tidemark_group_lag"), "a-fine b-fine y-late z-bad");
  EXPECT_THAT(samples("tidemark_topic_partition_log_end_offset"), SizeIs(20));
}

TEST_F(MaxSeries, WhatIsShownHasAllItsFamilies) {
  limit(own("tidemark_metrics_series") - 1);
  for (const char* family :
       {"tidemark_partition_status", "tidemark_partition_time_lag_seconds",
        "tidemark_partition_committed_offset", "tidemark_partition_commit_age_seconds"}) {
    EXPECT_EQ(groups_in(family), "a-fine y-late z-bad") << family;
  }
}

TEST_F(MaxSeries, ThenTopicsThenPartitionsOfGroupsInTrouble) {
  const std::uint64_t of_groups = [&] {
    handlers.settings.metrics.granularity = Granularity::group;
    const std::uint64_t out = own("tidemark_metrics_series");
    handlers.settings.metrics.granularity = Granularity::partition;
    return out;
  }();
  limit(of_groups + 20 * 9 + 4 + 7);
  EXPECT_EQ(groups_in("tidemark_partition_lag"), "z-bad");
  EXPECT_EQ(groups_in("tidemark_group_topic_lag"), "y-late z-bad");
  EXPECT_THAT(samples("tidemark_topic_partition_log_end_offset"), IsEmpty());
  limit(of_groups);
  EXPECT_EQ(groups_in("tidemark_partition_lag"), "");
  EXPECT_EQ(groups_in("tidemark_group_lag"), "a-fine b-fine y-late z-bad");
}

TEST_F(MaxSeries, TheWorstGroupIsTheLastToGo) {
  limit(20);
  EXPECT_EQ(groups_in("tidemark_group_status"), "z-bad");
  EXPECT_THAT(samples("tidemark_cluster_groups"), SizeIs(4));
}

}  // namespace
}  // namespace tidemark
