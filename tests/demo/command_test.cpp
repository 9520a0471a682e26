// The command `demo`: what it hands to the daemon, and what it leaves behind.
#include <gmock/gmock.h>

#include <filesystem>
#include <sstream>

#include "daemon/cli.h"
#include "daemon/demo/cast.h"
#include "daemon/demo/demo.h"

namespace tidemark::demo {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr int code_of_daemon = 7;

// Runs the demo with a daemon that only looks around.
class DemoCommand : public testing::Test {
 protected:
  int run(const RunOptions& options) {
    const auto daemon = [&](const RunOptions& given, const Config& config) {
      options_ = given;
      config_ = config;
      folder_was_there_ = std::filesystem::is_directory(given.state_dir);
      return code_of_daemon;
    };
    return run_demo(options, daemon, {in_, out_, err_});
  }

  RunOptions options_;
  Config config_;
  bool folder_was_there_ = false;
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(DemoCommand, GivesTheDaemonFourClustersOnLoopback) {
  EXPECT_EQ(run({}), code_of_daemon);
  std::string names;
  for (const ClusterConfig& cluster : config_.clusters) {
    names += cluster.name + " ";
    EXPECT_THAT(cluster.bootstrap, StartsWith("127.0.0.1:"));
  }
  EXPECT_EQ(names, "DEV QA STG PROD ");
  EXPECT_TRUE(options_.welcome);
  EXPECT_EQ(err_.str(), "");
}

TEST_F(DemoCommand, SaysWhoPlaysWhat) {
  run({});
  for (const ClusterPlan& cluster : cast()) {
    for (const GroupPlan& group : cluster.groups) {
      EXPECT_THAT(out_.str(), HasSubstr(group.name));
      EXPECT_THAT(out_.str(), HasSubstr(std::string(what_to_expect(group.part))));
    }
  }
}

TEST_F(DemoCommand, KeepsStateInAFolderThatIsGoneAfterwards) {
  run({});
  EXPECT_TRUE(folder_was_there_);
  EXPECT_FALSE(std::filesystem::exists(options_.state_dir)) << options_.state_dir;
}

TEST_F(DemoCommand, LeavesTheFolderAloneThatItWasGiven) {
  RunOptions options;
  options.state_dir = testing::TempDir() + "tidemark-demo-command-test";
  std::filesystem::create_directory(options.state_dir);
  run(options);
  EXPECT_EQ(options_.state_dir, options.state_dir);
  EXPECT_TRUE(std::filesystem::exists(options.state_dir));
  std::filesystem::remove_all(options.state_dir);
}

TEST(DemoOnTheCommandLine, RefusesAnAddressThatIsNone) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(run_cli({"demo", "--listen", "nonsense"}, {in, out, err}, "1"), exit_usage);
  EXPECT_THAT(err.str(), StartsWith("tidemark demo: --listen: \"nonsense\" has no port"));
}

}  // namespace
}  // namespace tidemark::demo
