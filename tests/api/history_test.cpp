// What was, asked over REST from a history.db that was written as the daemon writes it.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "storage/history_codec.h"
#include "storage/history_file.h"
#include "tests/api/fixture.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;
using namespace test;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class HistoryApi : public ::testing::Test {
 protected:
  HistoryApi() {
    path_ = folder_ / "history.db";
    file_ = std::make_unique<HistoryFile>(HistorySettings{path_});
    EXPECT_TRUE(file_->open().ok());
    view.shown = {cluster("PROD", {group("payments")})};
    view.recorded.state = HistoryStatus::State::recording;
    view.recorded.path = path_;
    view.recorded.interval = seconds(30);
  }

  // Both partitions of "orders", the second one read up to the end.
  void record(Instant at, std::int64_t committed, std::int64_t log_end,
              GroupStatus status = GroupStatus::ok) {
    GroupSample sample;
    sample.at = at;
    sample.totals = {status, log_end - committed, 1500, 60, 90};
    sample.topics = {{"orders",
                      {{PartitionStatus::ok, true, committed, log_end, log_end - committed},
                       {PartitionStatus::ok, true, 1000, 1000, 0}}}};
    const std::string piece = encoder_.piece(sample);
    const auto error = file_->write("PROD", at, [&](const PutPiece& put) {
      if (!piece.empty()) put("payments", piece);
    });
    ASSERT_TRUE(error.ok()) << error.message;
  }
  void pack(Instant now) {
    while (file_->keep_up(now).more) {
    }
  }

  Json ask(const std::string& target, int status = 200) {
    const HttpReply reply = handlers.get("/api/v1/clusters/PROD/" + target);
    EXPECT_EQ(reply.status, status) << target << ": " << reply.body;
    return Json::parse(reply.body);
  }

  test::TemporaryFolder folder_;
  std::string path_;
  std::unique_ptr<HistoryFile> file_;
  HistoryEncoder encoder_;
  FakeView view;
  Handlers handlers{view};
  const Instant now_ = from_ms(kNow / 30'000 * 30'000);
};

const Json gap = nullptr;

TEST_F(HistoryApi, AnswersInStepsAndShowsGaps) {
  record(now_ - seconds(120), 10, 15);
  record(now_ - seconds(90), 12, 15, GroupStatus::error);
  record(now_ - seconds(30), 14, 20);
  const Json data = ask("groups/payments/history?since=2m&step=30s")["data"];
  EXPECT_EQ(data["source"], "samples");
  EXPECT_EQ(data["step_seconds"], 30.0);
  EXPECT_EQ(data["at_ms"].size(), data["status"].size());
  EXPECT_EQ(data["at_ms"][0], to_ms(now_ - seconds(120)));
  EXPECT_THAT(data["status"], ElementsAre("OK", "ERROR", gap, "OK", gap));
  EXPECT_THAT(data["lag_last"], ElementsAre(5, 3, gap, 6, gap));
  EXPECT_THAT(data["committed_offset"], ElementsAre(1010, 1012, gap, 1014, gap));
  EXPECT_THAT(data["log_end"], ElementsAre(1015, 1015, gap, 1020, gap));
  EXPECT_THAT(data["committed_per_second"], ElementsAre(2.0, 2.0, gap, 2.0, gap));
  EXPECT_THAT(data["produced_per_second"], ElementsAre(3.0, 3.0, gap, 3.0, gap));
  EXPECT_THAT(data["time_lag_max_seconds"], ElementsAre(1.5, 1.5, gap, 1.5, gap));
  EXPECT_EQ(data["damaged"], false);
}

TEST_F(HistoryApi, ALongStepTellsTheWorstAndTheRange) {
  record(now_ - minutes(4), 10, 15);
  record(now_ - minutes(3), 10, 40, GroupStatus::warning);
  record(now_ - minutes(2), 30, 41);
  const Json data = ask("groups/payments/history?since=30m&step=30m")["data"];
  bool found = false;
  for (std::size_t i = 0; i < data["status"].size(); ++i) {
    if (data["lag_max"][i] != 30) continue;
    found = true;
    EXPECT_EQ(data["status"][i], "WARNING");
    EXPECT_EQ(data["lag_min"][i], 5);
    EXPECT_EQ(data["lag_last"][i], 11);
  }
  EXPECT_TRUE(found) << data;
}

TEST_F(HistoryApi, PartitionsAreToldWhereTheyAreAskedFor) {
  record(now_ - seconds(60), 10, 15);
  const Json data =
      ask("groups/payments/history?since=1m&step=30s&fields=totals,partitions")["data"];
  ASSERT_EQ(data["partitions"].size(), 2U);
  EXPECT_EQ(data["partitions"][0]["topic"], "orders");
  EXPECT_EQ(data["partitions"][0]["partition"], 0);
  EXPECT_THAT(data["partitions"][0]["lag"], ElementsAre(5, gap, gap));
  EXPECT_THAT(data["partitions"][1]["status"], ElementsAre("OK", gap, gap));
  EXPECT_FALSE(data.contains("committed_offset"));
}

