// What /metrics says, family by family.
#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <sstream>

#include "tests/api/everything.h"
#include "tests/api/metrics_fixture.h"

namespace tidemark {
namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

using Metrics = MetricsText;

TEST_F(Metrics, AGroupIsSeenFromAllSides) {
  PartitionSpec late;
  late.reason = Reason::falling_behind;
  late.offset = 90;
  late.lag = 40;
  late.waiting_ms = 1500;
  view.shown = {cluster("C", {group("g", {{"t", {late, {}}}}, {member("m", "c", "h")})},
                        {topic("t", {130, 100})})};
  EXPECT_THAT(samples("tidemark_group_status"), ElementsAre(R"({cluster="C",group="g"} 1)"));
  EXPECT_THAT(samples("tidemark_group_lag"), ElementsAre(R"({cluster="C",group="g"} 40)"));
  EXPECT_THAT(samples("tidemark_group_time_lag_seconds"),
              ElementsAre(R"({cluster="C",group="g"} 1.5)"));
  EXPECT_THAT(samples("tidemark_group_members"), ElementsAre(R"({cluster="C",group="g"} 1)"));
  EXPECT_THAT(samples("tidemark_group_info"),
              ElementsAre(R"({cluster="C",group="g",status="WARNING",reason="falling_behind",)"
                          R"(kind="classic",state="Stable"} 1)"));
  EXPECT_THAT(samples("tidemark_partition_lag"),
              ElementsAre(R"({cluster="C",group="g",topic="t",partition="0"} 40)",
                          R"({cluster="C",group="g",topic="t",partition="1"} 0)"));
  EXPECT_THAT(samples("tidemark_topic_partition_log_end_offset"),
              ElementsAre(R"({cluster="C",topic="t",partition="0"} 130)",
                          R"({cluster="C",topic="t",partition="1"} 100)"));
}

TEST_F(Metrics, WhatIsUnknownIsAbsent) {
  PartitionSpec unknown;
  unknown.status = PartitionStatus::unknown;
  unknown.reason = Reason::beyond_log_end;
  unknown.lag = std::nullopt;
  view.shown = {cluster("C", {group("g", {{"t", {unknown, never_committed()}}})},
                        {topic("t", {std::nullopt, 5})})};
  EXPECT_THAT(samples("tidemark_partition_lag"), IsEmpty());
  EXPECT_THAT(samples("tidemark_group_lag"), IsEmpty());
  EXPECT_THAT(samples("tidemark_group_time_lag_seconds"), IsEmpty());
  EXPECT_THAT(samples("tidemark_cluster_log_ends_age_seconds"), IsEmpty());
  EXPECT_THAT(samples("tidemark_partition_status"),
              ElementsAre(R"({cluster="C",group="g",topic="t",partition="0"} 4)"));
  EXPECT_THAT(samples("tidemark_topic_partition_log_end_offset"),
              ElementsAre(R"({cluster="C",topic="t",partition="1"} 5)"));
}

TEST_F(Metrics, NamesOfAnyKindStayOneLabel) {
  view.shown = {cluster("C", {group("a\"b\\c\nd\xff\U0001F30A", {{"t", {{}}}})})};
  EXPECT_THAT(samples("tidemark_group_lag"),
              ElementsAre("{cluster=\"C\",group=\"a\\\"b\\\\c\\nd\uFFFD\U0001F30A\"} 0"));
}

TEST_F(Metrics, BurrowsFamiliesHaveItsNumbers) {
  PartitionSpec stopped;
  stopped.status = PartitionStatus::stopped;
  stopped.reason = Reason::stopped;
  stopped.lag = 40;
  PartitionSpec filling;
  filling.samples = 9;
  filling.lag = 3;
  view.shown = {cluster("C", {group("g", {{"t", {stopped, filling, never_committed()}}})},
                        {topic("t", {140, 103, 0})})};
  EXPECT_THAT(samples("burrow_kafka_consumer_lag_total"),
              ElementsAre(R"({cluster="C",consumer_group="g"} 43)"));
  EXPECT_THAT(samples("burrow_kafka_consumer_status"),
              ElementsAre(R"({cluster="C",consumer_group="g"} 3)"));
  EXPECT_THAT(samples("burrow_kafka_topic_partition_status"),
              ElementsAre(R"({cluster="C",consumer_group="g",topic="t",partition="0"} 4)"));
  EXPECT_THAT(samples("burrow_kafka_consumer_current_offset"),
              ElementsAre(R"({cluster="C",consumer_group="g",topic="t",partition="0"} 100)"));
  EXPECT_THAT(samples("burrow_kafka_consumer_partition_lag"),
              ElementsAre(R"({cluster="C",consumer_group="g",topic="t",partition="0"} 40)",
                          R"({cluster="C",consumer_group="g",topic="t",partition="1"} 3)",
                          R"({cluster="C",consumer_group="g",topic="t",partition="2"} 0)"));
  EXPECT_THAT(text(), HasSubstr("# TYPE burrow_kafka_consumer_lag_total untyped"));
}

TEST_F(Metrics, BurrowsFamiliesCanBeLeftOut) {
  view.shown = {cluster("C", {group("g", {{"t", {{}}}})})};
  handlers.settings.metrics.burrow = false;
  EXPECT_THAT(text(), Not(HasSubstr("burrow_")));
}

TEST_F(Metrics, ALinkTellsWhichRightIsMissing) {
  auto refused = cluster("C");
  refused->health.link = {LinkState::not_authorized, "no", "Topic __consumer_offsets", "Describe"};
  view.shown = {refused};
  EXPECT_THAT(samples("tidemark_cluster_up"), ElementsAre(R"({cluster="C"} 0)"));
  EXPECT_THAT(samples("tidemark_cluster_info"),
              ElementsAre(R"({cluster="C",cluster_id="id-1",state="not_authorized",)"
                          R"(resource="Topic __consumer_offsets",right="Describe"} 1)"));
}

TEST_F(Metrics, ErrorsAreCountedByKind) {
  auto damaged = cluster("C");
  damaged->health.decode_errors = {{"truncated", 2}, {"unknown_version", 1}};
  view.shown = {damaged};
  EXPECT_THAT(samples("tidemark_cluster_decode_errors_total"),
              ElementsAre(R"({cluster="C",kind="truncated"} 2)",
                          R"({cluster="C",kind="unknown_version"} 1)"));
}

TEST_F(Metrics, RequestsAreCountedByRouteAndCode) {
  handlers.requests.count("/api/v1/groups", 200, std::chrono::milliseconds(3));
  handlers.requests.count("/api/v1/groups", 200, std::chrono::milliseconds(3));
  handlers.requests.count("other", 404, std::chrono::milliseconds(3));
  EXPECT_THAT(samples("tidemark_http_requests_total"),
              UnorderedElementsAre(R"({code="200",route="/api/v1/groups"} 2)",
                                   R"({code="404",route="other"} 1)"));
}

TEST_F(Metrics, AClientThatGoesEndsTheWork) {
  view.shown = {many_groups(20'000)};
  int pieces = 0;
  handlers.get("/metrics").stream([&](std::string_view) { return ++pieces < 3; });
  EXPECT_EQ(pieces, 3);
}

TEST_F(Metrics, PiecesStaySmallHoweverMuchThereIs) {
  view.shown = {many_groups(5'000)};
  std::size_t largest = 0;
  std::size_t whole = 0;
  handlers.get("/metrics").stream([&](std::string_view piece) {
    largest = std::max(largest, piece.size());
    whole += piece.size();
    return true;
  });
  EXPECT_GT(whole, 20 * largest);
  EXPECT_LT(largest, 70'000U);
}

// --- the documentation --------------------------------------------------------------------------

struct Described {
  std::string type;
  std::set<std::string> labels;
  bool operator==(const Described&) const = default;
};
using Families = std::map<std::string, Described>;

std::vector<std::string> cells_of(const std::string& row) {
  std::vector<std::string> out;
  std::istringstream in(row);
  for (std::string cell; std::getline(in, cell, '|');) {
    const auto begin = cell.find_first_not_of(" `");
    const auto end = cell.find_last_not_of(" `");
    out.push_back(begin == std::string::npos ? "" : cell.substr(begin, end - begin + 1));
  }
  return out;
}

Families documented() {
  Families out;
  std::ifstream file(TIDEMARK_SOURCE_DIR "/docs/metrics.md");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `")) continue;
    const auto cells = cells_of(line);
    Described& family = out[cells.at(1)];
    family.type = cells.at(2);
    std::istringstream labels(cells.at(3));
    for (std::string label; labels >> label;) {
      family.labels.insert(label.substr(0, label.find(',')));
    }
  }
  return out;
}

// The names of the labels of one sample; the values of the fixture hold none of ={},.
std::set<std::string> label_names(const std::string& line) {
  std::set<std::string> out;
  for (std::size_t at = line.find("=\""); at != std::string::npos; at = line.find("=\"", at + 1)) {
    const std::size_t begin = line.find_last_of("{,", at) + 1;
    out.insert(line.substr(begin, at - begin));
  }
  out.erase("le");
  return out;
}

Families exposed(const std::string& text) {
  Families out;
  std::string current;
  std::istringstream all(text);
  for (std::string line; std::getline(all, line);) {
    if (line.starts_with("# TYPE ")) {
      const std::size_t space = line.find(' ', 7);
      current = line.substr(7, space - 7);
      EXPECT_FALSE(out.contains(current)) << current << " comes twice";
      out[current].type = line.substr(space + 1);
    } else if (!line.starts_with("#")) {
      EXPECT_TRUE(line.starts_with(current)) << line << " stands among the samples of " << current;
      out[current].labels.merge(label_names(line));
    }
  }
  return out;
}

std::ostream& operator<<(std::ostream& out, const Described& family) {
  out << family.type;
  for (const std::string& label : family.labels) out << ' ' << label;
  return out;
}

TEST_F(Metrics, TellHowTheRecordingOfHistoryGoes) {
  view.shown = {everything()};
  EXPECT_THAT(text(), HasSubstr("tidemark_history_recording 0\n"));
  view.recorded.state = HistoryStatus::State::recording;
  view.recorded.last = from_ms(kNow);
  view.recorded.bytes = 4096;
  view.recorded.samples = 10;
  view.recorded.lost = 3;
  const std::string shown = text();
  EXPECT_THAT(shown, HasSubstr("tidemark_history_recording 1\n"));
  EXPECT_THAT(shown, HasSubstr("tidemark_history_last_sample_timestamp_seconds 1.7e+09\n"));
  EXPECT_THAT(shown, HasSubstr("tidemark_history_file_bytes 4096\n"));
  EXPECT_THAT(shown, HasSubstr("tidemark_history_samples_total 10\n"));
  EXPECT_THAT(shown, HasSubstr("tidemark_history_lost_samples_total 3\n"));
}

TEST_F(Metrics, EveryFamilyIsDocumentedWithItsTypeAndLabelsAndViceVersa) {
  view.shown = {everything()};
  handlers.requests.count("/metrics", 200, std::chrono::milliseconds(3));
  view.alerted.open[{"PROD", "status"}] = 1;
  view.alerted.fates["told"] = 1;
  view.alerted.receivers.emplace_back().receiver = "mail";
  const Families written = documented();
  const Families shown = exposed(text());
  ASSERT_GT(shown.size(), 50U);
  for (const auto& [name, family] : shown) {
    ASSERT_TRUE(written.contains(name)) << name << " is not in docs/metrics.md";
    EXPECT_EQ(written.at(name), family) << name;
  }
  for (const auto& [name, family] : written) EXPECT_TRUE(shown.contains(name)) << name;
}

}  // namespace
}  // namespace tidemark
