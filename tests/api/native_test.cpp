// The native API through its router, without a socket.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/api/fixture.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;
using namespace test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Native : public ::testing::Test {
 protected:
  Native() {
    PartitionSpec stopped;
    stopped.status = PartitionStatus::stopped;
    stopped.reason = Reason::stopped;
    stopped.offset = 90;
    stopped.lag = 40;
    stopped.waiting_ms = stopped.commit_age = 700'000;
    stopped.sentence = "no commit for 700 s while 40 records wait";
    stopped.owner = 0;
    view.shown = {cluster("PROD",
                          {group("payments", {{"orders", {{}, stopped, never_committed()}}},
                                 {member("m-1", "payments-1", "/10.1.4.7")}),
                           group("", {{"orders", {{}}}}), group("a/b c%", {{"audit", {{}}}}),
                           group("\U0001F30A\n\"x\"", {{"orders", {{}}}}), group("bad-\xff-bytes")},
                          {topic("orders", {100, 130, std::nullopt}), topic("audit", {100})}),
                  cluster("DEV")};
    view.windows["payments"] = {window("orders", 0, {sample(50, 65'000, 3), sample(100, 5000, 0)}),
                                window("orders", 1, {sample(90, 700'000, std::nullopt)})};
  }

  Json data(const std::string& target) {
    const HttpReply reply = handlers.get(target);
    EXPECT_EQ(reply.status, 200) << target << ": " << reply.body;
    return Json::parse(reply.body).at("data");
  }

  // {status, code, field}
  Json refusal(const std::string& target, const std::string& method = "GET") {
    const HttpReply reply = handlers.ask(method, target);
    const Json error = Json::parse(reply.body).at("error");
    EXPECT_FALSE(error.at("message").get<std::string>().empty());
    return {reply.status, error.at("code"), error.at("field")};
  }

  FakeView view;
  Handlers handlers{view};
};

TEST_F(Native, AGroupSaysWhatIsWrongInOneRow) {
  const Json row = data("/api/v1/groups?q=payments").at(0);
  EXPECT_EQ(row.at("cluster"), "PROD");
  EXPECT_EQ(row.at("group"), "payments");
  EXPECT_EQ(row.at("status"), "ERROR");
  EXPECT_EQ(row.at("reason"), "stopped");
  EXPECT_THAT(row.at("explanation").get<std::string>(), HasSubstr("no commit for 700 s"));
  EXPECT_EQ(row.at("lag"), 40);
  EXPECT_EQ(row.at("time_lag_seconds"), 700.0);
  EXPECT_EQ(row.at("partition_count"), 3);
  EXPECT_EQ(row.at("member_count"), 1);
  EXPECT_EQ(row.at("last_commit_age_seconds"), 5.0);
}

TEST_F(Native, TheEnvelopeHoldsThePageAndTheInstant) {
  const Json whole = Json::parse(handlers.get("/api/v1/groups?limit=2").body);
  EXPECT_EQ(whole.at("data").size(), 2U);
  EXPECT_EQ(whole.at("page").at("limit"), 2);
  EXPECT_EQ(whole.at("page").at("total"), 5);
  EXPECT_TRUE(whole.at("page").at("next_cursor").is_string());
  EXPECT_EQ(whole.at("as_of_ms"), kNow);
  EXPECT_TRUE(Json::parse(handlers.get("/api/v1/clusters").body).at("page").is_null());
}

TEST_F(Native, APartitionHasEverythingItIsJudgedBy) {
  const Json partition = data("/api/v1/clusters/PROD/groups/payments").at("partitions").at(1);
  const Json expected = Json::parse(R"({
    "topic": "orders", "partition": 1, "status": "STOPPED", "reason": "stopped",
    "explanation": "no commit for 700 s while 40 records wait", "trend": null, "stale": false,
    "learning": false, "unprobed": false, "conditions": [], "committed_offset": 90,
    "committed_at_ms": 1699999300000, "commit_age_seconds": 700.0, "log_end": 130,
    "log_start": 0, "lso": 130, "lso_since_ms": null, "leader": 1, "lag": 40, "time_lag_seconds": 700.0,
    "unread_since_ms": 1699999300000, "lost": 0, "complete": 1.0,
    "owner": {"member_id": "m-1", "client_id": "payments-1", "client_host": "/10.1.4.7"},
    "patience_seconds": 300.0,
    "window": [{"offset": 90, "committed_at_ms": 1699999300000, "lag": null}]})");
  EXPECT_EQ(partition, expected);
}

TEST_F(Native, WhatIsUnknownIsNull) {
  const Json partition = data("/api/v1/clusters/PROD/groups/payments").at("partitions").at(2);
  EXPECT_EQ(partition.at("status"), "UNKNOWN");
  for (const char* field : {"committed_offset", "committed_at_ms", "commit_age_seconds", "log_end",
                            "lag", "time_lag_seconds", "lost", "owner", "window"}) {
    EXPECT_TRUE(partition.at(field).is_null()) << field;
  }
}

TEST_F(Native, WindowsCanBeLeftOut) {
  const Json group = data("/api/v1/clusters/PROD/groups/payments?window=false");
  EXPECT_FALSE(group.contains("window_problem"));
  EXPECT_FALSE(group.at("partitions").at(0).contains("window"));
}

TEST_F(Native, ABusyPipelineCostsTheWindowsAndNotTheVerdict) {
  view.busy = true;
  const Json group = data("/api/v1/clusters/PROD/groups/payments");
  EXPECT_EQ(group.at("status"), "ERROR");
  EXPECT_THAT(group.at("window_problem").get<std::string>(), HasSubstr("did not answer"));
  EXPECT_TRUE(group.at("partitions").at(0).at("window").is_null());
}

TEST_F(Native, MembersSayWhereTheyRun) {
  const Json member = data("/api/v1/clusters/PROD/groups/payments").at("members").at(0);
  EXPECT_EQ(member.at("client_id"), "payments-1");
  EXPECT_EQ(member.at("client_host"), "/10.1.4.7");
  EXPECT_TRUE(member.at("assigned").is_null());
}

TEST_F(Native, MembersSayWhatTheyAreAssignedEvenOfUnnamedTopics) {
  MemberReport unnamed = member("m", "c", "h");
  unnamed.assignment_known = true;
  unnamed.assigned_unnamed = {{TopicUuid{0xbd, 0x23, 0x80, 0x50, 0x68, 0x76, 0x43, 0xe9, 0xb8, 0xc6,
                                         0xc7, 0xc2, 0x75, 0x46, 0x77, 0x67},
                               {0, 1}}};
  view.shown = {cluster("PROD", {group("new", {}, {unnamed})})};
  EXPECT_EQ(data("/api/v1/clusters/PROD/groups/new").at("members").at(0).at("assigned_unnamed"),
            Json::parse(R"([{"topic_id": "vSOAUGh2Q-m4xsfCdUZ3Zw", "partitions": [0, 1]}])"));
}

TEST_F(Native, GroupsMayBeCalledAnything) {
  const std::string groups = "/api/v1/clusters/PROD/groups/";
  EXPECT_EQ(data(groups).at("group"), "");
  EXPECT_EQ(data(groups + "a%2Fb%20c%25").at("group"), "a/b c%");
  EXPECT_EQ(data(groups + "%F0%9F%8C%8A%0A%22x%22").at("group"), "\U0001F30A\n\"x\"");
  EXPECT_EQ(data(groups + "bad-%FF-bytes").at("group"), "bad-\uFFFD-bytes");
  EXPECT_EQ(data("/api/v1/clusters/PROD/group?name=").at("group"), "");
  EXPECT_EQ(data("/api/v1/clusters/PROD/group?name=a/b+c%25").at("group"), "a/b c%");
}

TEST_F(Native, AClusterListsItsOwnGroups) {
  EXPECT_EQ(data("/api/v1/clusters/PROD/groups"), data("/api/v1/groups?cluster=PROD"));
  EXPECT_EQ(data("/api/v1/clusters/DEV/groups").size(), 0U);
}

TEST_F(Native, StatusesAreFilteredInAnyLetterCase) {
  EXPECT_EQ(data("/api/v1/groups?status=error").size(), 1U);
  EXPECT_EQ(data("/api/v1/groups?status=ERROR,ok").size(), 4U);
}

TEST_F(Native, ATopicKnowsItsReaders) {
  const Json topic = data("/api/v1/clusters/PROD/topics/orders");
  EXPECT_EQ(topic.at("partition_count"), 3);
  EXPECT_EQ(topic.at("partitions").at(1).at("log_end"), 130);
  EXPECT_TRUE(topic.at("partitions").at(2).at("log_end").is_null());
  const Json groups = topic.at("groups");
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups.at(1).at("group"), "payments");
  EXPECT_EQ(groups.at(1).at("status"), "ERROR");
  EXPECT_EQ(groups.at(1).at("lag"), 40);
  EXPECT_EQ(groups.at(1).at("time_lag_seconds"), 700.0);
  EXPECT_EQ(groups.at(1).at("committed_partitions"), 2);
  EXPECT_EQ(groups.at(1).at("partition_statuses"),
            Json({{"OK", 1}, {"STOPPED", 1}, {"UNKNOWN", 1}}));
}

TEST_F(Native, TopicsComeInPages) {
  const Json first = Json::parse(handlers.get("/api/v1/clusters/PROD/topics?limit=1").body);
  EXPECT_EQ(
      first.at("data").at(0),
      Json::parse(
          R"({"cluster": "PROD", "topic": "audit", "partition_count": 1, "group_count": 1, "readers": 0,
                            "produced_per_second": null, "unread_since_ms": null,
                            "unread_reported": false, "settings": null})"));
  EXPECT_EQ(first.at("page").at("total"), 2);
  const std::string cursor = first.at("page").at("next_cursor");
  const Json second =
      Json::parse(handlers.get("/api/v1/clusters/PROD/topics?limit=1&cursor=" + cursor).body);
  EXPECT_EQ(second.at("data").at(0).at("topic"), "orders");
  EXPECT_EQ(second.at("data").at(0).at("group_count"), 3);
  EXPECT_TRUE(second.at("page").at("next_cursor").is_null());
}

TEST_F(Native, ClustersSayHowWellTheyAreSeen) {
  auto refused = cluster("STG");
  refused->health.caught_up = false;
  refused->health.catch_up_done = 25;
  refused->health.catch_up_total = 100;
  refused->health.link = {LinkState::not_authorized, "the broker refuses to describe the topic",
                          "Topic __consumer_offsets", "Describe"};
  view.shown.push_back(refused);
  const Json row = data("/api/v1/clusters").at(2);
  EXPECT_EQ(row.at("state"), "not_authorized");
  EXPECT_EQ(row.at("resource"), "Topic __consumer_offsets");
  EXPECT_EQ(row.at("right"), "Describe");
  EXPECT_EQ(row.at("catch_up"), Json({{"done", 25}, {"total", 100}, {"percent", 25.0}}));
  EXPECT_EQ(data("/api/v1/clusters/PROD").at("groups"),
            Json({{"total", 5}, {"OK", 3}, {"WARNING", 0}, {"ERROR", 1}, {"UNKNOWN", 1}}));
}

TEST_F(Native, TheMonitorTellsOfItself) {
  auto busy = cluster("QA");
  busy->health.records_read = 7;
  busy->health.decode_errors = {{"truncated", 2}};
  busy->health.queues = {{"inlet", 1, 20, 300, 4, 5, 6}};
  view.shown.push_back(busy);
  const Json health = data("/api/v1/clusters/QA").at("health");
  EXPECT_EQ(health.at("records_read"), 7);
  EXPECT_EQ(health.at("decode_errors"), Json({{"truncated", 2}}));
  EXPECT_EQ(health.at("queues").at(0).at("capacity"), 300);
}

TEST_F(Native, WhatIsNotThereIsNamed) {
  EXPECT_EQ(refusal("/nope"), Json({404, "unknown_path", "path"}));
  EXPECT_EQ(refusal("/api/v1/clusters/NOPE"), Json({404, "cluster_not_found", "cluster"}));
  EXPECT_EQ(refusal("/api/v1/groups?cluster=NOPE"), Json({404, "cluster_not_found", "cluster"}));
  EXPECT_EQ(refusal("/api/v1/clusters/PROD/groups/nope"), Json({404, "group_not_found", "group"}));
  EXPECT_EQ(refusal("/api/v1/clusters/PROD/topics/nope"), Json({404, "topic_not_found", "topic"}));
  EXPECT_THAT(handlers.get("/api/v1/clusters/PROD/groups/nope").body, HasSubstr("\\\"nope\\\""));
}

TEST_F(Native, BadValuesAreRefusedByTheirName) {
  EXPECT_EQ(refusal("/api/v1/groups?limit=0"), Json({400, "bad_parameter", "limit"}));
  EXPECT_EQ(refusal("/api/v1/groups?limit=1001"), Json({400, "bad_parameter", "limit"}));
  EXPECT_EQ(refusal("/api/v1/groups?limit=1e3"), Json({400, "bad_parameter", "limit"}));
  EXPECT_EQ(refusal("/api/v1/groups?status=BROKEN"), Json({400, "bad_parameter", "status"}));
  EXPECT_EQ(refusal("/api/v1/groups?sort=size"), Json({400, "bad_parameter", "sort"}));
  EXPECT_EQ(refusal("/api/v1/groups?cursor=zz"), Json({400, "bad_cursor", "cursor"}));
  EXPECT_EQ(refusal("/api/v1/groups?q=a&q=b"), Json({400, "bad_parameter", "q"}));
  EXPECT_EQ(refusal("/api/v1/groups?staus=OK"), Json({400, "unknown_parameter", "staus"}));
  EXPECT_EQ(refusal("/api/v1/groups?q=%zz"), Json({400, "bad_escape", "q"}));
  EXPECT_EQ(refusal("/api/v1/clusters/%zz"), Json({400, "bad_escape", "path"}));
  EXPECT_EQ(refusal("/api/v1/clusters/PROD/groups/payments?window=no"),
            Json({400, "bad_parameter", "window"}));
  EXPECT_EQ(refusal("/api/v1/clusters/PROD/group"), Json({400, "missing_parameter", "name"}));
}

TEST_F(Native, OtherMethodsAreRefusedWithWhatIsAllowed) {
  EXPECT_EQ(refusal("/api/v1/groups", "POST"), Json({405, "method_not_allowed", "method"}));
  const HttpReply reply = handlers.ask("DELETE", "/api/v1/groups");
  EXPECT_THAT(reply.headers, ::testing::Contains(::testing::Pair("Allow", "GET, HEAD, OPTIONS")));
  EXPECT_EQ(handlers.ask("OPTIONS", "/api/v1/groups").status, 200);
}

TEST_F(Native, TheIndexNamesEveryRoute) {
  const HttpReply reply = handlers.get("/");
  for (const Route& route : routes())
    EXPECT_THAT(reply.body, HasSubstr(std::string(route.pattern)));
}

TEST_F(Native, TheAllowedOriginIsSentWhenSet) {
  const auto origin = ::testing::Pair(std::string("Access-Control-Allow-Origin"), "https://ui");
  EXPECT_THAT(handlers.get("/api/v1/groups").headers, ::testing::Not(::testing::Contains(origin)));
  handlers.settings.allow_origin = "https://ui";
  EXPECT_THAT(handlers.get("/api/v1/groups").headers, ::testing::Contains(origin));
  EXPECT_THAT(handlers.get("/v3/kafka").headers, ::testing::Contains(origin));
  EXPECT_THAT(handlers.get("/metrics").headers, ::testing::Not(::testing::Contains(origin)));
}

}  // namespace
}  // namespace tidemark
