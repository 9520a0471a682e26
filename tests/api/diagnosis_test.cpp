// What is said beyond a verdict: findings, forecasts, and what is known of topics and of our sight.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/api/everything.h"
#include "tests/api/fixture.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;
using namespace test;
using ::testing::HasSubstr;

class DiagnosisApi : public ::testing::Test {
 protected:
  DiagnosisApi() {
    view.shown = {everything()};
    for (const auto& group : view.shown.front()->groups) {
      if (group->diagnosis) diagnosed = percent_encode(group->name.get());
    }
  }

  Json data(const std::string& target) {
    const HttpReply reply = handlers.get(target);
    EXPECT_EQ(reply.status, 200) << target << ": " << reply.body;
    return Json::parse(reply.body).at("data");
  }
  std::string metrics() { return Handlers::streamed(handlers.get("/metrics")); }

  FakeView view;
  Handlers handlers{view};
  std::string diagnosed;  // the name of the group that has findings
};

TEST_F(DiagnosisApi, AGroupSaysWhyWithItsNumbersAndWhatToDo) {
  const Json group = data("/api/v1/clusters/PROD/groups/" + diagnosed);
  EXPECT_EQ(group.at("findings").at(0), Json::parse(R"({
    "finding": "stuck_record", "sentence": "Partition 0 stands at offset 100 for 14 min.",
    "next_step": "kcat -b broker:9092 -t orders -p 0 -o 100 -c 1",
    "numbers": {"offset": 100, "share": 0.5, "since_ms": 1699999160000, "member": "client"}})"));
  EXPECT_TRUE(group.at("findings").at(1).at("next_step").is_null());
}

TEST_F(DiagnosisApi, AForecastSaysWhatIsNeverByNull) {
  const Json group = data("/api/v1/clusters/PROD/groups/" + diagnosed);
  EXPECT_EQ(group.at("forecast"), Json::parse(R"({
    "produced_per_second": {"low": 1.0, "likely": 2.0, "high": 3.0},
    "consumed_per_second": {"low": 0.5, "likely": 1.0, "high": 1.5},
    "catch_up": {"likely_seconds": null, "soonest_seconds": 60.0, "latest_seconds": null},
    "until_loss": {"likely_seconds": 7200.0, "soonest_seconds": 3600.0, "latest_seconds": null},
    "faster_to_hold": 2.0, "sentence": "At this speed it never catches up."})"));
}

TEST_F(DiagnosisApi, RowsHaveTheNamesOnly) {
  for (const Json& row : data("/api/v1/groups")) {
    const bool explained = row.at("status") == "WARNING";
    EXPECT_EQ(row.at("findings"), explained ? Json({"stuck_record", "one_member"}) : Json::array());
  }
}

TEST_F(DiagnosisApi, AGroupWithoutTroubleHasNeither) {
  const Json group = data("/api/v1/clusters/PROD/groups/idle");
  EXPECT_EQ(group.at("findings"), Json::array());
  EXPECT_TRUE(group.at("forecast").is_null());
}

TEST_F(DiagnosisApi, MetricsNameEachFindingAndHowLongItTakes) {
  const std::string text = metrics();
  EXPECT_THAT(text, HasSubstr(R"(finding="stuck_record"} 1)"));
  EXPECT_THAT(text, HasSubstr(R"(finding="one_member"} 1)"));
  EXPECT_THAT(text, ::testing::ContainsRegex("\ntidemark_group_catch_up_seconds\\{.*\\} \\+Inf\n"));
  EXPECT_THAT(text, ::testing::ContainsRegex("\ntidemark_group_until_loss_seconds\\{.*\\} 7200\n"));
}

TEST_F(DiagnosisApi, WhatIsNotKnownIsAbsentFromMetrics) {
  auto quiet = group("quiet", {{"orders", {{}}}});
  quiet->diagnosis = std::make_shared<Diagnosis>();
  view.shown = {cluster("C", {quiet, group("plain")})};
  for (const char* family : {"finding", "catch_up_seconds", "until_loss_seconds"}) {
    EXPECT_THAT(metrics(),
                ::testing::Not(HasSubstr("tidemark_group_" + std::string(family) + "{")));
  }
}

TEST_F(DiagnosisApi, ATopicTellsItsSettingsAndThatNobodyReadsIt) {
  const Json topic = data("/api/v1/clusters/PROD/topics/orders");
  EXPECT_EQ(topic.at("settings"), Json::parse(R"({
    "retention_seconds": 604800.0, "retention_bytes": null, "deletes": true, "compacts": false,
    "log_append_time": true})"));
  EXPECT_EQ(topic.at("readers"), 2);
  EXPECT_EQ(topic.at("produced_per_second"), 1.5);
  EXPECT_EQ(topic.at("unread_since_ms"), kNow - 60'000);
  EXPECT_EQ(topic.at("partitions").at(0).at("lso_since_ms"), kNow - 30'000);
  EXPECT_TRUE(topic.at("partitions").at(1).at("lso_since_ms").is_null());
}

TEST_F(DiagnosisApi, UnreadTopicsCanBeListedAlone) {
  auto unread = topic("unread", {100});
  unread->unread_since = from_ms(kNow - 60'000);
  view.shown = {cluster("C", {}, {topic("read", {100}), unread})};
  const auto names = [&](const std::string& query) {
    std::vector<std::string> out;
    for (const Json& row : data("/api/v1/clusters/C/topics" + query))
      out.push_back(row.at("topic"));
    return out;
  };
  EXPECT_THAT(names(""), ::testing::ElementsAre("read", "unread"));
  EXPECT_THAT(names("?unread=true"), ::testing::ElementsAre("unread"));
  EXPECT_THAT(names("?unread=false"), ::testing::ElementsAre("read"));
  EXPECT_THAT(metrics(), ::testing::Not(HasSubstr("tidemark_topic_unread{")))
      << "no policy asks for it";
}

TEST_F(DiagnosisApi, WhatHoldsOffsetsPartitionsBackIsTold) {
  const Json row = data("/api/v1/clusters").at(0);
  EXPECT_EQ(row.at("stale_offsets_partitions"), Json({3, 17}));
  EXPECT_EQ(row.at("held_offsets_partitions"),
            Json::parse(R"([{"partition": 17, "since_ms": 1699999400000}])"));
  EXPECT_THAT(metrics(), HasSubstr("tidemark_cluster_held_offsets_partitions{cluster=\"PROD\"} 1"));
}

}  // namespace
}  // namespace tidemark
