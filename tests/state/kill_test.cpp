// A kill in the middle of a storm, again and again: what was written is whole, little was not, and
// no number comes twice.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <thread>

#include "daemon/state/event_keeper.h"
#include "storage/event_query.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

// Tells events as fast as it can until it is killed; writes down which number it told when. In a
// process of its own.
[[noreturn]] void storm(const std::string& path, int report) {
  const SystemClock clock;
  EventKeeper keeper({path}, {"PROD"}, clock);
  keeper.start();
  EventQueue& queue = keeper.queue(0);
  while (true) {
    EventQueue::Events events;
    for (int i = 0; i < 50; ++i) {
      auto event = std::make_shared<Event>();
      event->sequence = queue.last() + 1 + static_cast<std::uint64_t>(i);
      event->at = clock.now();
      event->group = "group-" + std::to_string(event->sequence % 5000);
      event->sentence = "no commit for 340 s while 1,310 records wait";
      events.push_back(std::move(event));
    }
    queue.add(std::move(events));
    const std::uint64_t told = queue.last();
    if (write(report, &told, sizeof told) != sizeof told) _exit(1);
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
}

// The newest number that was told by now.
std::uint64_t read_told(int report, std::uint64_t before) {
  std::uint64_t told = before;
  for (std::uint64_t next = 0; read(report, &next, sizeof next) == sizeof next;) told = next;
  return told;
}

std::vector<std::uint64_t> numbers_in(const std::string& path) {
  std::vector<std::uint64_t> out;
  auto archive = EventArchive::open(path);
  EXPECT_TRUE(archive.ok());
  if (!archive) return out;
  auto stream = archive.value()->read("PROD", {}, {}, EventOrder::oldest_first);
  while (const auto event = stream.next()) out.push_back(event->sequence);
  EXPECT_FALSE(archive.value()->failure());
  return out;
}

TEST(KilledInAStorm, WhatWasWrittenIsWholeAndNoNumberComesTwice) {
  const test::TemporaryFolder folder;
  const std::string path = folder / "state.db";
  std::uint64_t told = 0;
  for (int round = 0; round < 6; ++round) {
    int report[2];
    ASSERT_EQ(pipe(report), 0);
    const pid_t child = fork();
    if (child == 0) storm(path, report[1]);
    close(report[1]);
    // The first number of this life tells that it goes on above all before.
    std::uint64_t first = 0;
    ASSERT_EQ(read(report[0], &first, sizeof first), static_cast<ssize_t>(sizeof first));
    if (round > 0) {
      EXPECT_GT(first - 50, told) << round;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{300 + 130 * round});
    kill(child, SIGKILL);
    ASSERT_EQ(waitpid(child, nullptr, 0), child);
    told = read_told(report[0], first);
    close(report[0]);
    const auto written = numbers_in(path);
    ASSERT_FALSE(written.empty());
    EXPECT_LE(written.back(), told);
    // All of this life up to the last that is there.
    const auto from = std::lower_bound(written.begin(), written.end(), first - 49);
    EXPECT_EQ(static_cast<std::uint64_t>(written.end() - from), written.back() - (first - 50))
        << "no hole in what is there";
  }
}

}  // namespace
}  // namespace tidemark