TEST_F(HistoryApi, OnePartitionByItself) {
  record(now_ - seconds(60), 10, 15);
  const Json data = ask("groups/payments/partitions/orders/0/history?since=1m&step=30s")["data"];
  EXPECT_EQ(data["topic"], "orders");
  EXPECT_THAT(data["committed_offset"], ElementsAre(10, gap, gap));
  EXPECT_THAT(data["log_end"], ElementsAre(15, gap, gap));
  EXPECT_THAT(data["lag_max"], ElementsAre(5, gap, gap));
}

TEST_F(HistoryApi, WhatIsLongAgoIsToldByTotalsAndTheNewestBySamples) {
  for (int i = 0; i < 60 * 24 * 4; i += 10) {
    record(now_ - hours(96) + minutes(i), 10, 10 + i % 50);
  }
  pack(now_);
  const Json data = ask("groups/payments/history?since=4d")["data"];
  EXPECT_EQ(data["source"], "totals_5m");
  int known = 0;
  for (const Json& status : data["status"]) known += status == gap ? 0 : 1;
  EXPECT_GE(known, 95 * 4);  // a quarter of an hour each
  std::size_t last = data["lag_last"].size() - 1;
  while (data["lag_last"][last] == gap) --last;
  EXPECT_GE(data["at_ms"][last].get<std::int64_t>(), to_ms(now_ - minutes(20)));
}

TEST_F(HistoryApi, AsLinesForASpreadsheet) {
  record(now_ - seconds(60), 10, 15);
  const HttpReply reply =
      handlers.get("/api/v1/clusters/PROD/groups/payments/history?since=1m&step=30s&format=csv");
  EXPECT_EQ(reply.content_type, "text/csv; charset=utf-8");
  EXPECT_THAT(reply.body,
              HasSubstr("at_ms,status,lag_min,lag_max,lag_last,time_lag_max_seconds,"
                        "committed_per_second,produced_per_second,committed_offset,log_end\r\n"));
  EXPECT_THAT(reply.body, HasSubstr(std::to_string(to_ms(now_ - seconds(60))) + ",OK,5,5,5,1.5,2"));
  EXPECT_THAT(reply.body, HasSubstr(",1010,1015\r\n"));
  EXPECT_THAT(reply.body, HasSubstr(",,,,,,,,,\r\n"));
}

TEST_F(HistoryApi, AKnownGroupWithoutAPastIsAllGaps) {
  const Json data = ask("groups/payments/history?since=1m&step=30s")["data"];
  EXPECT_THAT(data["status"], ElementsAre(gap, gap, gap));
}

TEST_F(HistoryApi, AGroupOfThePastCanBeAskedForAfterItLeft) {
  record(now_ - seconds(60), 10, 15);
  view.shown = {cluster("PROD", {})};
  EXPECT_EQ(ask("groups/payments/history")["data"]["group"], "payments");
  EXPECT_EQ(ask("group/history?name=payments")["data"]["group"], "payments");
  EXPECT_EQ(ask("groups/nobody/history", 404)["error"]["code"], "group_not_found");
}

TEST_F(HistoryApi, RefusalsNameWhatIsWrong) {
  EXPECT_EQ(ask("groups/payments/history?since=soon", 400)["error"]["field"], "since");
  EXPECT_EQ(ask("groups/payments/history?since=1h&from_ms=5", 400)["error"]["field"], "since");
  EXPECT_EQ(ask("groups/payments/history?from_ms=9&to_ms=9", 400)["error"]["field"], "from_ms");
  EXPECT_EQ(ask("groups/payments/history?since=7d&step=1s", 400)["error"]["field"], "step");
  EXPECT_EQ(ask("groups/payments/history?fields=lag", 400)["error"]["field"], "fields");
  EXPECT_EQ(ask("groups/payments/history?format=xml", 400)["error"]["field"], "format");
  EXPECT_EQ(ask("groups/payments/partitions/orders/x/history", 400)["error"]["field"], "p");
  view.recorded = {};
  view.recorded.reason = "the disk is full";
  const Json off = ask("groups/payments/history", 503)["error"];
  EXPECT_EQ(off["code"], "history_off");
  EXPECT_THAT(off["message"].get<std::string>(), HasSubstr("the disk is full"));
  view.recorded.path = folder_ / "nothing.db";
  EXPECT_EQ(ask("groups/payments/history", 503)["error"]["code"], "history_unavailable");
}

TEST_F(HistoryApi, HealthTellsHowTheRecordingGoes) {
  view.recorded.last = now_;
  view.recorded.bytes = 4096;
  const Json data = Json::parse(handlers.get("/healthz").body)["data"]["history"];
  EXPECT_EQ(data["state"], "recording");
  EXPECT_EQ(data["last_ms"], to_ms(now_));
  EXPECT_EQ(data["bytes"], 4096);
}

}  // namespace
}  // namespace tidemark
