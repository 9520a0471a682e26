// The listener among real sockets: what clients may do to it, and what they may not.
#include "api/server.h"

#include <gmock/gmock.h>

#include <chrono>
#include <list>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/api/everything.h"
#include "tests/api/fixture.h"
#include "tests/api/http_client.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;
using namespace test;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() { view.shown = {everything()}; }

  int start(int threads = 4) {
    ServerSettings settings;
    settings.port = 0;
    settings.threads = threads;
    auto started = Server::start(settings, view);
    EXPECT_TRUE(started.ok());
    server = std::move(started.value());
    return server->port();
  }

  // How long the server needs to end.
  std::chrono::milliseconds ending() {
    const auto begin = std::chrono::steady_clock::now();
    server.reset();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                 begin);
  }

  FakeView view;
  std::unique_ptr<Server> server;
};

constexpr std::chrono::milliseconds kPromised{2000};

TEST_F(ServerTest, ServesOverASocket) {
  const Answer answer = fetch(start(), "/api/v1/groups?limit=1");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-type"), "application/json");
  EXPECT_EQ(Json::parse(answer.body).at("data").size(), 1U);
}

TEST_F(ServerTest, APortThatIsTakenIsNamed) {
  ServerSettings settings;
  settings.port = start();
  const auto second = Server::start(settings, view);
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(second.error().message,
              StartsWith("127.0.0.1:" + std::to_string(settings.port) + " is already in use"));
}

TEST_F(ServerTest, AHostThatIsNoneOfOursIsNamed) {
  ServerSettings settings;
  settings.port = 0;
  settings.host = "192.0.2.1";
  EXPECT_THAT(Server::start(settings, view).error().message, HasSubstr("192.0.2.1:0"));
  settings.host = "no such host";
  EXPECT_THAT(Server::start(settings, view).error().message, HasSubstr("no such host:0"));
}

TEST_F(ServerTest, HeadIsGetWithoutTheBody) {
  const int port = start();
  for (const Route& route : routes()) {
    if (route.handler == nullptr) continue;
    std::string path(route.pattern);
    for (const char* name : {"{c}", "{g}", "{t}"}) {
      const std::size_t at = path.find(name);
      if (at != std::string::npos) path.replace(at, 3, "PROD");
    }
    const Answer get = fetch(port, path);
    Answer head = fetch(port, path, "HEAD");
    EXPECT_EQ(head.status, get.status) << path;
    EXPECT_EQ(head.body, "") << path;
    EXPECT_EQ(head.headers["content-type"], get.headers.at("content-type")) << path;
    EXPECT_EQ(head.headers["content-length"],
              head.headers.contains("transfer-encoding") ? "" : std::to_string(get.body.size()))
        << path;
  }
}

TEST_F(ServerTest, MetricsAreStreamedAsPrometheusText) {
  view.shown = {many_groups(2000)};
  const Answer answer = fetch(start(), "/metrics");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(answer.headers.at("transfer-encoding"), "chunked");
  EXPECT_THAT(answer.body, HasSubstr("tidemark_group_lag{cluster=\"BIG\",group=\"group-1999\"} 0"));
  EXPECT_THAT(answer.body, ::testing::Not(HasSubstr("<cut off>")));
}

TEST_F(ServerTest, AnOldClientGetsMetricsUpToTheEndOfTheConnection) {
  RawClient client(start());
  client.send("GET /metrics HTTP/1.0\r\n\r\n");
  const Answer answer = parse_answer(client.read_all());
  EXPECT_EQ(answer.status, 200);
  EXPECT_FALSE(answer.headers.contains("transfer-encoding"));
  EXPECT_THAT(answer.body, HasSubstr("tidemark_build_info"));
}

TEST_F(ServerTest, RequestsAreCountedByTheirRoute) {
  const int port = start();
  fetch(port, "/api/v1/clusters/PROD/groups/idle");
  fetch(port, "/nope");
  const std::string metrics = fetch(port, "/metrics").body;
  EXPECT_THAT(metrics, HasSubstr(R"({code="200",route="/api/v1/clusters/{c}/groups/{g}"} 1)"));
  EXPECT_THAT(metrics, HasSubstr(R"({code="404",route="other"} 1)"));
}

// Big enough to be worth compressing.
TEST_F(ServerTest, GzipIsUsedIfAskedForAndBrotliNever) {
  view.shown = {many_groups(100)};
  const int port = start();
  const auto encoding = [&](const std::string& accepted) {
    return fetch(port, "/api/v1/groups", "GET", "Accept-Encoding: " + accepted + "\r\n")
        .headers["content-encoding"];
  };
  EXPECT_EQ(encoding("gzip"), "gzip");
  EXPECT_EQ(encoding("br, gzip, deflate"), "gzip");
  EXPECT_EQ(encoding("br"), "");
  EXPECT_EQ(encoding("gzip;q=0"), "");
  EXPECT_EQ(encoding("gzip;q=0.5, br;q=1"), "gzip");
  EXPECT_EQ(fetch(port, "/healthz", "GET", "Accept-Encoding: gzip\r\n").headers["content-encoding"],
            "");
}

struct Rudeness {
  const char* sentence;
  std::string bytes;
  int status;
  const char* code;
};

