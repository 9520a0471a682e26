#include "core/errands.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace tidemark {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Outcome = Errands::Outcome;

TEST(Errands, AreDoneByTheThreadThatWorksAndAnswered) {
  Errands errands;
  std::thread::id done_by;
  auto answer = std::async(std::launch::async, [&] {
    return errands.ask<int>(
        [&] {
          done_by = std::this_thread::get_id();
          return 42;
        },
        seconds{30});
  });
  while (answer.wait_for(milliseconds{0}) != std::future_status::ready) {
    errands.wait(milliseconds{10});
    errands.work();
  }
  const auto got = answer.get();
  EXPECT_EQ(got.outcome, Outcome::done);
  EXPECT_EQ(got.value, 42);
  EXPECT_EQ(done_by, std::this_thread::get_id());
}

TEST(Errands, WhatIsNotBegunInTimeIsNeverDone) {
  Errands errands;
  bool done = false;
  EXPECT_EQ(errands.run([&] { done = true; }, milliseconds{1}), Outcome::not_begun);
  errands.work();
  EXPECT_FALSE(done);
}

TEST(Errands, HaveRoomForSoMany) {
  Errands errands([] {}, 2);
  int done = 0;
  EXPECT_TRUE(errands.post([&] { ++done; }));
  EXPECT_TRUE(errands.post([&] { ++done; }));
  EXPECT_FALSE(errands.post([&] { ++done; }));
  EXPECT_EQ(errands.run([&] { ++done; }, seconds{30}), Outcome::not_begun);
  errands.work();
  EXPECT_EQ(done, 2);
}

TEST(Errands, ClosingSendsThoseHomeWhoWait) {
  Errands errands;
  std::atomic<bool> done{false};
  auto answer = std::async(std::launch::async,
                           [&] { return errands.run([&] { done = true; }, seconds{30}); });
  errands.wait(seconds{30});
  errands.close();
  EXPECT_EQ(answer.get(), Outcome::not_begun);
  errands.work();
  EXPECT_FALSE(done);
  EXPECT_FALSE(errands.post([] {}));
}

TEST(Errands, KeepTheirOrderAndLoseNoneUnderManyThreads) {
  Errands errands([] {}, 10'000);
  std::atomic<int> asking{8};
  std::atomic<int> answered{0};
  int done = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 500; ++n) {
        if (errands.run([&] { ++done; }, seconds{30}) == Outcome::done) ++answered;
      }
      --asking;
    });
  }
  while (asking > 0) {
    errands.wait(milliseconds{1});
    errands.work();
  }
  EXPECT_EQ(done, 8 * 500);
  EXPECT_EQ(answered, done);
}

}  // namespace
}  // namespace tidemark
