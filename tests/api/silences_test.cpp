// /api/v1/silences and acknowledging: what is asked for, and what is refused by name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "storage/alert_file.h"
#include "tests/api/changing.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

using nlohmann::json;
using std::chrono::hours;
using testing::ElementsAre;
using testing::HasSubstr;

class Silences : public test::Changing {
 protected:
  HttpReply add(const std::string& body) { return ask("POST", "/api/v1/silences", body); }
};

TEST_F(Silences, AreAskedForWithMatchersAReasonAndAnEnd) {
  const HttpReply reply = add(R"({"cluster": "PROD", "group": "pay.*", "labels": {"team": "a|b"},
      "comment": "upgrade", "author": "alice", "for": "2h"})");
  EXPECT_EQ(reply.status, 201);
  const json row = json::parse(reply.body).at("data");
  EXPECT_EQ(row["id"], "s-1");
  EXPECT_EQ(row["cluster"], "PROD");
  EXPECT_EQ(row["group"], "pay.*");
  EXPECT_TRUE(row["topic"].is_null());
  EXPECT_EQ(row["labels"], json({{"team", "a|b"}}));
  EXPECT_EQ(row["author"], "alice");
  EXPECT_EQ(row["end_ms"], 1'700'000'000'000 + 7'200'000);
  EXPECT_EQ(row["state"], "ended") << "that was in 2023";
  ASSERT_EQ(changes.silences.size(), 1u);
  EXPECT_EQ(changes.silences[0].span, Duration(hours{2}));
  EXPECT_FALSE(changes.silences[0].begin);
}

