#include "daemon/run_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace tidemark {
namespace {

using testing::HasSubstr;

// The daemon that writes down how it was called.
struct Called {
  int times = 0;
  RunOptions options;
  Config config;
};

class RunCommand : public testing::Test {
 protected:
  int run(const RunRequest& request) {
    const auto daemon = [this](RunOptions options, Config config) {
      called_ = {called_.times + 1, std::move(options), std::move(config)};
      return 7;
    };
    std::istringstream in;
    return run_command(request, daemon, "1.2.3", Surround{}, {in, out_, err_});
  }

  Called called_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(RunCommand, MakesAConfigurationOfTheBrokers) {
  RunRequest request;
  request.bootstrap = "k1:9092, k2:9092";
  request.name = "PROD";
  request.state_dir = "/srv/state";
  request.listen = "[::1]:0";
  request.welcome = true;
  EXPECT_EQ(run(request), 7);
  ASSERT_EQ(called_.config.clusters.size(), 1u);
  EXPECT_EQ(called_.config.clusters[0].name, "PROD");
  EXPECT_EQ(called_.config.clusters[0].bootstrap, "k1:9092,k2:9092");
  EXPECT_EQ(called_.config.http.listen, "[::1]:0");
  EXPECT_EQ(called_.options.state_dir, "/srv/state");
  EXPECT_EQ(called_.options.version, "1.2.3");
  EXPECT_TRUE(called_.options.welcome);
  EXPECT_THAT(called_.options.config_origin, HasSubstr("--bootstrap"));
}

TEST_F(RunCommand, KeepsTheDefaultListenerUnlessTold) {
  RunRequest request;
  request.bootstrap = "k1:9092";
  run(request);
  EXPECT_EQ(called_.config.http.listen, "127.0.0.1:8000");
  EXPECT_EQ(called_.config.clusters.at(0).name, "default");
}

TEST_F(RunCommand, NeverStartsWithABadFile) {
  RunRequest request;
  request.config_file = "/nowhere/t.toml";
  EXPECT_EQ(run(request), 2);
  EXPECT_EQ(called_.times, 0);
  EXPECT_EQ(err_.str(), "/nowhere/t.toml: the file does not exist\n");
}

TEST_F(RunCommand, LetsASourceOfItsOwnMakeTheConfiguration) {
  const RunSource source{
      "sample", "A sample",
      [](const RunOptions& options, const RunSource::Daemon& daemon, const Console& console) {
        console.out << "up,";
        Config config;
        config.clusters.push_back({"S", "s:1", {}, {}, {}});
        const int code = daemon(options, config);
        console.out << "down";
        return code;
      }};
  RunRequest request;
  request.source = &source;
  request.listen = "127.0.0.1:9";
  EXPECT_EQ(run(request), 7);
  EXPECT_EQ(out_.str(), "up,down");
  EXPECT_EQ(called_.config.clusters.at(0).name, "S");
  EXPECT_EQ(called_.config.http.listen, "127.0.0.1:9");
}

}  // namespace
}  // namespace tidemark
