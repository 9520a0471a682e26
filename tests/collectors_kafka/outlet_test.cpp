#include "collectors/outlet.h"

#include <gtest/gtest.h>

#include <thread>

namespace tidemark {
namespace {

using std::chrono::milliseconds;
constexpr Load one{1, 1'000'000};

TEST(Outlet, WaitsForRoomAsLongAsItTakesAndLosesNothing) {
  Channel<Observation> inlet("inlet", one);
  Outlet outlet("PROD", inlet);
  ASSERT_TRUE(outlet.send(LinkSeen{}, {}));
  std::atomic<bool> sent{false};
  std::jthread sender([&](const std::stop_token& stop) {
    sent = outlet.send(CatchUpGoal{{{0, Offset{1}}}, {}}, stop);
  });
  while (inlet.stats().waited_for.count() == 0) std::this_thread::yield();  // it has tried again
  EXPECT_EQ(inlet.take(milliseconds{0}).size(), 1U);
  sender.join();
  EXPECT_TRUE(sent);
  const auto rest = inlet.take(milliseconds{0});
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(std::get<CatchUpGoal>(rest[0]).begin.size(), 1U) << "untouched by the first tries";
  EXPECT_EQ(inlet.stats().dropped, 0U);
}

TEST(Outlet, GivesUpOnlyForAStopRequestOrAClosedInlet) {
  Channel<Observation> inlet("inlet", one);
  Outlet outlet("PROD", inlet);
  ASSERT_TRUE(outlet.send(LinkSeen{}, {}));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(outlet.send(LinkSeen{}, stop.get_token()));
  inlet.close();
  EXPECT_FALSE(outlet.send(LinkSeen{}, {}));
}

TEST(Outlet, AddsUpWhatItsThreadsCount) {
  Channel<Observation> inlet("inlet", one);
  Outlet outlet("PROD", inlet);
  outlet.failed("metadata", "timed out");
  outlet.failed("metadata", "timed out");
  outlet.count({5, {{"short_key", 1}}, {{"Unknown", 2}}, {}});
  outlet.count({7, {{"short_key", 1}, {"short_value", 1}}, {}, {}});
  const CollectorCounters counters = outlet.counters();
  EXPECT_EQ(counters.errors.at("metadata"), 2U);
  EXPECT_EQ(counters.records_read, 12U);
  EXPECT_EQ(counters.decode_errors.at("short_key"), 2U);
  EXPECT_EQ(counters.decode_errors.at("short_value"), 1U);
  EXPECT_EQ(counters.skipped_records.at("Unknown"), 2U);
}

}  // namespace
}  // namespace tidemark
