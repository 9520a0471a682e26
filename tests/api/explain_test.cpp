// Why a verdict is what it is, as JSON.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/api/fixture.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;
using namespace test;
using ::testing::HasSubstr;

class Explain : public ::testing::Test {
 protected:
  Explain() {
    PartitionSpec stopped;
    stopped.status = PartitionStatus::stopped;
    stopped.reason = Reason::stopped;
    stopped.lag = 40;
    stopped.waiting_ms = stopped.commit_age = 700'000;
    stopped.sentence = "no commit for 700 s while 40 records wait";
    view.shown = {cluster(
        "PROD", {group("payments", {{"orders", {{}, stopped, never_committed()}}}), group("new")},
        {topic("orders", {100, 140, 0})})};
    PartitionWindow seen = window("orders", 1, {sample(100, 700'000, 0)});
    seen.position = Offset{100};
    seen.waiting_since = {Since::Source::probe, from_ms(kNow - 700'000)};
    seen.trace = {{1, "no_data", false, "a commit was seen"},
                  {9, "stopped", true, "waiting without a commit for 700 s > 300 s"},
                  {13, "keeping_up", true, "no run"}};
    PartitionWindow other = window("orders", 0, {sample(100, 5000, 0)});
    other.trace = {{5, "caught_up", true, "live lag 0 ≤ allowed_lag 0"}};
    view.windows["payments"] = {other, seen};
  }

  Json data(const std::string& target) {
    const HttpReply reply = handlers.get(target);
    EXPECT_EQ(reply.status, 200) << target << ": " << reply.body;
    return Json::parse(reply.body).at("data");
  }
  static Json rule(const Json& partition, std::size_t index) {
    return partition.at("rules").at(index);
  }

  FakeView view;
  Handlers handlers{view};
};

TEST_F(Explain, ThePartitionThatDecidesIsTraced) {
  const Json answer = data("/api/v1/clusters/PROD/groups/payments/explain");
  EXPECT_EQ(answer.at("status"), "ERROR");
  EXPECT_EQ(answer.at("decided_by"), Json({{"topic", "orders"}, {"partition", 1}}));
  ASSERT_EQ(answer.at("partitions").size(), 1U);
  const Json& at = answer.at("partitions").at(0);
  EXPECT_EQ(at.at("partition"), 1);
  EXPECT_EQ(at.at("position"), 100);
  EXPECT_EQ(at.at("waiting_since_ms"), kNow - 700'000);
  EXPECT_EQ(at.at("waiting_since_source"), "probe");
  EXPECT_EQ(at.at("unread_since_source"), "unknown");
  EXPECT_EQ(at.at("patience_seconds"), 300.0);
  EXPECT_EQ(rule(at, 0).at("held"), false);
  EXPECT_EQ(rule(at, 1), Json({{"number", 9},
                               {"rule", "stopped"},
                               {"held", true},
                               {"decided", true},
                               {"numbers", "waiting without a commit for 700 s > 300 s"}}));
  EXPECT_EQ(rule(at, 2).at("held"), true);
  EXPECT_EQ(rule(at, 2).at("decided"), false) << "an earlier one has";
}

TEST_F(Explain, TheRollUpNamesAllPartitions) {
  const Json rolled =
      data("/api/v1/clusters/PROD/groups/payments/explain").at("partitions_by_verdict");
  EXPECT_EQ(rolled, Json::parse(R"({"OK": {"caught_up": {"orders": [0]}},
                                    "STOPPED": {"stopped": {"orders": [1]}},
                                    "UNKNOWN": {"no_data": {"orders": [2]}}})"));
}

TEST_F(Explain, AnyPartitionCanBeAskedFor) {
  for (const std::string path : {"groups/payments/explain?", "group/explain?name=payments&"}) {
    const Json at =
        data("/api/v1/clusters/PROD/" + path + "topic=orders&partition=0").at("partitions").at(0);
    EXPECT_EQ(at.at("partition"), 0);
    EXPECT_EQ(rule(at, 0).at("rule"), "caught_up");
  }
}

TEST_F(Explain, TheProbeTellsHowFarItIs) {
  const std::string path = "/api/v1/clusters/PROD/groups/payments/explain";
  EXPECT_EQ(data(path).at("partitions").at(0).at("probe"), "none");
  view.windows["payments"][1].probe = ProbeState::end;
  view.windows["payments"][1].probed_to = Offset{101};
  EXPECT_EQ(data(path).at("partitions").at(0).at("probe"), "end");
  EXPECT_EQ(data(path).at("partitions").at(0).at("probed_to"), 101);
}

TEST_F(Explain, AGroupWithoutCommitsHasNothingToTrace) {
  const Json answer = data("/api/v1/clusters/PROD/groups/new/explain");
  EXPECT_TRUE(answer.at("decided_by").is_null());
  EXPECT_TRUE(answer.at("partitions").empty());
  EXPECT_EQ(answer.at("reason"), "no_data");
}

TEST_F(Explain, ABusyPipelineCostsTheRulesAndNotTheVerdict) {
  view.busy = true;
  const Json answer = data("/api/v1/clusters/PROD/groups/payments/explain");
  EXPECT_EQ(answer.at("status"), "ERROR");
  EXPECT_THAT(answer.at("rules_problem").get<std::string>(), HasSubstr("did not answer"));
  EXPECT_TRUE(answer.at("partitions").at(0).at("rules").empty());
}

TEST_F(Explain, WhatIsNotThereIsNamed) {
  const std::string path = "/api/v1/clusters/PROD/groups/payments/explain";
  const std::vector<std::tuple<std::string, int, std::string>> bad{
      {path + "?topic=orders", 400, "partition"},
      {path + "?partition=0", 400, "topic"},
      {path + "?topic=orders&partition=-1", 400, "partition"},
      {path + "?topic=orders&partition=2", 404, "partition"},
      {path + "?topic=other&partition=0", 404, "partition"},
      {"/api/v1/clusters/PROD/groups/nobody/explain", 404, "group"},
      {"/api/v1/clusters/NONE/groups/payments/explain", 404, "cluster"},
      {"/api/v1/clusters/PROD/group/explain", 400, "name"}};
  for (const auto& [target, status, field] : bad) {
    const HttpReply reply = handlers.get(target);
    EXPECT_EQ(reply.status, status) << target;
    EXPECT_EQ(Json::parse(reply.body).at("error").at("field"), field) << target;
  }
}

}  // namespace
}  // namespace tidemark