std::vector<Rudeness> rudenesses() {
  const std::string rest = " HTTP/1.1\r\nConnection: close\r\n\r\n";
  return {
      {"a broken escape in the path", "GET /api/v1/clusters/%zz" + rest, 400, "bad_escape"},
      {"a broken escape in Burrow's paths", "GET /v3/kafka/%4" + rest, 400, "bad_escape"},
      {"something that is no HTTP", "hello\r\n\r\n", 400, "bad_request"},
      {"a method that nobody knows", "BREW /" + rest, 400, "bad_request"},
      {"a version of the future", "GET / HTTP/9.9\r\n\r\n", 400, "bad_request"},
      {"a target of ten thousand bytes", "GET /" + std::string(10'000, 'a') + rest, 414,
       "uri_too_long"},
      {"a header of ten thousand bytes",
       "GET / HTTP/1.1\r\nX: " + std::string(10'000, 'a') + "\r\n\r\n", 400, "bad_request"},
      {"a body of two gigabytes",
       "POST /api/v1/groups HTTP/1.1\r\nContent-Length: 2000000000\r\n\r\n", 413, "body_too_large"},
      {"a length beyond all numbers",
       "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413, "body_too_large"},
      {"a range that is none", "GET / HTTP/1.1\r\nRange: bytes=x-y\r\n\r\n", 416, "bad_range"},
  };
}

TEST_F(ServerTest, RudenessIsAnsweredWithWhatIsWrong) {
  const int port = start();
  for (const Rudeness& rude : rudenesses()) {
    RawClient client(port);
    client.send(rude.bytes);
    const Answer answer = parse_answer(client.read_all());
    EXPECT_EQ(answer.status, rude.status) << rude.sentence;
    ASSERT_TRUE(Json::accept(answer.body)) << rude.sentence << ": " << answer.body;
    EXPECT_EQ(Json::parse(answer.body).at("error").at("code"), rude.code) << rude.sentence;
  }
  EXPECT_EQ(fetch(port, "/healthz").status, 200);
}

TEST_F(ServerTest, ABodyThatNobodyReadsIsNotTakenForTheNextRequest) {
  RawClient client(start());
  client.send(
      "POST /api/v1/groups HTTP/1.1\r\nHost: x\r\nContent-Length: 28\r\n\r\n"
      "GET /healthz HTTP/1.1\r\n\r\n..");
  const std::string all = client.read_all();
  EXPECT_THAT(all, StartsWith("HTTP/1.1 405"));
  EXPECT_EQ(all.find("HTTP/1.1 200"), std::string::npos);
}

TEST_F(ServerTest, AConnectionIsUsedForManyRequests) {
  RawClient client(start());
  for (int i = 0; i < 20; ++i) {
    client.send("GET /burrow/admin HTTP/1.1\r\nHost: x\r\n\r\n");
    std::string answer;
    while (answer.find("GOOD") == std::string::npos) {
      const std::string piece = client.read_some();
      ASSERT_NE(piece, "") << "closed after " << i;
      answer += piece;
    }
  }
}

TEST_F(ServerTest, RequestsMayComeInPiecesOrTogether) {
  RawClient client(start());
  for (const char c : std::string("GET /burrow/admin HTTP/1.1\r\nHost: x\r\n"))
    client.send({&c, 1});
  client.send("\r\nGET /nope HTTP/1.1\r\nConnection: close\r\n\r\n");
  const std::string all = client.read_all();
  EXPECT_THAT(all, HasSubstr("GOOD"));
  EXPECT_THAT(all, HasSubstr("unknown_path"));
}

TEST_F(ServerTest, ClientsThatSendNothingDoNotLockOthersOut) {
  const int port = start(4);
  std::list<RawClient> silent;
  for (int i = 0; i < 40; ++i) silent.emplace_back(port);
  EXPECT_EQ(fetch(port, "/healthz").status, 200);
}

TEST_F(ServerTest, ClientsThatStopInTheMiddleOfARequestDoNotLockOthersOut) {
  const int port = start(2);
  std::list<RawClient> slow;
  for (int i = 0; i < 4; ++i) slow.emplace_back(port).send("GET /api/v1/groups HTTP/1.1\r\nX:");
  EXPECT_EQ(fetch(port, "/healthz").status, 200);
}

TEST_F(ServerTest, ItEndsInTimeWhateverClientsDo) {
  view.shown = {many_groups(20'000)};
  const int port = start(8);
  RawClient silent(port);
  RawClient half(port);
  half.send("GET /api/v1/gro");
  RawClient deaf(port);
  deaf.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(deaf.read_some(), "");  // and reads no more of the many megabytes
  EXPECT_LT(ending(), kPromised);
}

TEST_F(ServerTest, ItEndsInTimeUnderFire) {
  const int port = start(4);
  std::vector<std::jthread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([port](const std::stop_token& stop) {
      while (!stop.stop_requested()) fetch(port, "/api/v1/groups");
    });
  }
  while (fetch(port, "/healthz").status != 200) {
  }
  EXPECT_LT(ending(), kPromised);
}

TEST_F(ServerTest, StartingAndEndingAtOnceIsFine) {
  for (int i = 0; i < 50; ++i) {
    start();
    EXPECT_LT(ending(), kPromised);
  }
}

}  // namespace
}  // namespace tidemark
