// Prometheus' own checker has nothing to say about /metrics, as served.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/api/everything.h"
#include "tests/api/fixture.h"
#include "tests/api/http_client.h"

namespace tidemark {
namespace {

using namespace test;

struct Verdict {
  int exit_code = -1;
  std::string output;
};

Verdict promtool(const std::string& metrics) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("tidemark-promtool-" + std::to_string(getpid()) + ".txt");
  std::ofstream(path) << metrics;
  Verdict out;
  const std::string command =
      std::string("'" TIDEMARK_PROMTOOL "' check metrics 2>&1 < '") + path.string() + "'";
  FILE* const pipe = popen(command.c_str(), "r");
  for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) out.output += static_cast<char>(c);
  out.exit_code = pclose(pipe);
  std::filesystem::remove(path);
  return out;
}

std::string served(FakeView& view) {
  ServerSettings settings;
  settings.port = 0;
  settings.version = "1.2.3";
  auto server = Server::start(settings, view);
  EXPECT_TRUE(server.ok());
  fetch(server.value()->port(), "/api/v1/groups");
  fetch(server.value()->port(), "/nope");
  return fetch(server.value()->port(), "/metrics").body;
}

TEST(Promtool, HasNothingToSayAboutMetrics) {
  FakeView view;
  view.shown = {everything(), cluster("EMPTY")};
  const Verdict verdict = promtool(served(view));
  EXPECT_EQ(verdict.exit_code, 0) << verdict.output;
  EXPECT_EQ(verdict.output, "");
}

TEST(Promtool, WouldSaySomethingAboutADefect) {
  FakeView view;
  view.shown = {everything()};
  std::string broken = served(view);
  const std::string untyped = "burrow_kafka_consumer_lag_total untyped";
  broken.replace(broken.find(untyped), untyped.size(), "burrow_kafka_consumer_lag_total gauge");
  EXPECT_NE(promtool(broken).exit_code, 0);
}

}  // namespace
}  // namespace tidemark
