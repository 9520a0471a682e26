// Whatever stands in a request line, there is an answer, and it is well-formed.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <random>

#include "tests/api/everything.h"
#include "tests/api/fixture.h"

namespace tidemark {
namespace {

using namespace test;

// Pieces that mean something to the router, and pieces that should mean nothing.
const std::vector<std::string> kPieces = {"/",          "//",        "/api",
                                          "/v1",        "/clusters", "/PROD",
                                          "/groups",    "/topics",   "/events",
                                          "/explain",   "?after",    "&since_ms",
                                          "&partition", "/orders",   "/group",
                                          "?name",      "?limit",    "&sort",
                                          "=",          "=-lag",     "&cursor",
                                          "&q",         "/v3",       "/V3",
                                          "/kafka",     "/consumer", "/topic",
                                          "/lag",       "/status",   "/burrow",
                                          "/admin",     "/ready",    "/metrics",
                                          "%",          "%2F",       "%zz",
                                          "%00",        "%ff",       "?",
                                          "&",          "#",         "..",
                                          "/.",         "*",         "+",
                                          "\xff",       "\x01",      "http:",
                                          "://",        "0",         "99999999999999999999"};

std::string random_target(std::mt19937& random) {
  std::string out = random() % 8 == 0 ? "" : "/";
  const auto pieces = random() % 9;
  for (unsigned i = 0; i < pieces; ++i) out += kPieces[random() % kPieces.size()];
  return out;
}

TEST(RandomTargets, AreAnsweredWithoutStumbling) {
  FakeView view;
  view.shown = {everything()};
  Handlers handlers(view);
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const std::string target = random_target(random);
    for (const char* method : {"GET", "POST", "OPTIONS"}) {
      const HttpReply reply = handlers.ask(method, target);
      ASSERT_NE(reply.status, 500) << method << " " << target;
      if (reply.content_type == "application/json") {
        ASSERT_TRUE(nlohmann::json::accept(reply.body)) << method << " " << target;
      }
      for (const auto& [name, value] : reply.headers) {
        ASSERT_EQ(value.find_first_of("\r\n"), std::string::npos) << method << " " << target;
      }
    }
  }
}

// A redirect leads to a route, never to another redirect.
TEST(RandomTargets, AreRedirectedOnceAtMost) {
  FakeView view;
  view.shown = {everything()};
  Handlers handlers(view);
  std::mt19937 random(8);
  int redirects = 0;
  for (int i = 0; i < 20'000; ++i) {
    const HttpReply reply = handlers.get(random_target(random));
    if (reply.status != 301) continue;
    ++redirects;
    const std::string to = reply.headers.at(0).second;
    ASSERT_NE(handlers.get(to).route, "other") << to;
  }
  EXPECT_GT(redirects, 20);
}

}  // namespace
}  // namespace tidemark
