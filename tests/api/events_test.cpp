// What happened, as a list that can be followed.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/api/fixture.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;
using namespace test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class EventsApi : public ::testing::Test {
 protected:
  EventsApi() : prod_(cluster("PROD")), dev_(cluster("DEV")) { view.shown = {prod_, dev_}; }

  // At `second` of the story.
  static void happens(const std::shared_ptr<ClusterReport>& in, int second, EventKind kind,
                      const std::string& group) {
    auto event = std::make_shared<Event>();
    event->sequence = in->events.empty() ? 1 : in->events.back()->sequence + 1;
    event->at = from_ms(kNow + second * 1000);
    event->kind = kind;
    event->group = group;
    event->sentence = in->cluster.get() + std::to_string(event->sequence);
    in->events.push_back(event);
  }

  Json whole(const std::string& query) {
    const HttpReply reply = handlers.get("/api/v1/events" + query);
    EXPECT_EQ(reply.status, 200) << query << ": " << reply.body;
    return Json::parse(reply.body);
  }
  static std::vector<std::string> rows_of(const Json& answer) {
    std::vector<std::string> out;
    for (const Json& row : answer.at("data")) out.push_back(row.at("sentence"));
    return out;
  }
  std::vector<std::string> sentences(const std::string& query) { return rows_of(whole(query)); }

  std::shared_ptr<ClusterReport> prod_;
  std::shared_ptr<ClusterReport> dev_;
  FakeView view;
  Handlers handlers{view};
};

TEST_F(EventsApi, AreMergedTheNewestLast) {
  happens(prod_, 1, EventKind::status, "a");
  happens(dev_, 2, EventKind::blind, "");
  happens(prod_, 3, EventKind::status, "b");
  EXPECT_THAT(sentences(""), ElementsAre("PROD1", "DEV1", "PROD2"));
  EXPECT_THAT(sentences("?limit=2"), ElementsAre("DEV1", "PROD2")) << "the newest ones";
  EXPECT_THAT(sentences("?limit=2&since_ms=0"), ElementsAre("PROD1", "DEV1"));
  EXPECT_EQ(whole("").at("page").at("total"), 3);
}

TEST_F(EventsApi, SayWhatChangedAndWhy) {
  auto event = std::make_shared<Event>();
  event->sequence = 7;
  event->at = from_ms(kNow);
  event->group = "payments";
  event->from = "OK";
  event->to = "ERROR";
  event->reason = "stopped";
  event->sentence = "no commit for 340 s";
  prod_->events = {event};
  const Json row = whole("").at("data").at(0);
  EXPECT_EQ(row.at("cluster"), "PROD");
  EXPECT_EQ(row.at("sequence"), 7);
  EXPECT_EQ(row.at("at_ms"), kNow);
  EXPECT_EQ(row.at("kind"), "status");
  EXPECT_EQ(row.at("group"), "payments");
  EXPECT_EQ(row.at("from"), "OK");
  EXPECT_EQ(row.at("to"), "ERROR");
  EXPECT_EQ(row.at("reason"), "stopped");
  EXPECT_TRUE(row.at("subject").is_null());
}

TEST_F(EventsApi, AreFilteredByClusterGroupKindAndTime) {
  happens(prod_, 1, EventKind::status, "");
  happens(prod_, 2, EventKind::blind, "");
  happens(dev_, 3, EventKind::status, "b");
  EXPECT_THAT(sentences("?cluster=DEV"), ElementsAre("DEV1"));
  EXPECT_THAT(sentences("?group="), ElementsAre("PROD1")) << "the empty name is a group's";
  EXPECT_THAT(sentences("?kind=blind,sight_back"), ElementsAre("PROD2"));
  EXPECT_THAT(sentences("?since_ms=" + std::to_string(kNow + 2000)), ElementsAre("PROD2", "DEV1"));
}

TEST_F(EventsApi, PagesMeetEachEventOnce) {
  for (int i = 0; i < 10; ++i) happens(i % 3 == 0 ? dev_ : prod_, i, EventKind::status, "a");
  std::vector<std::string> all;
  std::string query = "?limit=3&since_ms=0";
  while (true) {
    const Json answer = whole(query);
    for (const std::string& each : rows_of(answer)) all.push_back(each);
    const Json next = answer.at("page").at("next_cursor");
    if (next.is_null()) break;
    query = "?limit=3&after=" + next.get<std::string>();
  }
  EXPECT_EQ(all, sentences("?limit=10"));
}

TEST_F(EventsApi, AFollowerMissesNothingHoweverClustersInterleave) {
  happens(prod_, 5, EventKind::status, "a");
  const std::string cursor = whole("").at("data").back().at("cursor");
  EXPECT_THAT(sentences("?after=" + cursor), IsEmpty());
  happens(dev_, 4, EventKind::status, "b");  // earlier, but published later
  EXPECT_THAT(sentences("?after=" + cursor), ElementsAre("DEV1"));
}

TEST_F(EventsApi, ACursorOfAnotherRunIsBehindNothing) {
  happens(prod_, 1, EventKind::status, "a");
  EXPECT_THAT(sentences("?after=0.100.100"), ElementsAre("PROD1"));
}

TEST_F(EventsApi, BadValuesAreRefusedByTheirName) {
  const std::vector<std::pair<std::string, std::string>> bad{
      {"?kind=disaster", "kind"},     {"?after=zz", "after"},       {"?after=1.x", "after"},
      {"?since_ms=noon", "since_ms"}, {"?since_ms=-1", "since_ms"}, {"?limit=0", "limit"}};
  for (const auto& [query, field] : bad) {
    const HttpReply reply = handlers.get("/api/v1/events" + query);
    EXPECT_EQ(reply.status, 400) << query;
    EXPECT_EQ(Json::parse(reply.body).at("error").at("field"), field) << query;
  }
  EXPECT_EQ(handlers.get("/api/v1/events?cluster=NONE").status, 404);
}

}  // namespace
}  // namespace tidemark
