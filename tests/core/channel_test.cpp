#include "core/channel.h"

#include <gtest/gtest.h>

#include <thread>

namespace tidemark {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds at_once{0};
constexpr milliseconds hang_guard{10'000};
constexpr std::size_t plenty = 1'000'000;

TEST(Channel, GivesEverythingInTheOrderItCame) {
  Channel<int> channel("inlet", {10, plenty});
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(channel.push(i, {1, 0}, at_once));
  EXPECT_EQ(channel.take(at_once), (std::vector<int>{0, 1, 2}));
  EXPECT_TRUE(channel.take(at_once).empty());
}

TEST(Channel, RefusesWhatDoesNotFitAndCountsIt) {
  Channel<int> channel("inlet", {10, plenty});
  EXPECT_TRUE(channel.push(1, {8, 0}, at_once));
  EXPECT_FALSE(channel.push(2, {3, 0}, at_once));
  const ChannelStats stats = channel.stats();
  EXPECT_EQ(stats.name, "inlet");
  EXPECT_EQ(stats.depth, 1U);
  EXPECT_EQ(stats.weight, 8U);
  EXPECT_EQ(stats.capacity, 10U);
  EXPECT_EQ(stats.pushed, 1U);
  EXPECT_EQ(stats.dropped, 1U);
  EXPECT_EQ(stats.waited, 1U);
}

TEST(Channel, IsBoundedInBytesAsInItems) {
  Channel<int> channel("inlet", {10, 1000});
  EXPECT_TRUE(channel.push(1, {1, 700}, at_once));
  EXPECT_FALSE(channel.push(2, {1, 301}, at_once));
  EXPECT_TRUE(channel.push(3, {1, 300}, at_once));
  ChannelStats stats = channel.stats();
  EXPECT_EQ(stats.bytes, 1000U);
  EXPECT_EQ(stats.capacity_bytes, 1000U);
  EXPECT_EQ(stats.weight, 2U);
  EXPECT_EQ(channel.take(at_once).size(), 2U);
  EXPECT_EQ(channel.stats().bytes, 0U);
}

TEST(Channel, TellsHowLongItsSendersHaveWaited) {
  Channel<int> channel("inlet", {1, plenty});
  ASSERT_TRUE(channel.push(1, {1, 0}, at_once));
  EXPECT_EQ(channel.stats().waited_for.count(), 0);
  int second = 2;
  EXPECT_FALSE(channel.offer(second, {1, 0}, milliseconds{20}));
  EXPECT_FALSE(channel.offer(second, {1, 0}, milliseconds{20}, true));
  EXPECT_GE(channel.stats().waited_for, milliseconds{40});
  EXPECT_EQ(channel.stats().waited, 1U) << "one send, tried twice";
}

TEST(Channel, WhatIsOfferedInVainStaysWithTheSender) {
  Channel<std::string> channel("inlet", {1, plenty});
  ASSERT_TRUE(channel.push("first", {1, 0}, at_once));
  std::string second = "second";
  EXPECT_FALSE(channel.offer(second, {1, 0}, at_once));
  EXPECT_EQ(second, "second");
  EXPECT_EQ(channel.stats().dropped, 0U);
  channel.take(at_once);
  EXPECT_TRUE(channel.offer(second, {1, 0}, at_once));
  EXPECT_EQ(channel.take(at_once), (std::vector<std::string>{"second"}));
}

TEST(Channel, AnItemHeavierThanTheWholePassesAlone) {
  Channel<int> channel("inlet", {10, plenty});
  EXPECT_TRUE(channel.push(1, {500, 0}, at_once));
  EXPECT_FALSE(channel.push(2, {1, 0}, at_once));
  EXPECT_EQ(channel.take(at_once).size(), 1U);
}

TEST(Channel, ASenderWaitsForRoomAndLosesNothing) {
  Channel<int> channel("inlet", {1, plenty});
  constexpr int count = 1000;
  std::jthread sender([&] {
    for (int i = 0; i < count; ++i) EXPECT_TRUE(channel.push(i, {1, 0}, hang_guard));
  });
  std::vector<int> seen;
  while (seen.size() < count) {
    for (const int item : channel.take(hang_guard)) seen.push_back(item);
  }
  for (int i = 0; i < count; ++i) EXPECT_EQ(seen[static_cast<std::size_t>(i)], i);
  EXPECT_EQ(channel.stats().dropped, 0U);
}

TEST(Channel, ASenderOfMuchIsNotPassedByOthersForEver) {
  Channel<int> channel("inlet", {10, plenty});
  ASSERT_TRUE(channel.push(1, {1, 0}, at_once));
  std::jthread heavy([&] { EXPECT_TRUE(channel.push(2, {10, 0}, hang_guard)); });
  while (channel.stats().waited == 0) std::this_thread::yield();
  EXPECT_FALSE(channel.push(3, {1, 0}, at_once)) << "there is room, but it came later";
  EXPECT_EQ(channel.take(at_once), std::vector<int>{1});
  heavy.join();
  EXPECT_EQ(channel.take(at_once), std::vector<int>{2});
}

TEST(Channel, ClosingWakesASenderThatWaits) {
  Channel<int> channel("inlet", {1, plenty});
  ASSERT_TRUE(channel.push(1, {1, 0}, at_once));
  std::jthread sender([&] { EXPECT_FALSE(channel.push(2, {1, 0}, hang_guard)); });
  channel.close();
  sender.join();
  EXPECT_TRUE(channel.closed());
  EXPECT_EQ(channel.take(at_once).size(), 1U) << "what was inside can still be taken";
}

TEST(Channel, AReceiverIsWokenWithoutAnItem) {
  Channel<int> channel("inlet", {1, plenty});
  std::jthread other([&] { channel.wake(); });
  EXPECT_TRUE(channel.take(hang_guard).empty());
  EXPECT_FALSE(channel.closed());
}

TEST(Channel, ClosingWakesTheReceiver) {
  Channel<int> channel("inlet", {1, plenty});
  std::jthread closer([&] { channel.close(); });
  EXPECT_TRUE(channel.take(hang_guard).empty());
}

}  // namespace
}  // namespace tidemark
