#include "core/log.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace tidemark::log {
namespace {

class LogFile : public testing::Test {
 protected:
  LogFile() {
    folder_ = std::filesystem::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
  }
  ~LogFile() override {
    EXPECT_TRUE(configure({}).ok());
    std::filesystem::remove_all(folder_);
  }

  [[nodiscard]] std::string path() const { return folder_ / "tidemark.log"; }
  [[nodiscard]] std::string text() const {
    std::ostringstream all;
    all << std::ifstream(path()).rdbuf();
    return all.str();
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(LogFile, HoldsOneLinePerEventFromItsLevelOn) {
  Settings settings;
  settings.file = path();
  settings.level = Level::warn;
  ASSERT_TRUE(configure(settings).ok());
  info("not {}", "this");
  warn("cluster {}: {} partitions", "PROD", 7);
  EXPECT_EQ(text().find("not this"), std::string::npos);
  EXPECT_NE(text().find("warning cluster PROD: 7 partitions\n"), std::string::npos) << text();
}

TEST_F(LogFile, JsonLinesEscapeWhatTheMessageHolds) {
  Settings settings;
  settings.file = path();
  settings.json = true;
  ASSERT_TRUE(configure(settings).ok());
  info("group \"a\\b\"\n{}", 'c');
  EXPECT_NE(text().find(R"("level":"info","message":"group \"a\\b\"\u000ac"})"), std::string::npos)
      << text();
}

TEST_F(LogFile, AFileThatCannotBeOpenedIsNamed) {
  Settings settings;
  settings.file = "/dev/null/tidemark.log";
  const Status status = configure(settings);
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message.find("/dev/null/tidemark.log"), std::string::npos);
}

TEST_F(LogFile, AFullDiskIsCountedAndStopsNobody) {
  if (!std::filesystem::exists("/dev/full")) FAIL() << "/dev/full is part of every Linux";
  std::filesystem::create_symlink("/dev/full", path());
  Settings settings;
  settings.file = path();
  ASSERT_TRUE(configure(settings).ok());
  const auto before = failed_lines();
  info("this line can't be written");
  EXPECT_GT(failed_lines(), before);
}

TEST(RateLimit, PassesOnceInAWhileAndCountsTheRest) {
  RateLimit limit(std::chrono::seconds{10});
  std::chrono::steady_clock::time_point now{std::chrono::hours{1}};
  EXPECT_TRUE(limit.pass(now));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(limit.pass(now += std::chrono::seconds{1}));
  EXPECT_TRUE(limit.pass(now + std::chrono::seconds{5}));
  EXPECT_EQ(limit.suppressed(), 5U);
}

}  // namespace
}  // namespace tidemark::log
