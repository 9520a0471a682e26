// What a power cut may leave of state.db and history.db: cut off, or with rubbish in it, its log
// too. Whatever it is, it is opened or set aside as it is, and recording goes on.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "daemon/history/recorder.h"
#include "daemon/state/event_keeper.h"
#include "storage/event_query.h"
#include "storage/history_query.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

class TornFile : public ::testing::Test {
 protected:
  // As the disk is at this moment, into a folder of its own.
  [[nodiscard]] fs::path snapshot(const std::string& name) const {
    fs::path out = folder_ / name;
    fs::copy(folder_ / "whole", out);
    return out;
  }

  // Something of the file or of its log.
  std::string tear(const fs::path& file) {
    const fs::path log = file.string() + "-wal";
    const fs::path torn = fs::exists(log) && random_() % 2 == 0 ? log : file;
    const auto size = fs::file_size(torn);
    const auto at = random_() % size;
    if (random_() % 2 == 0) {
      fs::resize_file(torn, at);
      return torn.filename().string() + " ends at " + std::to_string(at);
    }
    std::fstream bytes(torn, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(static_cast<std::streamoff>(at));
    for (int i = 0; i < 700; ++i) bytes.put(static_cast<char>(random_()));
    return torn.filename().string() + " has rubbish at " + std::to_string(at);
  }

  // Whether a file of that name was set aside there.
  static bool set_aside_in(const fs::path& folder, const std::string& name) {
    const auto entries = fs::directory_iterator(folder);
    return std::any_of(begin(entries), end(entries), [&](const auto& entry) {
      return entry.path().filename().string().rfind(name + ".damaged-", 0) == 0;
    });
  }

  test::TemporaryFolder folder_;
  test::ManualClock clock_;
  std::mt19937 random_{17};
};

TEST_F(TornFile, OfEventsIsOpenedOrSetAside) {
  const fs::path whole = fs::path(folder_ / "whole") / "state.db";
  EventKeeper first({whole}, {"PROD"}, clock_);
  const auto happens = [&](EventKeeper& keeper, int count) {
    for (int i = 0; i < count; ++i) {
      auto event = std::make_shared<Event>();
      event->sequence = keeper.queue(0).last() + 1;
      event->at = clock_.now();
      event->group = "group-" + std::to_string(i % 50);
      event->sentence = std::string(200, 'x');
      keeper.queue(0).add({std::move(event)});
    }
    while (keeper.work()) {
    }
  };
  for (int i = 0; i < 6; ++i) happens(first, 700);  // more than the log holds
  int aside = 0;
  int newer = 0;
  for (int turn = 0; turn < 60; ++turn) {
    const fs::path folder = snapshot("torn-" + std::to_string(turn));
    const std::string what = tear(folder / "state.db");
    EventKeeper keeper({folder / "state.db"}, {"PROD"}, clock_);
    happens(keeper, 20);
    for (int i = 0; i < 3; ++i) {
      clock_.advance(seconds{40});
      happens(keeper, 20);
    }
    const EventStatus status = *keeper.status();
    if (status.state == EventStatus::State::off) {
      ++newer;  // rubbish where the version stands
      EXPECT_NE(status.reason.find("this version of Tidemark knows"), std::string::npos) << what;
      continue;
    }
    EXPECT_EQ(status.state, EventStatus::State::keeping) << what << ": " << status.reason;
    EXPECT_EQ(status.lost, 0U) << what;
    aside += set_aside_in(folder, "state.db") ? 1 : 0;
    const auto archive = EventArchive::open(folder / "state.db");
    ASSERT_TRUE(archive.ok()) << what;
    const std::uint64_t last = keeper.queue(0).last();
    auto newest = archive.value()->read("PROD", {last - 19, last}, {}, EventOrder::oldest_first);
    int found = 0;
    while (newest.next()) ++found;
    EXPECT_EQ(found, 20) << what;
    fs::remove_all(folder);
  }
  EXPECT_GT(aside, 3) << "the test tears what matters";
  EXPECT_LT(newer, 6);
}

TEST_F(TornFile, OfHistoryIsOpenedOrSetAside) {
  auto report = std::make_shared<ClusterReport>();
  report->cluster = ClusterName{"PROD"};
  report->health.caught_up = true;
  std::vector<std::shared_ptr<GroupReport>> groups;
  for (int i = 0; i < 60; ++i) {
    auto group = std::make_shared<GroupReport>();
    group->name = GroupName{"group-" + std::string(1, static_cast<char>('A' + i))};
    group->status = GroupStatus::ok;
    groups.push_back(group);
  }
  const auto record = [&](Recorder& recorder, Duration span) {
    for (Duration left = span; left > Duration{0}; left -= seconds{30}) {
      clock_.advance(seconds{30});
      auto next = std::make_shared<ClusterReport>(*report);
      for (const auto& group : groups) {
        auto changed = std::make_shared<GroupReport>(*group);
        changed->lag = static_cast<std::int64_t>(random_() % 10'000);
        next->groups.push_back(std::move(changed));
      }
      report->groups = next->groups;
      while (recorder.work()) {
      }
      report->groups = {};
    }
  };
  const auto reports = [&] { return ClusterReports{report}; };
  RecorderSettings settings;
  settings.file.path = fs::path(folder_ / "whole") / "history.db";
  Recorder first(settings, reports, clock_);
  record(first, std::chrono::hours{3});
  int aside = 0;
  for (int turn = 0; turn < 40; ++turn) {
    const fs::path folder = snapshot("torn-" + std::to_string(turn));
    const std::string what = tear(folder / "history.db");
    settings.file.path = folder / "history.db";
    Recorder recorder(settings, reports, clock_);
    record(recorder, std::chrono::minutes{5});
    const HistoryStatus status = *recorder.status();
    if (status.state == HistoryStatus::State::off) {
      EXPECT_NE(status.reason.find("this version of Tidemark knows"), std::string::npos) << what;
      continue;
    }
    EXPECT_EQ(status.state, HistoryStatus::State::recording) << what << ": " << status.reason;
    aside += set_aside_in(folder, "history.db") ? 1 : 0;
    const auto samples =
        samples_of(settings.file.path,
                   {"PROD", "group-A", clock_.now() - seconds{61}, clock_.now() + seconds{1}});
    ASSERT_TRUE(samples.ok()) << what;
    EXPECT_FALSE(samples.value().samples.empty()) << what;
    fs::remove_all(folder);
  }
  EXPECT_GT(aside, 3) << "the test tears what matters";
}

}  // namespace
}  // namespace tidemark
