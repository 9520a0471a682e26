// Each sentence that can be said of a partition, and the little words that depend on its numbers.
#include "evaluator/grounds.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace tidemark {
namespace {

using namespace std::chrono_literals;
using namespace grounds;

std::string said(Grounds::Facts facts) { return Grounds(std::move(facts)).text(); }

TEST(Grounds, HeldBack) {
  EXPECT_EQ(said(HeldBack{HeldBack::By::transaction, 20min, 0}),
            "a transaction that was left open hides the newest commits in the group's partition of "
            "the offsets topic, for 20 min: the status from before stands");
  EXPECT_EQ(said(HeldBack{HeldBack::By::probe, {}, 1310}),
            "1,310 records wait beyond its patience; what waits is being looked at before it is "
            "judged");
  EXPECT_EQ(said(HeldBack{}), "Tidemark is still reading what happened before its start");
}

TEST(Grounds, OldView) {
  EXPECT_EQ(said(OldView{}), "no log end of this partition was seen yet");
  EXPECT_EQ(said(OldView{OldView::Of::log_end, 45s, 30s}),
            "the log end was last seen 45 s ago, limit 30 s: the status from before stands");
  EXPECT_EQ(said(OldView{OldView::Of::offsets, 45s, 30s}),
            "the group's partition of the offsets topic was last read to its end 45 s ago, limit "
            "30 s: the status from before stands");
}

TEST(Grounds, BeyondLogEnd) {
  EXPECT_EQ(said(BeyondLogEnd{Offset{1500}, Offset{12}}),
            "committed offset 1,500 is beyond the log end 12: the topic was re-created or "
            "truncated, and the group has not committed since");
  EXPECT_EQ(said(BeyondLogEnd{Offset{1500}, {}}),
            "committed offset 1,500 was beyond the log end: the topic was re-created or truncated, "
            "and the group has not committed since");
}

TEST(Grounds, Lost) {
  EXPECT_EQ(said(Lost{1}), "retention deleted 1 record before the group read it");
  EXPECT_EQ(said(Lost{20}), "retention deleted 20 records before the group read them");
}

TEST(Grounds, Blocked) {
  EXPECT_EQ(said(Blocked{.lag = 1, .waiting = {}, .lso = {}, .lso_stands = {}}),
            "an open transaction hides the 1 record that waits");
  EXPECT_EQ(
      said(Blocked{
          .lag = 2, .waiting = Duration{40s}, .lso = Offset{10}, .lso_stands = Duration{16min}}),
      "an open transaction hides the 2 records that wait, for 40 s; the last stable offset "
      "has stood at 10 for 16 min");
}

TEST(Grounds, Silence) {
  EXPECT_EQ(
      said(Silence{
          .lag = 1, .since_commit = 340s, .waiting = {}, .patience = 5min, .abandoned = false}),
      "no commit for 340 s while 1 record waits; patience 300 s");
  EXPECT_EQ(said(Silence{.lag = 1310,
                         .since_commit = 3h,
                         .waiting = Duration{2h},
                         .patience = 5min,
                         .abandoned = true}),
            "no commit for 3 h while 1,310 records wait, for 2 h; patience 300 s; abandoned");
}

TEST(Grounds, StandingAndGoingBack) {
  EXPECT_EQ(said(Repeats{5, Offset{1500}, 8min, 5min}),
            "commits repeat offset 1,500 for 480 s while 5 records wait; patience 300 s");
  EXPECT_EQ(said(WentBack{5, Duration{3min}, Offset{1500}, Offset{20}}),
            "180 s ago the committed offset went back from 1,500 to 20 and has not recovered; 5 "
            "records wait");
  EXPECT_EQ(said(WentBack{}), "the committed offset went back");
  EXPECT_EQ(said(TopicLeft{5}),
            "no live member is assigned this partition or subscribed to its topic; 5 records wait");
}

TEST(Grounds, LateRun) {
  EXPECT_EQ(said(LateRun{5, 90s, 2min, 3s, false}),
            "falling behind: 90 s late at its newest move, 120 s at worst in this run, usual is 3 "
            "s; 5 records wait");
  EXPECT_EQ(said(LateRun{5, 90s, 2min, 3s, true}).substr(0, 12), "catching up:");
}

TEST(Grounds, WhatCouldNotBeLookedAtIsSaidLast) {
  EXPECT_EQ(Grounds(TopicLeft{1}, true).text(),
            "no live member is assigned this partition or subscribed to its topic; 1 record waits; "
            "unprobed: what waits may be control records only");
}

}  // namespace
}  // namespace tidemark