TEST_F(Silences, AreRefusedByTheNameOfWhatIsWrong) {
  struct Wrong {
    const char* body;
    const char* field;
    const char* says;
  };
  const std::vector<Wrong> wrong = {
      {R"([])", "null", "not a JSON object"},
      {R"({"group": )", "null", "not a JSON object"},
      {R"({"comment": "x", "for": "1h"})", "group", "at least one"},
      {R"({"group": "a", "for": "1h"})", "comment", "say why"},
      {R"({"group": "a", "comment": "", "for": "1h"})", "comment", "say why"},
      {R"({"group": "a", "comment": "x"})", "for", "until when"},
      {R"({"group": "a", "comment": "x", "for": "1h", "end_ms": 5})", "for", "one of them"},
      {R"({"group": "a(", "comment": "x", "for": "1h"})", "group", "a("},
      {R"({"group": "a", "comment": "x", "for": "soon"})", "for", "not a duration"},
      {R"({"group": "a", "comment": "x", "end_ms": "tomorrow"})", "end_ms", "milliseconds"},
      {R"({"group": "a", "comment": "x", "end_ms": -1})", "end_ms", "milliseconds"},
      {R"({"group": "a", "comment": "x", "end_ms": 1e300})", "end_ms", "milliseconds"},
      {R"({"group": 7, "comment": "x", "for": "1h"})", "group", "not a text"},
      {R"({"group": "a", "comment": "x\ny", "for": "1h"})", "comment", "control"},
      {R"({"group": "a", "comment": "x", "for": "1h", "colour": "red"})", "colour", "not a field"},
      {R"({"labels": {"team": 7}, "comment": "x", "for": "1h"})", "labels", "team"},
      {R"({"labels": {"team": "("}, "comment": "x", "for": "1h"})", "labels", "team"},
      {R"({"labels": "team", "comment": "x", "for": "1h"})", "labels", "object"},
  };
  for (const Wrong& each : wrong) {
    const HttpReply reply = add(each.body);
    EXPECT_EQ(reply.status, 400) << each.body;
    const json error = json::parse(reply.body).at("error");
    const std::string field = error["field"].is_null() ? "null" : error["field"];
    EXPECT_EQ(field, each.field) << each.body;
    EXPECT_THAT(error["message"].get<std::string>(), HasSubstr(each.says)) << each.body;
  }
  const std::string long_text(1001, 'x');
  EXPECT_EQ(add(R"({"group": "a", "for": "1h", "comment": ")" + long_text + "\"}").status, 400);
  EXPECT_TRUE(changes.silences.empty());
}

TEST_F(Silences, ArePreviewedByWhomeverReads) {
  handlers.access().loopback = false;  // nobody may change anything
  test::TemporaryFolder folder;
  view.alerted.path = folder / "alerts.db";
  view.shown = {test::cluster("PROD", {test::group("payments"), test::group("orders")}),
                test::cluster("QA", {test::group("payments")})};
  AlertFile file;
  ASSERT_TRUE(file.open(view.alerted.path, from_ms(0)).ok());
  AlertBatch batch;
  for (const char* group : {"payments", "orders"}) {
    IncidentRow row;
    row.id = std::string("i-") + group;
    row.cluster = "PROD";
    row.group = group;
    row.kind = "status";
    row.status = row.worst = "ERROR";
    batch.incidents.push_back(row);
  }
  ASSERT_TRUE(file.write(batch).ok());
  const auto preview = [&](const std::string& query) {
    return json::parse(handlers.get("/api/v1/silences/preview?" + query).body);
  };
  json found = preview("group=pay.*").at("data");
  EXPECT_EQ(found["open_count"], 2);
  EXPECT_EQ(found["incident_count"], 1);
  EXPECT_EQ(found["incidents"][0]["id"], "i-payments");
  EXPECT_EQ(found["group_count"], 2);
  EXPECT_EQ(found["groups"][1], json({{"cluster", "QA"}, {"group", "payments"}}));
  found = preview("cluster=PROD&kind=data_loss").at("data");
  EXPECT_EQ(found["incident_count"], 0);
  EXPECT_EQ(found["group_count"], 2) << "whatever trouble they have";
  EXPECT_EQ(preview("group=pay(").at("error").at("field"), "group");
  EXPECT_EQ(preview("labels=team").at("error").at("field"), "labels");
  EXPECT_EQ(preview("labels=team%3D(").at("error").at("field"), "labels");
  EXPECT_EQ(preview("").at("error").at("code"), "missing_parameter");
  EXPECT_TRUE(changes.done.empty());
}

TEST_F(Silences, EndByTheirId) {
  EXPECT_EQ(ask("DELETE", "/api/v1/silences/s-7", R"({"author": "bob"})").status, 200);
  EXPECT_THAT(changes.done, ElementsAre("end s-7 by bob"));
}

TEST_F(Silences, AreListedByWhatBecameOfThem) {
  test::TemporaryFolder folder;
  view.alerted.path = folder / "alerts.db";
  AlertFile file;
  ASSERT_TRUE(file.open(view.alerted.path, from_ms(0)).ok());
  const Instant now = view.now();
  const auto keep = [&](const std::string& id, Instant begin, Instant end) {
    SilenceRow row;
    row.id = id;
    row.group = "";
    row.author = "alice";
    row.comment = "x";
    row.created = row.begin = begin;
    row.end = end;
    EXPECT_TRUE(file.write(row).ok());
  };
  keep("over", now - hours{3}, now - hours{2});
  keep("now", now - hours{1}, now + hours{1});
  keep("soon", now + hours{1}, now + hours{2});
  const auto ids = [&](const std::string& query) {
    std::vector<std::string> out;
    const json body = json::parse(handlers.get("/api/v1/silences" + query).body);
    for (const json& row : body.at("data")) {
      out.push_back(row["id"].get<std::string>() + " " + row["state"].get<std::string>());
      EXPECT_EQ(row["group"], "") << "the pattern of the empty name is not the lack of one";
    }
    return out;
  };
  EXPECT_THAT(ids(""), ElementsAre("soon pending", "now active", "over ended"));
  EXPECT_THAT(ids("?state=active"), ElementsAre("now active"));
  EXPECT_THAT(ids("?state=pending"), ElementsAre("soon pending"));
  EXPECT_THAT(ids("?state=ended"), ElementsAre("over ended"));
  const json page = json::parse(handlers.get("/api/v1/silences?limit=2").body).at("page");
  EXPECT_EQ(page["total"], 3);
  EXPECT_THAT(ids("?cursor=" + page["next_cursor"].get<std::string>()), ElementsAre("over ended"));
  EXPECT_EQ(handlers.get("/api/v1/silences?state=loud").status, 400);
  EXPECT_EQ(handlers.get("/api/v1/silences?cursor=x").status, 400);
  view.alerted.path = "";
  EXPECT_EQ(handlers.get("/api/v1/silences").status, 503);
}

TEST_F(Silences, AnAcknowledgementSaysWhoTakesCare) {
  const HttpReply reply =
      ask("POST", "/api/v1/incidents/i-1/acknowledge", R"({"comment": "on it", "author": "bob"})");
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(changes.done, ElementsAre("acknowledge i-1 by bob: on it"));
  const json row = json::parse(reply.body).at("data");
  EXPECT_EQ(row["acknowledged_by"], "bob");
  EXPECT_EQ(row["acknowledged_comment"], "on it");
  EXPECT_TRUE(row["acknowledged_ms"].is_number());
  EXPECT_EQ(ask("POST", "/api/v1/incidents/i-1/acknowledge", R"({"who": "bob"})").status, 400);
  EXPECT_EQ(ask("POST", "/api/v1/incidents/i-1/acknowledge", "").status, 200);
}

}  // namespace
}  // namespace tidemark
