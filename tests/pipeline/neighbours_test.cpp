#include "daemon/pipeline/neighbours.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
constexpr Instant start = from_ms(1'700'000'000'000);

Standing well() {
  Standing out;
  out.well = true;
  out.brokers = {1, 2};
  return out;
}

Standing bad(Instant since) {
  Standing out;
  out.brokers = {1, 2};
  out.bad_brokers = {2};
  out.bad_topics = {{"orders", since}};
  return out;
}

TEST(Neighbours, GroupsAreCountedByTheBrokerThatTheyReadFrom) {
  Neighbours neighbours;
  neighbours.change({}, well());
  neighbours.change({}, well());
  neighbours.change({}, bad(start));
  EXPECT_EQ(neighbours.well_on(2), 2);
  EXPECT_EQ(neighbours.bad_on(2), 1);
  EXPECT_EQ(neighbours.bad_on(1), 0) << "it reads from there too, and is well there";
  EXPECT_EQ(neighbours.well_on(3), 0);
}

TEST(Neighbours, AGroupThatRecoversCountsAsWell) {
  Neighbours neighbours;
  neighbours.change({}, bad(start));
  neighbours.change(bad(start), well());
  EXPECT_EQ(neighbours.bad_on(2), 0);
  EXPECT_EQ(neighbours.well_on(2), 1);
  EXPECT_EQ(neighbours.bad_on_topic("orders", std::nullopt).groups, 0);
}

TEST(Neighbours, OnlyThoseWhoFellTogetherCountTogether) {
  Neighbours neighbours;
  neighbours.change({}, bad(start - hours{300}));
  for (int i = 0; i < 3; ++i) neighbours.change({}, bad(start + minutes{i}));
  const TogetherBad now = neighbours.bad_on_topic("orders", start + minutes{1});
  EXPECT_EQ(now.groups, 3);
  EXPECT_EQ(now.first, start);
  EXPECT_EQ(now.last, start + minutes{2});
  EXPECT_EQ(neighbours.bad_on_topic("orders", start - hours{300}).groups, 1)
      << "the one that died long ago has nothing to do with it";
  EXPECT_EQ(neighbours.bad_on_topic("orders", std::nullopt).groups, 4);
  EXPECT_EQ(neighbours.bad_on_topic("refunds", start).groups, 0);
}

TEST(Neighbours, WhatHidesGroupsFromUsIsCounted) {
  Neighbours neighbours;
  Standing hidden;
  hidden.blind = "offsets partition 17";
  neighbours.change({}, hidden);
  neighbours.change({}, hidden);
  EXPECT_EQ(neighbours.blind_for("offsets partition 17"), 2);
  neighbours.change(hidden, well());
  EXPECT_EQ(neighbours.blind_for("offsets partition 17"), 1);
  EXPECT_EQ(neighbours.blind_for("offsets partition 4"), 0);
}

}  // namespace
}  // namespace tidemark
