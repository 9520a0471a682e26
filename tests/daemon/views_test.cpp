// What a person reads, as golden text.
#include <gtest/gtest.h>

#include "daemon/ranges.h"
#include "daemon/terminal/describe_view.h"
#include "daemon/terminal/groups_view.h"
#include "daemon/terminal/reader.h"
#include "daemon/terminal/text.h"
#include "daemon/terminal/watch_groups.h"

namespace tidemark::terminal {
namespace {

GroupAnswer group(std::string name, std::string status, std::optional<std::int64_t> lag,
                  std::optional<double> time_lag, std::string explanation) {
  GroupAnswer out;
  out.cluster = "PROD";
  out.group = std::move(name);
  out.status = std::move(status);
  out.lag = lag;
  out.time_lag = time_lag;
  out.explanation = std::move(explanation);
  return out;
}

ClusterAnswer cluster(std::string name, std::string state, bool caught_up = false) {
  ClusterAnswer out;
  out.cluster = std::move(name);
  out.state = std::move(state);
  out.caught_up = caught_up;
  return out;
}

std::vector<GroupAnswer> some_groups() {
  std::vector<GroupAnswer> out{
      group("payments", "ERROR", 1310, 340, "no commit for 340 s while 1,310 records wait"),
      group("shipping", "WARNING", 99, std::nullopt, "falling behind"),
      group("", "UNKNOWN", std::nullopt, std::nullopt, "no commit was seen"),
      group("billing", "OK", 0, 0, "nothing waits")};
  out[0].member_count = 3;
  out[3].stale = true;
  return out;
}

TEST(GroupsTable, IsPlainInAPipe) {
  EXPECT_EQ(groups_table(some_groups(), {}),
            "CLUSTER  GROUP     STATUS        LAG  TIME LAG  MEMBERS  REASON\n"
            "PROD     payments  ERROR       1,310    5m 40s        3  no commit for 340 s while "
            "1,310 records wait\n"
            "PROD     shipping  WARNING        99         -        0  falling behind\n"
            "PROD     \"\"        UNKNOWN         -         -        0  no commit was seen\n"
            "PROD     billing   OK (stale)      0        0s        0  nothing waits\n");
}

TEST(GroupsTable, HasAShapeForEachStatusOnATerminal) {
  Look look;
  look.shapes = true;
  look.width = 74;
  EXPECT_EQ(groups_table(some_groups(), look),
            "CLUSTER  GROUP     STATUS          LAG  TIME LAG  MEMBERS  REASON\n"
            "PROD     payments  ✗ ERROR       1,310    5m 40s        3  no commit for …\n"
            "PROD     shipping  ▲ WARNING        99         -        0  falling behind\n"
            "PROD     \"\"        ? UNKNOWN         -         -        0  no commit was …\n"
            "PROD     billing   ✓ OK (stale)      0        0s        0  nothing waits\n");
}

TEST(GroupsSummary, CountsTheWorstFirst) {
  EXPECT_EQ(groups_summary(some_groups(), {}), "4 groups: 1 ERROR, 1 WARNING, 1 UNKNOWN, 1 OK");
  EXPECT_EQ(groups_summary(std::vector<GroupAnswer>{}, {}), "0 groups");
}

TEST(GroupsSummary, CountsWholeClusters) {
  ClusterAnswer one = cluster("A", "connected", true);
  one.groups = {{"OK", 1200}, {"ERROR", 1}, {"total", 1201}};
  EXPECT_EQ(groups_summary({one, one}, {}), "2,402 groups: 2 ERROR, 2,400 OK");
}

TEST(ClusterNotices, SayWhichClusterCannotBeSeenAndWhy) {
  ClusterAnswer down = cluster("DEV", "unreachable");
  down.problem = "connection refused\n";
  ClusterAnswer refused = cluster("QA", "not_authorized");
  ClusterAnswer late = cluster("STG", "connected");
  late.catch_up_percent = 45.9;
  ClusterAnswer holes = cluster("EU", "connected", true);
  holes.stale_partitions = 2;
  const auto notices =
      cluster_notices({down, refused, late, holes, cluster("PROD", "connected", true)}, {});
  ASSERT_EQ(notices.size(), 4u);
  EXPECT_EQ(notices[0], "DEV: unreachable: connection refused\\n");
  EXPECT_EQ(notices[1], "QA: not authorized");
  EXPECT_EQ(notices[2],
            "STG: is catching up, 45 % of the offsets topic read; its verdicts are not complete "
            "yet");
  EXPECT_EQ(notices[3],
            "EU: 2 partitions of its offsets topic can't be read now; their groups are stale");
}

TEST(AllHealthy, IsNeverSaidOfWhatIsNotSeen) {
  const auto good = group("a", "OK", 0, 0, "");
  const auto seen = cluster("PROD", "connected", true);
  EXPECT_TRUE(all_healthy({good}, {seen}));
  EXPECT_TRUE(all_healthy({}, {seen, cluster("NEW", "waiting_for_topic")}));
  EXPECT_FALSE(all_healthy({good, group("b", "WARNING", 1, 1, "")}, {seen}));
  EXPECT_FALSE(all_healthy({group("b", "UNKNOWN", {}, {}, "")}, {seen}));
  EXPECT_FALSE(all_healthy({good}, {seen, cluster("DEV", "unreachable")}));
  EXPECT_FALSE(all_healthy({good}, {cluster("PROD", "connected", false)}));
  auto stale = good;
  stale.stale = true;
  EXPECT_FALSE(all_healthy({stale}, {seen}));
  auto holes = seen;
  holes.stale_partitions = 1;
  EXPECT_FALSE(all_healthy({good}, {holes}));
}

GroupDetailAnswer payments() {
  GroupDetailAnswer out;
  out.group = group("payments", "ERROR", 1310, 340, "no commit for 340 s");
  out.group.reason = "stopped";
  out.group.kind = "classic";
  out.group.state = "Stable";
  out.group.generation = 12;
  out.group.lost = 5000;
  out.group.last_commit_age = 340;
  out.group.partition_count = 3;
  out.group.member_count = 2;
  out.group.complete = 2.0 / 3;
  out.group.conditions = {"data_loss", "rebalancing"};
  out.group.rules = "tidemark";
  out.group.status_since_ms = 1'000'000;
  out.as_of_ms = 1'725'000;
  out.members = {
      {"m-1", "", "client-1", "10.0.0.1", {{{"orders", {3, 0, 1}}, {"none", {}}}}, false},
      {"m-2", "static-2", "client-2", "10.0.0.2", std::nullopt, true}};
  PartitionAnswer stopped;
  stopped.topic = "orders";
  stopped.status = "STOPPED";
  stopped.explanation = "no commit for 340 s";
  stopped.committed_offset = 4000;
  stopped.commit_age = 340;
  stopped.log_end = 5310;
  stopped.lag = 1310;
  stopped.time_lag = 340;
  stopped.owner = "client-1@10.0.0.1";
  PartitionAnswer never;
  never.topic = "orders";
  never.partition = 1;
  never.status = "UNKNOWN";
  never.explanation = "no commit was seen";
  out.partitions = {stopped, never};
  return out;
}

TEST(Describe, ShowsAllOfOneGroup) {
  EXPECT_EQ(describe_text(payments(), {}),
            R"(Cluster      PROD
Group        payments
Status       ERROR, for 12m 5s
Reason       stopped: no commit for 340 s
Kind         classic group
State        Stable, generation 12
Lag          1,310
Time lag     5m 40s
Lost         5,000
Last commit  5m 40s ago
Partitions   3, 66 % with a full window
Members      2
Conditions   data_loss, rebalancing

CLIENT    HOST      MEMBER  INSTANCE         PARTITIONS  ASSIGNED
client-1  10.0.0.1  m-1                               3  orders 0-1,3
client-2  10.0.0.2  m-2     static-2 (away)           -  unknown

TOPIC   PART  STATUS     LAG  TIME LAG  COMMITTED  LOG END  COMMIT AGE  OWNER              REASON
orders     0  STOPPED  1,310    5m 40s      4,000    5,310      5m 40s  client-1@10.0.0.1  no commit for 340 s
orders     1  UNKNOWN      -         -          -        -           -  -                  no commit was seen
)");
}

TEST(Describe, ShowsAGroupOfWhichLittleIsKnown) {
  GroupDetailAnswer detail;
  detail.group = group("evil\nname", "UNKNOWN", std::nullopt, std::nullopt, "no data");
  detail.group.kind = "none";
  const std::string text = describe_text(detail, {});
  EXPECT_NE(text.find("Group        evil\\nname\n"), std::string::npos) << text;
  EXPECT_NE(text.find("Kind         offsets without a group\n"), std::string::npos) << text;
  EXPECT_NE(text.find("Lag          -\nTime lag     -\n"), std::string::npos) << text;
  EXPECT_NE(text.find("Last commit  -\n"), std::string::npos) << text;
}

TEST(Ranges, PutNeighboursTogether) {
  EXPECT_EQ(ranges({}), "");
  EXPECT_EQ(ranges({7}), "7");
  EXPECT_EQ(ranges({3, 1, 2, 7, 9, 8, 0}), "0-3,7-9");
  EXPECT_EQ(ranges({0, 2, 4}), "0,2,4");
}

WatchPicture a_picture() {
  WatchPicture out;
  out.groups.groups = some_groups();
  out.groups.total = 40;
  out.clusters = {cluster("PROD", "connected", true)};
  out.clusters[0].groups = {{"ERROR", 1}, {"OK", 39}};
  out.time = "09:31:20";
  return out;
}

Reader screen_of(std::size_t columns, std::size_t rows) {
  return {true, false, true, columns, rows};
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(Watch, ShowsTheWorstAndHowManyMoreThereAre) {
  EXPECT_EQ(watch_text(a_picture(), screen_of(74, 6)),
            "40 groups: 1 ERROR, 39 OK  at 09:31:20\n"
            "\n"
            "CLUSTER  GROUP     STATUS       LAG  TIME LAG  MEMBERS  REASON\n"
            "PROD     payments  ✗ ERROR    1,310    5m 40s        3  no commit for 340…\n"
            "PROD     shipping  ▲ WARNING     99         -        0  falling behind\n"
            "… 38 more\n");
}

TEST(Watch, SaysThatThePictureIsAnOldOne) {
  WatchPicture picture = a_picture();
  picture.problem = "no Tidemark answers";
  EXPECT_NE(watch_text(picture, screen_of(74, 20)).find("out of date: no Tidemark answers\n"),
            std::string::npos);
}

TEST(Watch, FitsAnyScreen) {
  WatchPicture picture = a_picture();
  picture.problem = "no Tidemark answers at http://127.0.0.1:8000";
  for (int i = 0; i < 9; ++i) picture.clusters.push_back(cluster("C", "unreachable"));
  for (std::size_t columns = 1; columns < 90; columns += 4) {
    for (std::size_t rows = 1; rows < 20; ++rows) {
      const std::string text = watch_text(picture, screen_of(columns, rows));
      EXPECT_LE(lines_of(text), rows);
      for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        EXPECT_LE(width_of(text.substr(at, end - at)), columns) << text;
        at = end + 1;
      }
    }
  }
}

}  // namespace
}  // namespace tidemark::terminal
