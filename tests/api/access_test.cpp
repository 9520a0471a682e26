// Who may change something: with tokens, without any, from this machine, from a page of somebody
// else; and that no token is ever shown.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/api/changing.h"

namespace tidemark {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* ops_token = "0123456789abcdef-ops";
constexpr const char* quiet_token = "0123456789abcdef-quiet";

class Access : public test::Changing {
 protected:
  Access() { view.shown = {test::cluster("PROD", {test::group("payments")})}; }
  void configure_tokens() {
    handlers.access().tokens = {
        {"ops", TokenText{ops_token}, {Right::reload, Right::forget}},
        {"quiet", TokenText{quiet_token}, {Right::silence}},
    };
  }
  std::string code(const HttpRequest& request, int status) {
    const HttpReply reply = handlers.ask(request);
    EXPECT_EQ(reply.status, status) << reply.body;
    return json::parse(reply.body).at("error").at("code");
  }

  HttpRequest reload = from_here("POST", "/api/v1/reload");
};

TEST_F(Access, ThisMachineMayChangeEverythingWithoutAToken) {
  for (const char* host :
       {"localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]", "LOCALHOST:80"}) {
    reload.host = host;
    EXPECT_EQ(handlers.ask(reload).status, 202) << host;
  }
  EXPECT_EQ(changes.done.size(), 6u);
  EXPECT_EQ(changes.done.front(), "reload by local");
  reload.body = R"({"author": "alice"})";
  EXPECT_EQ(handlers.ask(reload).status, 202);
  EXPECT_EQ(changes.done.back(), "reload by alice");
}

TEST_F(Access, NobodyElseMayWithoutAToken) {
  reload.from_this_machine = false;
  EXPECT_EQ(code(reload, 403), "not_allowed");
  reload.from_this_machine = true;
  handlers.access().loopback = false;
  EXPECT_EQ(code(reload, 403), "not_allowed");
  EXPECT_THAT(changes.done, IsEmpty());
}

TEST_F(Access, APageWhoseNameWasMadeToLeadHereMayNot) {
  for (const char* host : {"evil.example", "evil.example:8000", "", "localhost.evil.example",
                           "127.0.0.1.evil.example:8000", "127.0.0.1:8000:1", "[::2]"}) {
    reload.host = host;
    EXPECT_EQ(code(reload, 403), "not_allowed") << host;
    reload.origin = std::string("http://") + host;
    EXPECT_EQ(handlers.ask(reload).status, 403) << host;
    reload.origin = "";
  }
  EXPECT_THAT(changes.done, IsEmpty());
}

TEST_F(Access, APageOfAnotherSiteMayNotEvenWithAToken) {
  configure_tokens();
  reload.authorization = std::string("Bearer ") + ops_token;
  for (const char* origin : {"http://evil.example", "null", "http://localhost:9000", "file://",
                             "http://localhost:8000.evil.example"}) {
    reload.origin = origin;
    EXPECT_EQ(code(reload, 403), "foreign_origin") << origin;
  }
  EXPECT_THAT(changes.done, IsEmpty());
  reload.origin = "http://localhost:8000";
  EXPECT_EQ(handlers.ask(reload).status, 202);
  handlers.access().page_url = "https://tidemark.example.org/lag";
  reload.origin = "https://tidemark.example.org";
  EXPECT_EQ(handlers.ask(reload).status, 202);
}

TEST_F(Access, AFormIsRefused) {
  for (const char* type : {"application/x-www-form-urlencoded", "text/plain", "",
                           "multipart/form-data; boundary=x", "application/jsonp"}) {
    reload.content_type = type;
    EXPECT_EQ(code(reload, 415), "not_json") << type;
  }
  reload.content_type = "Application/JSON; charset=utf-8";
  EXPECT_EQ(handlers.ask(reload).status, 202);
  HttpRequest plain_delete = from_here("DELETE", "/api/v1/clusters/PROD/groups/payments");
  plain_delete.content_type = "";
  EXPECT_EQ(handlers.ask(plain_delete).status, 200);
}

TEST_F(Access, WithTokensEachHasItsRights) {
  configure_tokens();
  EXPECT_EQ(code(reload, 401), "token_needed") << "this machine, too";
  const HttpReply asked = handlers.ask(reload);
  EXPECT_THAT(asked.headers, testing::Contains(testing::Pair("WWW-Authenticate", "Bearer")));
  const std::string token = ops_token;
  for (const std::string& wrong : std::vector<std::string>{
           "Bearer nonsense", "Bearer ", "Basic " + token, token, "Bearer " + token + "x",
           "Bearer " + token.substr(0, token.size() - 1)}) {
    reload.authorization = wrong;
    EXPECT_EQ(code(reload, 401), "token_needed") << wrong;
  }
  reload.authorization = std::string("Bearer ") + quiet_token;
  EXPECT_EQ(code(reload, 403), "not_allowed");
  EXPECT_THAT(changes.done, IsEmpty());
  reload.authorization = std::string("bearer ") + ops_token;
  reload.host = "tidemark.example.org";
  reload.from_this_machine = false;
  reload.body = R"({"author": "mallory"})";
  EXPECT_EQ(handlers.ask(reload).status, 202);
  EXPECT_THAT(changes.done, ElementsAre("reload by ops")) << "the name is that of the token";
}

TEST_F(Access, SaysWhatTheCallerMayDo) {
  const auto ask = [&](const std::string& authorization = "") {
    HttpRequest request = from_here("GET", "/api/v1/access");
    request.authorization = authorization;
    return json::parse(handlers.ask(request).body).at("data");
  };
  json may = ask();
  EXPECT_EQ(may["rights"], json({"silence", "acknowledge", "forget", "reload"}));
  EXPECT_TRUE(may["as"].is_null());
  EXPECT_EQ(may["token_needed"], false);
  EXPECT_TRUE(may["problem"].is_null());
  configure_tokens();
  may = ask();
  EXPECT_EQ(may["rights"], json::array());
  EXPECT_EQ(may["token_needed"], true);
  may = ask(std::string("Bearer ") + quiet_token);
  EXPECT_EQ(may["rights"], json({"silence"}));
  EXPECT_EQ(may["as"], "quiet");
  may = ask("Bearer nonsense");
  EXPECT_EQ(may["rights"], json::array());
  EXPECT_THAT(may["problem"].get<std::string>(), HasSubstr("none of those"));
  handlers.access() = {};
  may = ask();
  EXPECT_EQ(may["rights"], json::array());
  EXPECT_THAT(may["problem"].get<std::string>(), HasSubstr("[[http.token]]"));
}

TEST_F(Access, NoAnswerShowsAToken) {
  configure_tokens();
  for (const std::string method : {"GET", "POST", "DELETE", "OPTIONS", "PUT"}) {
    for (const Route& route : routes()) {
      for (const char* token : {ops_token, quiet_token, "wrong-but-secret-0123456789"}) {
        HttpRequest request = from_here(method, std::string(route.pattern));
        request.authorization = std::string("Bearer ") + token;
        const HttpReply reply = handlers.ask(request);
        EXPECT_THAT(reply.body, Not(HasSubstr(token))) << method << " " << route.pattern;
        for (const auto& [name, value] : reply.headers) EXPECT_THAT(value, Not(HasSubstr(token)));
      }
    }
  }
}

TEST_F(Access, MethodsAreThoseOfTheRoute) {
  const auto allow = [&](const std::string& target, const std::string& method) {
    const HttpReply reply = handlers.ask(from_here(method, target));
    for (const auto& [name, value] : reply.headers) {
      if (name == "Allow") return std::to_string(reply.status) + " " + value;
    }
    return std::to_string(reply.status);
  };
  EXPECT_EQ(allow("/api/v1/reload", "GET"), "405 POST, OPTIONS");
  EXPECT_EQ(allow("/api/v1/reload", "HEAD"), "405 POST, OPTIONS");
  EXPECT_EQ(allow("/api/v1/reload", "OPTIONS"), "200 POST, OPTIONS");
  EXPECT_EQ(allow("/api/v1/silences", "PUT"), "405 GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(allow("/api/v1/clusters/PROD/groups/payments", "POST"),
            "405 GET, HEAD, DELETE, OPTIONS");
  EXPECT_EQ(allow("/v3/kafka/PROD/consumer/payments", "PATCH"), "405 GET, HEAD, DELETE, OPTIONS");
  EXPECT_EQ(allow("/api/v1/groups", "POST"), "405 GET, HEAD, OPTIONS");
}

TEST_F(Access, OtherSitesAreAllowedToReadAndNeverToChange) {
  handlers.settings.allow_origin = "*";
  const HttpReply reply = handlers.ask(from_here("OPTIONS", "/api/v1/silences"));
  EXPECT_THAT(reply.headers, testing::Contains(testing::Pair("Access-Control-Allow-Methods",
                                                             "GET, HEAD, OPTIONS")));
  for (const auto& [name, value] : reply.headers) EXPECT_NE(name, "Access-Control-Allow-Headers");
}

TEST_F(Access, AGroupIsForgottenByBothApis) {
  const HttpReply ours = handlers.ask(from_here("DELETE", "/api/v1/clusters/PROD/groups/a%2Fb"));
  EXPECT_EQ(ours.status, 200);
  EXPECT_EQ(json::parse(ours.body)["data"]["group"], "a/b");
  const HttpReply by_query =
      handlers.ask(from_here("DELETE", "/api/v1/clusters/PROD/group?name=.."));
  EXPECT_EQ(json::parse(by_query.body)["data"]["group"], "..");
  EXPECT_EQ(code(from_here("DELETE", "/api/v1/clusters/PROD/group"), 400), "missing_parameter");
  HttpRequest burrow = from_here("DELETE", "/v3/kafka/prod/consumer/payments");
  const HttpReply known = handlers.ask(burrow);
  EXPECT_EQ(known.status, 200);
  EXPECT_EQ(json::parse(known.body)["message"], "consumer group removed");
  EXPECT_EQ(json::parse(known.body)["error"], false);
  burrow.target = "/v3/kafka/nowhere/consumer/nobody";
  EXPECT_EQ(handlers.ask(burrow).body.find("error\":true"), std::string::npos);
  EXPECT_THAT(changes.done, ElementsAre("forget PROD a/b by local", "forget PROD .. by local",
                                        "forget PROD payments by local"));
  burrow.from_this_machine = false;
  const HttpReply refused = handlers.ask(burrow);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(json::parse(refused.body)["error"], true) << "in Burrow's form";
}

TEST_F(Access, WhatCannotBeDoneIsSaid) {
  changes.refusal = Refusal{503, "not_written", "the disk is full", ""};
  EXPECT_EQ(code(reload, 503), "not_written");
  EXPECT_EQ(code(from_here("POST", "/api/v1/incidents/i-1/acknowledge"), 503), "not_written");
  EXPECT_EQ(code(from_here("DELETE", "/api/v1/silences/s-1"), 503), "not_written");
  test::Handlers without(view);
  without.access().loopback = true;
  EXPECT_EQ(without.ask(reload).status, 503);
}

}  // namespace
}  // namespace tidemark
