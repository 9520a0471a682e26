// Burrow's API, byte for byte where clients look at the bytes.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/api/fixture.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;
using namespace test;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::StartsWith;

PartitionSpec stopped() {
  PartitionSpec out;
  out.status = PartitionStatus::stopped;
  out.reason = Reason::stopped;
  out.offset = 90;
  out.lag = 40;
  out.waiting_ms = out.commit_age = 700'000;
  out.owner = 0;
  return out;
}

PartitionSpec filling(int samples) {
  PartitionSpec out;
  out.samples = samples;
  return out;
}

class Burrow : public ::testing::Test {
 protected:
  Burrow() {
    view.shown = {cluster("PROD",
                          {group("pay<ments>", {{"orders", {filling(7), stopped()}}},
                                 {member("m-1", "payments-1", "/10.1.4.7")}),
                           group("a/b c%", {{"audit", {{}}}})},
                          {topic("orders", {100, 130, std::nullopt, 7}), topic("audit", {100})}),
                  cluster("dev")};
    view.windows["pay<ments>"] = {
        window("orders", 0, {sample(50, 65'000, 3), sample(100, 5000, 0)}),
        window("orders", 1, {sample(80, 760'000, std::nullopt), sample(90, 700'000, 2)})};
  }

  std::string body(const std::string& target, int status = 200) {
    const HttpReply reply = handlers.get(target);
    EXPECT_EQ(reply.status, status) << target;
    EXPECT_EQ(reply.content_type, "application/json") << target;
    return reply.body;
  }
  Json status_of(const std::string& target) { return Json::parse(body(target)).at("status"); }

  // The path of a lookup under the other rules.
  FakeView view;
  Handlers handlers{view};
};

TEST_F(Burrow, ListsAreSortedAndKeepTheirLetters) {
  EXPECT_EQ(body("/v3/kafka"),
            R"({"error":false,"message":"cluster list returned","clusters":["PROD","dev"],)"
            R"("request":{"url":"/v3/kafka","host":"host-1"}})");
  EXPECT_EQ(body("/v3/kafka/PROD/topic"),
            R"({"error":false,"message":"topic list returned","topics":["audit","orders"],)"
            R"("request":{"url":"/v3/kafka/PROD/topic","host":"host-1"}})");
  EXPECT_EQ(body("/v3/kafka/PROD/consumer"),
            R"({"error":false,"message":"consumer list returned",)"
            R"("consumers":["a/b c%","pay\u003cments\u003e"],)"
            R"("request":{"url":"/v3/kafka/PROD/consumer","host":"host-1"}})");
  EXPECT_EQ(body("/v3/kafka/dev/consumer"),
            R"({"error":false,"message":"consumer list returned","consumers":[],)"
            R"("request":{"url":"/v3/kafka/dev/consumer","host":"host-1"}})");
}

TEST_F(Burrow, TopicOffsetsStayInTheirPlaces) {
  EXPECT_EQ(body("/v3/kafka/PROD/topic/orders"),
            R"({"error":false,"message":"topic offsets returned","offsets":[100,130,-1,7],)"
            R"("request":{"url":"/v3/kafka/PROD/topic/orders","host":"host-1"}})");
}

TEST_F(Burrow, ATopicKnowsItsConsumersAndAnUnknownOneHasNone) {
  EXPECT_THAT(body("/v3/kafka/PROD/topic/audit/consumers"),
              StartsWith(R"({"error":false,"message":"consumers of topic returned",)"
                         R"("consumers":["a/b c%"],"request":)"));
  EXPECT_THAT(body("/v3/kafka/PROD/topic/nope/consumers"), HasSubstr(R"("consumers":[])"));
}

TEST_F(Burrow, LagShowsAllPartitions) {
  EXPECT_EQ(
      body("/v3/kafka/PROD/consumer/pay%3Cments%3E/lag"),
      R"({"error":false,"message":"consumer status returned","status":{"cluster":"PROD",)"
      R"("group":"pay\u003cments\u003e","status":"ERR","complete":0.5,"partitions":[)"
      R"({"topic":"orders","partition":0,"owner":"","client_id":"","status":"OK",)"
      R"("start":{"offset":50,"timestamp":1699999935000,"observedAt":1699999935000,"lag":3,)"
      R"("max_offset":53},)"
      R"("end":{"offset":100,"timestamp":1699999995000,"observedAt":1699999995000,"lag":0,)"
      R"("max_offset":100},"current_lag":0,"complete":0.7},)"
      R"({"topic":"orders","partition":1,"owner":"/10.1.4.7","client_id":"payments-1",)"
      R"("status":"STOP","start":{"offset":80,"timestamp":1699999240000,)"
      R"("observedAt":1699999240000,"lag":null,"max_offset":null},)"
      R"("end":{"offset":90,"timestamp":1699999300000,"observedAt":1699999300000,"lag":2,)"
      R"("max_offset":130},"current_lag":40,"complete":1}],"partition_count":2,)"
      R"("maxlag":{"topic":"orders","partition":1,"owner":"/10.1.4.7","client_id":"payments-1",)"
      R"("status":"STOP","start":{"offset":80,"timestamp":1699999240000,)"
      R"("observedAt":1699999240000,"lag":null,"max_offset":null},)"
      R"("end":{"offset":90,"timestamp":1699999300000,"observedAt":1699999300000,"lag":2,)"
      R"("max_offset":130},"current_lag":40,"complete":1},"totallag":40},)"
      R"("request":{"url":"/v3/kafka/PROD/consumer/pay\u003cments\u003e/lag","host":"host-1"}})");
}

TEST_F(Burrow, StatusLeavesOutWhatIsFine) {
  const Json status = status_of("/v3/kafka/PROD/consumer/pay%3Cments%3E/status");
  ASSERT_EQ(status.at("partitions").size(), 1U);
  EXPECT_EQ(status.at("partitions").at(0).at("status"), "STOP");
  EXPECT_EQ(status.at("partition_count"), 2);
  EXPECT_EQ(status.at("totallag"), 40);
}

TEST_F(Burrow, AnUnknownGroupIsNotFoundAndNoError) {
  const std::string golden =
      R"({"error":false,"message":"consumer status returned","status":{"cluster":"PROD",)"
      R"("group":"nope","status":"NOTFOUND","complete":1,"partitions":[],"partition_count":0,)"
      R"("maxlag":null,"totallag":0},"request":{"url":"/v3/kafka/PROD/consumer/nope/lag",)"
      R"("host":"host-1"}})";
  EXPECT_EQ(body("/v3/kafka/PROD/consumer/nope/lag", 404), golden);
  EXPECT_THAT(body("/v3/kafka/nope/consumer/nope/status", 404), HasSubstr("NOTFOUND"));
}

TEST_F(Burrow, WhatElseIsUnknownIsAnError) {
  EXPECT_EQ(body("/v3/kafka/nope", 404), R"({"error":true,"message":"cluster module not found",)"
                                         R"("request":{"url":"/v3/kafka/nope","host":"host-1"}})");
  for (const char* list :
       {"/v3/kafka/nope/topic", "/v3/kafka/nope/consumer", "/v3/kafka/nope/topic/t/consumers"}) {
    EXPECT_THAT(body(list, 404), StartsWith(R"({"error":true,"message":"cluster not found",)"));
  }
  EXPECT_THAT(body("/v3/kafka/PROD/topic/nope", 404), HasSubstr("cluster or topic not found"));
  EXPECT_THAT(body("/v3/kafka/PROD/consumer/x", 404), HasSubstr("cluster or consumer not found"));
}

TEST_F(Burrow, ConsumerDetailFillsItsRingsFromTheFront) {
  const std::string detail = body("/v3/kafka/PROD/consumer/pay%3Cments%3E");
  EXPECT_THAT(
      detail,
      StartsWith(R"({"error":false,"message":"consumer detail returned","topics":{"orders":[)"
                 R"({"offsets":[null,null,null,null,null,null,null,null,)"
                 R"({"offset":50,"timestamp":1699999935000,"observedAt":1699999935000,"lag":3,)"
                 R"("max_offset":53},)"));
  const Json partitions = Json::parse(detail).at("topics").at("orders");
  EXPECT_EQ(partitions.at(1).at("owner"), "/10.1.4.7");
  EXPECT_EQ(partitions.at(1).at("client_id"), "payments-1");
  EXPECT_EQ(partitions.at(1).at("current-lag"), 40);
}

TEST_F(Burrow, PartitionsThatWereNeverCommittedArePadded) {
  view.shown = {
      cluster("C", {group("g", {{"t", {{}, never_committed()}}})}, {topic("t", {100, 5})})};
  const Json status = status_of("/v3/kafka/C/consumer/g/lag");
  EXPECT_EQ(status.at("partition_count"), 2);
  EXPECT_EQ(status.at("complete"), 0.5);
  EXPECT_EQ(status.at("partitions").at(1),
            Json::parse(R"({"topic": "t", "partition": 1, "owner": "", "client_id": "",
              "status": "OK", "start": null, "end": null, "current_lag": 0, "complete": 0})"));
  EXPECT_EQ(Json::parse(body("/v3/kafka/C/consumer/g")).at("topics").at("t").at(1).at("offsets"),
            Json::array());
}

TEST_F(Burrow, WithoutTheWindowTheNewestCommitIsStillKnown) {
  view.busy = true;
  const Json partition =
      status_of("/v3/kafka/PROD/consumer/pay%3Cments%3E/lag").at("partitions").at(1);
  EXPECT_TRUE(partition.at("start").is_null());
  EXPECT_EQ(partition.at("end").at("offset"), 90);
  EXPECT_EQ(partition.at("end").at("max_offset"), 130);
}

TEST_F(Burrow, AGroupWithoutPartitionsHasNoMaxlag) {
  view.shown = {cluster("C", {group("g")})};
  const Json status = status_of("/v3/kafka/C/consumer/g/lag");
  EXPECT_TRUE(status.at("maxlag").is_null());
  EXPECT_EQ(status.at("status"), "OK");
  EXPECT_EQ(status.at("complete"), 0);
}

struct Translation {
  const char* sentence;
  PartitionStatus status;
  Reason reason;
  const char* partition;
  const char* group;
  double complete;
};

const Translation kTranslations[] = {
    {"well is OK", PartitionStatus::ok, Reason::keeping_up, "OK", "OK", 1},
    {"STALLED is STALL", PartitionStatus::stalled, Reason::stalled, "STALL", "ERR", 1},
    {"STOPPED is STOP", PartitionStatus::stopped, Reason::stopped, "STOP", "ERR", 1},
    {"abandoned is STOP too", PartitionStatus::stopped, Reason::abandoned, "STOP", "ERR", 1},
    {"REWIND is REWIND", PartitionStatus::rewind, Reason::rewind, "REWIND", "ERR", 1},
    {"falling behind is WARN", PartitionStatus::ok, Reason::falling_behind, "WARN", "WARN", 1},
    {"data loss is WARN", PartitionStatus::ok, Reason::data_loss, "WARN", "WARN", 1},
    {"beyond the log end is WARN, and nothing else can be said", PartitionStatus::unknown,
     Reason::beyond_log_end, "WARN", "WARN", 0},
    {"unknown is OK and incomplete", PartitionStatus::unknown, Reason::monitor_stale, "OK", "OK",
     0},
    {"Burrow's own WARN stays", PartitionStatus::warn, Reason::burrow_warn, "WARN", "WARN", 1},
};

TEST_F(Burrow, VerdictsAreToldInItsWords) {
  for (const Translation& story : kTranslations) {
    PartitionSpec spec;
    spec.status = story.status;
    spec.reason = story.reason;
    view.shown = {cluster("C", {group("g", {{"t", {spec}}})}, {topic("t", {100})})};
    const Json status = status_of("/v3/kafka/C/consumer/g/lag");
    const Json partition = status.at("partitions").at(0);
    EXPECT_EQ(partition.at("status"), story.partition) << story.sentence;
    EXPECT_EQ(partition.at("complete"), story.complete) << story.sentence;
    EXPECT_EQ(status.at("status"), story.group) << story.sentence;
  }
}

TEST_F(Burrow, AGroupOfOldCommitsOnlyIsNotFound) {
  PartitionSpec old;
  old.status = PartitionStatus::not_found;
  old.reason = Reason::burrow_not_found;
  view.shown = {cluster("C", {group("g", {{"t", {old}}})}, {topic("t", {100})})};
  EXPECT_THAT(body("/v3/kafka/C/consumer/g/status", 404), HasSubstr("NOTFOUND"));
}

TEST_F(Burrow, NamesAreForgivenWhatClientsDoToThem) {
  EXPECT_EQ(status_of("/v3/kafka/prod/consumer/a%2Fb%20c%25/lag").at("group"), "a/b c%");
  EXPECT_EQ(status_of("/v3/kafka/PROD/consumer/a%252Fb%2520c%2525/lag").at("group"), "a/b c%");
  EXPECT_EQ(status_of("/v3/kafka/prod/consumer/a%2Fb%20c%25/lag").at("cluster"), "prod");
  EXPECT_THAT(body("/v3/kafka/PROD/consumer/a%25zz/lag", 404), HasSubstr("NOTFOUND"));
}

TEST_F(Burrow, TheEmptyGroupHasALagToo) {
  view.shown = {cluster("C", {group("", {{"t", {{}}}})}, {topic("t", {100})})};
  EXPECT_EQ(status_of("/v3/kafka/C/consumer//lag").at("group"), "");
}

TEST_F(Burrow, AClusterShowsHowItIsRead) {
  handlers.settings.modules["PROD"].tls = true;
  handlers.settings.modules["PROD"].offset_refresh_seconds = 5;
  EXPECT_EQ(body("/v3/kafka/PROD"),
            R"({"error":false,"message":"cluster module detail returned","module":{)"
            R"("class-name":"kafka","servers":["kafka-1:9092","kafka-2:9092"],"client-profile":{)"
            R"("name":"","client-id":"tidemark","kafka-version":"","tls":{"name":"",)"
            R"("noverify":false,"certfile":"","keyfile":"","cafile":""},"sasl":null},)"
            R"("topic-refresh":60,"offset-refresh":5},)"
            R"("request":{"url":"/v3/kafka/PROD","host":"host-1"}})");
}

TEST_F(Burrow, UnknownPathsAreRefusedItsWay) {
  for (const char* path :
       {"/v3/nope", "/v3/config", "/v2/kafka", "/burrow", "/v3/kafka/PROD/consumer/g/topic/t",
        "/v3/kafka/PROD/consumer/a/b/lag"}) {
    const HttpReply reply = handlers.get(path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_EQ(reply.content_type, "text/plain; charset=utf-8");
    EXPECT_THAT(reply.headers, Contains(Pair("X-Content-Type-Options", "nosniff")));
    EXPECT_EQ(reply.body, "{\"error\":true,\"message\":\"invalid request type\",\"result\":{}}\n");
  }
}

TEST_F(Burrow, OtherMethodsAreRefusedItsWay) {
  for (const char* method : {"POST", "PUT", "DELETE"}) {
    const HttpReply reply = handlers.ask(method, "/v3/kafka/PROD/consumer/g/status");
    EXPECT_EQ(reply.status, 405);
    EXPECT_EQ(reply.body, "Method Not Allowed\n");
    EXPECT_THAT(reply.headers, Contains(Pair("Allow", "GET, HEAD, OPTIONS")));
  }
  const HttpReply options = handlers.ask("OPTIONS", "/v3/kafka");
  EXPECT_EQ(options.status, 200);
  EXPECT_EQ(options.body, "");
  EXPECT_THAT(options.headers, Contains(Pair("Allow", "GET, HEAD, OPTIONS")));
}

TEST_F(Burrow, SlashesTooManyAndWrongLettersAreSentToTheRightPath) {
  const std::pair<const char*, const char*> kRedirects[] = {
      {"/v3/kafka/", "/v3/kafka"},
      {"//v3/kafka", "/v3/kafka"},
      {"/v3//kafka/PROD/", "/v3/kafka/PROD"},
      {"/V3/Kafka/PROD/Consumer/My%2FGroup/LAG", "/v3/kafka/PROD/consumer/My%2FGroup/lag"},
      {"/v3/kafka/PROD/consumer/", "/v3/kafka/PROD/consumer"},
      {"/burrow/admin/", "/burrow/admin"},
      {"/metrics/?a=b", "/metrics?a=b"},
  };
  for (const auto& [from, to] : kRedirects) {
    const HttpReply reply = handlers.get(from);
    EXPECT_EQ(reply.status, 301) << from;
    EXPECT_THAT(reply.headers, Contains(Pair("Location", to))) << from;
    EXPECT_EQ(handlers.ask("POST", from).status, 307) << from;
  }
}

TEST_F(Burrow, ARedirectRepeatsNothingThatABrowserWouldRun) {
  EXPECT_EQ(handlers.get("/v3/kafka/?\"><b>").body,
            "<a href=\"/v3/kafka?&#34;&gt;&lt;b&gt;\">Moved Permanently</a>.\n\n");
}

TEST_F(Burrow, TextIsEscapedAsGoDoes) {
  view.shown = {cluster("<&>\u2028\u2029\"\\\n\x01")};
  EXPECT_THAT(body("/v3/kafka"), HasSubstr(R"(["\u003c\u0026\u003e\u2028\u2029\"\\\n\u0001"])"));
}

}  // namespace
}  // namespace tidemark
