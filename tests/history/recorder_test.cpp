#include "daemon/history/recorder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "storage/history_query.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant noon = from_ms(1'700'000'000'000 / 86'400'000 * 86'400'000) + hours(12);

class RecorderTest : public testing::Test {
 protected:
  RecorderTest() {
    settings_.file.path = folder_ / "history.db";
    restart();
  }

  void restart() {
    recorder_ = std::make_unique<Recorder>(
        settings_, [this] { return ClusterReports{report_}; }, clock_);
  }

  // The cluster as it is from now on: lags of groups.
  void groups(const std::vector<std::pair<std::string, std::int64_t>>& lags,
              bool caught_up = true) {
    auto report = std::make_shared<ClusterReport>();
    report->cluster = ClusterName{"PROD"};
    report->health.caught_up = caught_up;
    for (const auto& [name, lag] : lags) {
      auto group = std::make_shared<GroupReport>();
      group->name = GroupName{name};
      group->status = GroupStatus::ok;
      group->lag = lag;
      report->groups.push_back(std::move(group));
    }
    report_ = std::move(report);
  }

  void pass(Duration span) {
    for (Duration left = span; left > Duration{0}; left -= seconds(10)) {
      clock_.advance(seconds(10));
      while (recorder_->work()) {
      }
    }
  }

  [[nodiscard]] std::vector<GroupSample> history(const std::string& group) const {
    const auto found =
        samples_of(settings_.file.path, {"PROD", group, noon - hours(24), noon + hours(48)});
    EXPECT_TRUE(found.ok());
    return found.ok() ? found.value().samples : std::vector<GroupSample>{};
  }
  [[nodiscard]] std::vector<std::int64_t> lags(const std::string& group) const {
    std::vector<std::int64_t> out;
    for (const GroupSample& each : history(group)) out.push_back(each.totals.lag.value_or(-1));
    return out;
  }
  [[nodiscard]] HistoryStatus status() const { return *recorder_->status(); }

  test::TemporaryFolder folder_;
  RecorderSettings settings_;
  test::ManualClock clock_{noon};
  std::shared_ptr<const ClusterReport> report_ = std::make_shared<ClusterReport>();
  std::unique_ptr<Recorder> recorder_;
};

using Lags = std::vector<std::int64_t>;

TEST_F(RecorderTest, LooksAtEachInterval) {
  groups({{"a", 1}});
  pass(seconds(30));
  groups({{"a", 2}});
  pass(seconds(60));
  const auto seen = history("a");
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen[0].at, noon + seconds(30));
  EXPECT_EQ(seen[2].at, noon + seconds(90));
  EXPECT_EQ(lags("a"), (Lags{1, 2, 2}));
  EXPECT_EQ(status().state, HistoryStatus::State::recording);
  EXPECT_EQ(status().last, noon + seconds(90));
  EXPECT_EQ(status().samples, 3U);
}

TEST_F(RecorderTest, AClusterThatIsNotReadYetIsNotWrittenDown) {
  groups({{"a", 1}}, false);
  pass(seconds(60));
  EXPECT_TRUE(history("a").empty());
}

TEST_F(RecorderTest, GroupsThatLeaveAreGoneAndMayComeBack) {
  groups({{"a", 1}, {"b", 5}});
  pass(seconds(30));
  groups({{"a", 1}});
  pass(seconds(30));
  groups({{"a", 1}, {"b", 6}});
  pass(seconds(30));
  const auto seen = history("b");
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_TRUE(seen[1].gone);
  EXPECT_FALSE(seen[2].gone);
  EXPECT_EQ(seen[2].totals.lag, 6);
}

TEST_F(RecorderTest, ARestartLosesNothingThatWasWritten) {
  groups({{"a", 1}});
  pass(seconds(60));
  restart();
  pass(seconds(60));
  EXPECT_GE(history("a").size(), 3U);
}

TEST_F(RecorderTest, HoursArePackedMeanwhile) {
  groups({{"a", 1}});
  pass(hours(3));
  EXPECT_GE(history("a").size(), 358U);
  const auto hour =
      totals_of(settings_.file.path, {"PROD", "a", noon, noon + hours(4)}, TotalsLength::one_hour);
  ASSERT_TRUE(hour.ok());
  EXPECT_GE(hour.value().size(), 2U);
}

TEST_F(RecorderTest, ADamagedFileIsSetAsideAndANewOneBegins) {
  std::ofstream(settings_.file.path) << std::string(20'000, 'x');
  groups({{"a", 1}});
  pass(minutes(2));
  EXPECT_FALSE(history("a").empty());
  int aside = 0;
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    if (entry.path().string().find("history.db.damaged-") == std::string::npos) continue;
    ++aside;
    EXPECT_EQ(entry.file_size(), 20'000U);
  }
  EXPECT_EQ(aside, 1);
  EXPECT_EQ(status().state, HistoryStatus::State::recording);
}

TEST_F(RecorderTest, AFileOfANewerVersionIsLeftAlone) {
  {
    Database newer;
    ASSERT_TRUE(newer
                    .open({settings_.file.path,
                           {"SELECT 1", "SELECT 2", "SELECT 3", "SELECT 4", "SELECT 5", "SELECT 6",
                            "SELECT 7"}})
                    .ok());
  }
  groups({{"a", 1}});
  pass(minutes(2));
  EXPECT_EQ(status().state, HistoryStatus::State::off);
  EXPECT_NE(status().reason.find("history.db has schema 7"), std::string::npos) << status().reason;
}

TEST_F(RecorderTest, AFolderThatIsNotThereYetIsTriedAgain) {
  std::ofstream(folder_ / "file") << "no folder";
  settings_.file.path = folder_ / "file/history.db";
  restart();
  groups({{"a", 1}});
  pass(minutes(1));
  EXPECT_EQ(status().state, HistoryStatus::State::failing);
  fs::remove(folder_ / "file");
  pass(minutes(2));
  EXPECT_EQ(status().state, HistoryStatus::State::recording);
  EXPECT_FALSE(history("a").empty());
}

TEST_F(RecorderTest, AClockThatIsSetBackLeavesAnOrderedHistory) {
  groups({{"a", 1}});
  pass(minutes(5));
  clock_.set_by(-minutes(3));
  groups({{"a", 2}});
  pass(minutes(5));
  Instant before = noon;
  for (const GroupSample& each : history("a")) {
    EXPECT_GT(each.at, before);
    before = each.at;
  }
  EXPECT_EQ(lags("a").back(), 2);
}

}  // namespace
}  // namespace tidemark
