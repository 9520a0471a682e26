#include "core/aside.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

#include "core/urgency.h"

namespace tidemark {
namespace {

int my_nice() { return getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())); }

TEST(Aside, TheWorkIsDoneWhenTheCallReturns) {
  std::thread::id worker;
  do_aside("work", [&] { worker = std::this_thread::get_id(); });
  EXPECT_NE(worker, std::thread::id());
  EXPECT_NE(worker, std::this_thread::get_id());
}

TEST(Aside, TheWorkGivesWayAndItsCallerDoesNot) {
  const int before = my_nice();
  int inside = before;
  do_aside("work", [&] { inside = my_nice(); });
  EXPECT_EQ(inside, std::min(before + 10, 19));
  EXPECT_EQ(my_nice(), before);
}

TEST(Aside, WhatTheWorkThrowsComesOut) {
  EXPECT_THROW(do_aside("work", [] { throw std::runtime_error("no memory"); }), std::runtime_error);
}

TEST(Urgency, LongTurnsCostNoShare) {
  const int before = my_nice();
  int inside = before + 1;
  int of_a_child = before + 1;
  std::thread([&] {
    take_long_turns();
    inside = my_nice();
    std::thread([&] { of_a_child = my_nice(); }).join();
  }).join();
  EXPECT_EQ(inside, before);
  EXPECT_EQ(of_a_child, before);
}

TEST(Urgency, WhatNeverEndsPushesNobodyAsideWhenItWakes) {
  for (void (*const take_turns)() : {take_long_turns, take_longest_turns}) {
    int inside = -1;
    int of_a_child = -1;
    std::thread([&] {
      take_turns();
      inside = sched_getscheduler(0);
      std::thread([&] { of_a_child = sched_getscheduler(0); }).join();
    }).join();
    EXPECT_EQ(inside, SCHED_BATCH);
    EXPECT_EQ(of_a_child, SCHED_BATCH);
  }
}

TEST(Urgency, ThoseThatAThreadStartsGiveWayWithIt) {
  const int before = my_nice();
  int of_a_child = before;
  std::thread([&] {
    give_way();
    std::thread([&] { of_a_child = my_nice(); }).join();
  }).join();
  EXPECT_EQ(of_a_child, std::min(before + 10, 19));
}

}  // namespace
}  // namespace tidemark
