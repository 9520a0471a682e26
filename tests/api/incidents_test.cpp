// /api/v1/incidents, /api/v1/receivers and the metrics of alerts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "storage/alert_file.h"
#include "tests/api/fixture.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

class Incidents : public testing::Test {
 protected:
  Incidents() {
    view.alerted.path = folder / "alerts.db";
    EXPECT_TRUE(file.open(view.alerted.path, from_ms(0)).ok());
  }

  void add(const std::string& id, const std::string& group, std::int64_t opened, bool ended = false,
           const std::string& kind = "status") {
    IncidentRow row;
    row.id = id;
    row.cluster = "PROD";
    row.group = group;
    row.kind = kind;
    row.status = row.worst = "ERROR";
    row.since = from_ms(opened - 60'000);
    row.opened = from_ms(opened);
    row.reason = "it stands still";
    if (ended) row.until = from_ms(opened + 1000);
    if (ended) row.end = "recovered";
    AlertBatch batch;
    batch.incidents.push_back(row);
    if (group == "told") batch.notices.push_back({"m-1", id});
    EXPECT_TRUE(file.write(batch).ok());
  }
  HttpReply get(const std::string& target) { return handlers.get(target); }
  std::vector<std::string> ids(const std::string& query) {
    std::vector<std::string> out;
    const json body = json::parse(get("/api/v1/incidents" + query).body);
    for (const json& row : body.at("data")) {
      out.push_back(row.at("id"));
    }
    return out;
  }

  test::TemporaryFolder folder;
  AlertFile file;
  test::FakeView view;
  test::Handlers handlers{view};
};

TEST_F(Incidents, AreListedTheNewestFirst) {
  add("a", "payments", 1000);
  add("b", "told", 2000, true);
  add("c", "", 3000, false, "cluster_unreachable");
  EXPECT_THAT(ids(""), ElementsAre("c", "b", "a"));
  EXPECT_THAT(ids("?state=open"), ElementsAre("c", "a"));
  EXPECT_THAT(ids("?state=ended"), ElementsAre("b"));
  EXPECT_THAT(ids("?group=payments"), ElementsAre("a"));
  EXPECT_THAT(ids("?kind=cluster_unreachable"), ElementsAre("c"));
  EXPECT_THAT(ids("?message=m-1"), ElementsAre("b"));
  EXPECT_THAT(ids("?cluster=DEV"), ElementsAre());
}

TEST_F(Incidents, EachAttemptToTellOfThemIsListedTheNewestFirst) {
  view.alerted.receivers.push_back({});
  view.alerted.receivers.back().receiver = "on call";
  add("b", "told", 2000);
  for (int i = 1; i <= 3; ++i) {
    const bool last = i == 3;
    file.record(
        1,
        {"on call", "m-1", "ops@example.com", from_ms(i * 1000), last ? "delivered" : "try_again",
         static_cast<std::uint32_t>(i), last ? "250 OK" : "451 later"},
        std::nullopt);
  }
  const std::string path = "/api/v1/receivers/on%20call/deliveries";
  const json first = json::parse(get(path + "?limit=2").body);
  ASSERT_EQ(first.at("data").size(), 2u);
  EXPECT_EQ(first["data"][0], json::parse(R"({"at_ms": 3000, "message": "m-1",
      "to": "ops@example.com", "attempt": 3, "outcome": "delivered", "said": "250 OK",
      "incident_count": 1, "incidents": ["b"]})"));
  const std::string cursor = first["page"]["next_cursor"];
  const json rest = json::parse(get(path + "?limit=2&cursor=" + cursor).body);
  ASSERT_EQ(rest.at("data").size(), 1u);
  EXPECT_EQ(rest["data"][0]["said"], "451 later");
  EXPECT_TRUE(rest["page"]["next_cursor"].is_null());
  EXPECT_EQ(get("/api/v1/receivers/nobody/deliveries").status, 404);
  EXPECT_EQ(get(path + "?cursor=x").status, 400);
}

TEST_F(Incidents, SayWhatTheyAreOf) {
  add("a", "payments", 100'000);
  add("c", "", 300'000, true, "cluster_unreachable");
  const json data = json::parse(get("/api/v1/incidents").body).at("data");
  EXPECT_TRUE(data[0]["group"].is_null());
  EXPECT_EQ(data[0]["state"], "ended");
  EXPECT_EQ(data[0]["until_ms"], 301'000);
  EXPECT_EQ(data[0]["end"], "recovered");
  EXPECT_EQ(data[1]["group"], "payments");
  EXPECT_EQ(data[1]["state"], "open");
  EXPECT_EQ(data[1]["since_ms"], 40'000);
  EXPECT_TRUE(data[1]["until_ms"].is_null());
  EXPECT_TRUE(data[1]["end"].is_null());
  EXPECT_EQ(data[1]["reason"], "it stands still");
}

TEST_F(Incidents, AreFoundByTheirId) {
  add("a", "payments", 100'000);
  add("b", "told", 200'000);
  const json data = json::parse(get("/api/v1/incidents/a").body).at("data");
  EXPECT_EQ(data["id"], "a");
  EXPECT_EQ(data["group"], "payments");
  const HttpReply missing = get("/api/v1/incidents/nobody");
  EXPECT_EQ(missing.status, 404);
  EXPECT_THAT(missing.body, HasSubstr("no incident \\\"nobody\\\" is known"));
  EXPECT_EQ(get("/api/v1/incidents/a?colour=red").status, 400);
}

TEST_F(Incidents, ComeInPages) {
  for (int i = 0; i < 25; ++i) add("i" + std::to_string(10 + i), "g", 1000);
  std::vector<std::string> all;
  std::string query = "?limit=10";
  while (true) {
    const json body = json::parse(get("/api/v1/incidents" + query).body);
    EXPECT_EQ(body["page"]["total"], 25);
    for (const json& row : body["data"]) all.push_back(row["id"]);
    if (body["page"]["next_cursor"].is_null()) break;
    query = "?limit=10&cursor=" + body["page"]["next_cursor"].get<std::string>();
  }
  EXPECT_EQ(all.size(), 25u);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 25u);
}

TEST_F(Incidents, RefuseWhatTheyDoNotUnderstand) {
  EXPECT_EQ(get("/api/v1/incidents?state=broken").status, 400);
  EXPECT_EQ(get("/api/v1/incidents?cursor=x").status, 400);
  EXPECT_EQ(get("/api/v1/incidents?colour=red").status, 400);
  EXPECT_EQ(get("/api/v1/receivers?colour=red").status, 400);
}

TEST_F(Incidents, CannotBeReadWithoutAFile) {
  view.alerted.path = folder / "nowhere.db";
  const HttpReply reply = get("/api/v1/incidents");
  EXPECT_EQ(reply.status, 503);
  EXPECT_THAT(reply.body, HasSubstr("alerts_off"));
  view.alerted.path = "";
  EXPECT_EQ(get("/api/v1/incidents").status, 503);
  EXPECT_EQ(get("/api/v1/incidents/a").status, 503);
}

TEST_F(Incidents, SayHowReceiversDo) {
  ReceiverState state;
  state.receiver = "ops";
  state.delivered = 5;
  state.waiting = 2;
  state.oldest = from_ms(7000);
  state.last_failure = "connection refused";
  view.alerted.receivers = {state};
  const json data = json::parse(get("/api/v1/receivers").body).at("data");
  ASSERT_EQ(data.size(), 1u);
  EXPECT_EQ(data[0]["receiver"], "ops");
  EXPECT_EQ(data[0]["delivered"], 5);
  EXPECT_EQ(data[0]["waiting"], 2);
  EXPECT_EQ(data[0]["oldest_ms"], 7000);
  EXPECT_EQ(data[0]["failure"], "connection refused");
  EXPECT_TRUE(data[0]["last_delivered_ms"].is_null());
}

TEST_F(Incidents, AreCountedInMetrics) {
  view.alerted.open[{"PROD", "status"}] = 3;
  view.alerted.fates["told"] = 7;
  ReceiverState state;
  state.receiver = "ops";
  state.delivered = 5;
  state.last_failure = "connection refused";
  view.alerted.receivers = {state};
  const std::string text = test::Handlers::streamed(get("/metrics"));
  EXPECT_THAT(text, HasSubstr(R"(tidemark_incidents_open{cluster="PROD",kind="status"} 3)"));
  EXPECT_THAT(text, HasSubstr(R"(tidemark_incidents_changes_total{fate="told"} 7)"));
  EXPECT_THAT(text, HasSubstr("tidemark_incidents_stored 1\n"));
  EXPECT_THAT(text,
              HasSubstr(R"(tidemark_deliveries_total{receiver="ops",outcome="delivered"} 5)"));
  EXPECT_THAT(text, HasSubstr(R"(tidemark_deliveries_failing{receiver="ops"} 1)"));
  view.alerted.failing = "disk is full";
  EXPECT_THAT(test::Handlers::streamed(get("/metrics")),
              HasSubstr("tidemark_incidents_stored 0\n"));
}

}  // namespace
}  // namespace tidemark
