// Liveness and readiness.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/api/fixture.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;
using namespace test;

std::shared_ptr<ClusterReport> starting(const std::string& name, LinkState state) {
  auto out = cluster(name);
  out->health.caught_up = false;
  out->health.link.state = state;
  return out;
}

struct Story {
  const char* sentence;
  LinkState state;
  bool caught_up;
  bool ready;
};

const Story kStories[] = {
    {"a cluster that is caught up is ready", LinkState::connected, true, true},
    {"one that is being read is not", LinkState::connected, false, false},
    {"one of which nothing is known yet is not", LinkState::connecting, false, false},
    {"one that is down keeps nobody waiting", LinkState::unreachable, false, true},
    {"nor one that refuses us", LinkState::authentication_failed, false, true},
    {"nor one where a right is missing", LinkState::not_authorized, false, true},
    {"nor one where nobody ever committed", LinkState::waiting_for_topic, false, true},
    {"one that was caught up and went down is ready", LinkState::unreachable, true, true},
};

TEST(Readiness, EachClusterIsCaughtUpOrKnownToBeOutOfReach) {
  for (const Story& story : kStories) {
    FakeView view;
    auto told = starting("B", story.state);
    told->health.caught_up = story.caught_up;
    view.shown = {cluster("A"), told};
    Handlers handlers(view);
    EXPECT_EQ(handlers.get("/readyz").status, story.ready ? 200 : 503) << story.sentence;
    const HttpReply burrow = handlers.get("/burrow/admin/ready");
    EXPECT_EQ(burrow.status, story.ready ? 200 : 503) << story.sentence;
    EXPECT_EQ(burrow.body, story.ready ? "READY" : "STARTING") << story.sentence;
  }
}

TEST(Readiness, TheBodySaysHowFarEachClusterIsAndWhatIsWrong) {
  FakeView view;
  auto reading = starting("A", LinkState::connected);
  reading->health.catch_up_done = 30;
  reading->health.catch_up_total = 40;
  auto refused = starting("B", LinkState::not_authorized);
  refused->health.link.problem = "not authorized";
  refused->health.link.resource = "Topic __consumer_offsets";
  refused->health.link.right = "Describe";
  view.shown = {reading, refused, starting("C", LinkState::connecting)};
  const Json data = Json::parse(Handlers(view).get("/readyz").body).at("data");
  EXPECT_EQ(data, Json::parse(R"({"ready": false, "clusters": [
    {"cluster": "A", "ready": false, "state": "connected", "problem": null, "resource": null,
     "right": null, "caught_up": false, "catch_up": {"done": 30, "total": 40, "percent": 75.0}},
    {"cluster": "B", "ready": true, "state": "not_authorized", "problem": "not authorized",
     "resource": "Topic __consumer_offsets", "right": "Describe", "caught_up": false,
     "catch_up": {"done": 0, "total": 0, "percent": null}},
    {"cluster": "C", "ready": false, "state": "connecting", "problem": null, "resource": null,
     "right": null, "caught_up": false, "catch_up": {"done": 0, "total": 0, "percent": null}}]})"));
}

TEST(Health, IsFineWheneverItCanBeAsked) {
  FakeView view;
  view.shown = {starting("A", LinkState::connecting)};
  Handlers handlers(view);
  handlers.settings.version = "1.2.3";
  EXPECT_EQ(handlers.get("/healthz").status, 200);
  EXPECT_EQ(Json::parse(handlers.get("/healthz").body).at("data"),
            Json::parse(R"({"status": "ok", "version": "1.2.3",
                            "history": {"state": "off", "reason": null, "last_ms": null,
                                        "bytes": 0, "samples": 0, "lost": 0},
                            "events": {"state": "off", "reason": null, "last_ms": null, "bytes": 0,
                                       "written": 0, "waiting": 0, "lost": 0},
                            "alerts": {"state": "off", "reason": null}})"));
  EXPECT_EQ(handlers.get("/burrow/admin").body, "GOOD");
}

TEST(Health, SaysWhyIncidentsAreNotOnTheDisk) {
  FakeView view;
  Handlers handlers(view);
  const auto alerts = [&] { return Json::parse(handlers.get("/healthz").body)["data"]["alerts"]; };
  view.alerted.path = "alerts.db";
  EXPECT_EQ(alerts(), Json::parse(R"({"state": "keeping", "reason": null})"));
  view.alerted.failing = "the disk is full";
  EXPECT_EQ(alerts(), Json::parse(R"({"state": "failing", "reason": "the disk is full"})"));
}

}  // namespace
}  // namespace tidemark
