// Events outlive the process, whatever the disk does.
#include "daemon/state/event_keeper.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "storage/event_query.h"
#include "storage/state_schema.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class EventKeeperTest : public ::testing::Test {
 protected:
  EventKeeperTest() { settings_.path = folder_ / "state/state.db"; }

  void start() { keeper_ = std::make_unique<EventKeeper>(settings_, clusters_, clock_); }
  void end() {
    keeper_->finish();
    keeper_.reset();
  }
  void kill() { keeper_.reset(); }  // its thread was never started: nothing is written at the end

  // Of the first cluster, with the next number.
  void happens(int count = 1) {
    for (int i = 0; i < count; ++i) {
      auto event = std::make_shared<Event>();
      event->sequence = keeper_->queue(0).last() + 1;
      event->at = clock_.now();
      event->group = "payments";
      keeper_->queue(0).add({std::move(event)});
    }
  }
  void work() {
    while (keeper_->work()) {
    }
  }
  void pass(Duration span) {
    clock_.advance(span);
    work();
  }

  [[nodiscard]] std::vector<std::uint64_t> written(const std::string& cluster = "PROD") const {
    std::vector<std::uint64_t> out;
    auto archive = EventArchive::open(settings_.path);
    if (!archive) return out;
    auto stream = archive.value()->read(cluster, {}, {}, EventOrder::oldest_first);
    while (const auto event = stream.next()) out.push_back(event->sequence);
    return out;
  }
  [[nodiscard]] EventStatus status() const { return *keeper_->status(); }
  [[nodiscard]] std::vector<fs::path> set_aside_files() const {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(folder_ / "state")) {
      if (entry.path().string().find(".damaged-") != std::string::npos) out.push_back(entry.path());
    }
    return out;
  }
  void make_folder() const { fs::create_directories(folder_ / "state"); }

  test::TemporaryFolder folder_;
  StateFileSettings settings_;
  std::vector<std::string> clusters_{"PROD"};
  test::ManualClock clock_;
  std::unique_ptr<EventKeeper> keeper_;
};

TEST_F(EventKeeperTest, TheVeryFirstStartBeginsAtOneAndTellsNothing) {
  start();
  EXPECT_EQ(keeper_->start_of(0).last, 0U);
  EXPECT_EQ(keeper_->start_of(0).reason, "");
  EXPECT_TRUE(keeper_->start_of(0).handed_on);
  EXPECT_EQ(status().state, EventStatus::State::keeping);
}

TEST_F(EventKeeperTest, WritesWhatHappens) {
  start();
  happens(3);
  EXPECT_EQ(status().waiting, 3U);
  work();
  EXPECT_THAT(written(), ElementsAre(1, 2, 3));
  EXPECT_EQ(status().waiting, 0U);
  EXPECT_EQ(status().written, 3U);
  EXPECT_EQ(status().last, clock_.now());
  EXPECT_THAT(keeper_->waiting("PROD"), IsEmpty());
}

TEST_F(EventKeeperTest, AStormIsWrittenWhole) {
  start();
  happens(23'456);
  work();
  EXPECT_EQ(written().size(), 23'456U);
}

TEST_F(EventKeeperTest, AfterAnEndTheNumbersGoOnAndTheTimeAwayIsTold) {
  start();
  const std::uint64_t log = status().log;
  happens(7);
  end();  // writes what waits
  clock_.advance(hours{3});
  start();
  EXPECT_EQ(status().log, log) << "cursors stay valid";
  EXPECT_THAT(written(), ElementsAre(1, 2, 3, 4, 5, 6, 7));
  EXPECT_EQ(keeper_->start_of(0).last, 7U);
  EXPECT_EQ(keeper_->start_of(0).reason, "started");
  EXPECT_THAT(keeper_->start_of(0).sentence, HasSubstr("away for 3 h"));
}

TEST_F(EventKeeperTest, AfterAKillNoNumberIsGivenTwice) {
  start();
  happens(5);
  work();
  happens(5);  // told, and lost
  kill();
  clock_.advance(minutes{2});
  start();
  EXPECT_THAT(written(), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_GT(keeper_->start_of(0).last, 10U);
  EXPECT_EQ(keeper_->start_of(0).reason, "ended_without_notice");
  const std::uint64_t first = keeper_->start_of(0).last;
  kill();
  start();
  EXPECT_GT(keeper_->start_of(0).last, first) << "nothing was written meanwhile";
}

TEST_F(EventKeeperTest, WhenItWasLastAliveIsKnownToHalfAMinute) {
  start();
  for (int i = 0; i < 100; ++i) pass(seconds{10});
  kill();
  clock_.advance(hours{3});
  start();
  EXPECT_THAT(keeper_->start_of(0).sentence, HasSubstr("away for 3 h"));
}

TEST_F(EventKeeperTest, AClusterThatIsNewBeginsAtOne) {
  start();
  happens(3);
  end();
  clusters_ = {"PROD", "DEV"};
  start();
  EXPECT_EQ(keeper_->start_of(0).last, 3U);
  EXPECT_EQ(keeper_->start_of(1).last, 0U);
  EXPECT_EQ(keeper_->start_of(1).reason, "");
}

TEST_F(EventKeeperTest, ADamagedFileIsSetAsideAndANewOneBegins) {
  make_folder();
  std::ofstream(settings_.path) << std::string(20'000, 'x');
  start();
  happens(2);
  work();
  EXPECT_EQ(status().state, EventStatus::State::keeping);
  ASSERT_EQ(set_aside_files().size(), 1U);
  EXPECT_EQ(fs::file_size(set_aside_files().front()), 20'000U);
  EXPECT_EQ(keeper_->start_of(0).reason, "no_record");
  EXPECT_EQ(keeper_->start_of(0).last, static_cast<std::uint64_t>(to_ms(clock_.now())))
      << "numbers that nobody has given";
  EXPECT_EQ(written().size(), 2U);
}

TEST_F(EventKeeperTest, AFileThatIsDamagedMeanwhileIsSetAsideAndNoNumberComesAgain) {
  start();
  happens(3000);
  end();
  fs::resize_file(settings_.path, fs::file_size(settings_.path) / 3);
  start();
  happens(10);
  work();
  pass(seconds{5});
  EXPECT_EQ(status().state, EventStatus::State::keeping) << status().reason;
  EXPECT_EQ(set_aside_files().size(), 1U);
  const std::uint64_t last = keeper_->queue(0).last();
  EXPECT_EQ(written().back(), last);
  end();
  start();
  EXPECT_EQ(keeper_->start_of(0).last, last);
}

TEST_F(EventKeeperTest, AFileOfANewerVersionIsLeftAlone) {
  make_folder();
  {
    Database newer;
    auto migrations = state_migrations();
    migrations.emplace_back("CREATE TABLE what_comes_later(id INTEGER)");
    ASSERT_TRUE(newer.open({settings_.path, migrations}).ok());
  }
  const auto size = fs::file_size(settings_.path);
  start();
  happens(5);
  pass(minutes{5});
  EXPECT_EQ(status().state, EventStatus::State::off);
  EXPECT_THAT(status().reason, HasSubstr("this version of Tidemark knows"));
  EXPECT_EQ(status().lost, 5U);
  EXPECT_EQ(status().waiting, 0U);
  EXPECT_EQ(fs::file_size(settings_.path), size);
  EXPECT_THAT(set_aside_files(), IsEmpty());
}

TEST_F(EventKeeperTest, WithoutAFolderEventsWaitUntilThereIsOne) {
  std::ofstream(folder_ / "state") << "a file where the folder should be";
  start();
  EXPECT_EQ(keeper_->start_of(0).reason, "no_record");
  happens(4);
  pass(seconds{2});
  EXPECT_EQ(status().state, EventStatus::State::failing);
  EXPECT_THAT(status().reason, HasSubstr("state.db"));
  EXPECT_EQ(keeper_->waiting("PROD").size(), 4U);
  fs::remove(folder_ / "state");
  pass(minutes{1});
  EXPECT_EQ(status().state, EventStatus::State::keeping);
  EXPECT_EQ(status().waiting, 0U);
  EXPECT_EQ(status().lost, 0U);
  EXPECT_EQ(written().size(), 4U);
}

TEST_F(EventKeeperTest, TriesLessAndLessOften) {
  std::ofstream(folder_ / "state") << "a file where the folder should be";
  start();
  pass(hours{1});
  fs::remove(folder_ / "state");
  pass(seconds{1});
  EXPECT_EQ(status().state, EventStatus::State::failing) << "not yet";
  pass(seconds{30});
  EXPECT_EQ(status().state, EventStatus::State::keeping) << status().reason;
}

TEST_F(EventKeeperTest, MoreThanCanWaitIsCounted) {
  std::ofstream(folder_ / "state") << "a file where the folder should be";
  start();
  happens(100'010);
  work();
  EXPECT_EQ(status().waiting, 100'000U);
  EXPECT_EQ(status().lost, 10U);
}

TEST_F(EventKeeperTest, TheThreadWritesByItselfAndAtItsEnd) {
  start();
  keeper_->start();
  happens(2);
  keeper_->stop();
  EXPECT_THAT(written(), ElementsAre(1, 2));
  keeper_.reset();
  start();
  EXPECT_EQ(keeper_->start_of(0).reason, "started");
}

}  // namespace
}  // namespace tidemark
