// Events between a pipeline and the disk.
#include "daemon/state/event_queue.h"

#include <gmock/gmock.h>

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EventQueueTest : public ::testing::Test {
 protected:
  void add(std::uint64_t first, std::uint64_t last) {
    EventQueue::Events events;
    for (std::uint64_t number = first; number <= last; ++number) {
      auto event = std::make_shared<Event>();
      event->sequence = number;
      events.push_back(std::move(event));
    }
    queue_.add(std::move(events));
  }
  static std::vector<std::uint64_t> numbers(const EventQueue::Events& events) {
    std::vector<std::uint64_t> out;
    for (const auto& event : events) out.push_back(event->sequence);
    return out;
  }

  int arrivals_ = 0;
  EventQueue queue_{"PROD", 10, {4, 100'000}, [this] { ++arrivals_; }};
};

TEST_F(EventQueueTest, WhatIsTakenWaitsUntilItIsWritten) {
  add(11, 13);
  EXPECT_EQ(arrivals_, 1);
  EXPECT_THAT(numbers(queue_.take(2)), ElementsAre(11, 12));
  EXPECT_THAT(numbers(queue_.take(2)), ElementsAre(11, 12)) << "it could not be written";
  EXPECT_THAT(numbers(queue_.waiting()), ElementsAre(11, 12, 13));
  queue_.written();
  EXPECT_THAT(numbers(queue_.waiting()), ElementsAre(13));
  EXPECT_EQ(queue_.last(), 13U);
}

TEST_F(EventQueueTest, TheOldestLeaveWhenTooManyWaitButNotThoseInHand) {
  add(11, 12);
  EXPECT_THAT(numbers(queue_.take(1)), ElementsAre(11));
  add(13, 17);
  EXPECT_THAT(numbers(queue_.waiting()), ElementsAre(11, 14, 15, 16, 17));
  EXPECT_EQ(queue_.stats().dropped, 2U);
  EXPECT_EQ(queue_.stats().pushed, 7U);
  EXPECT_EQ(queue_.stats().depth, 5U);
}

TEST_F(EventQueueTest, BytesAreBoundedToo) {
  EventQueue small("PROD", 0, {100, 1'000}, [] {});
  for (std::uint64_t number = 1; number <= 5; ++number) {
    auto event = std::make_shared<Event>();
    event->sequence = number;
    event->sentence = std::string(700, 'x');
    small.add({std::move(event)});
  }
  EXPECT_THAT(numbers(small.waiting()), ElementsAre(5));
  EXPECT_EQ(small.stats().dropped, 4U);
  EXPECT_LE(small.stats().bytes, 1'000U);
}

TEST_F(EventQueueTest, WhereThereIsNowhereToWriteToNothingWaits) {
  add(11, 12);
  queue_.give_up();
  add(13, 13);
  EXPECT_THAT(numbers(queue_.waiting()), IsEmpty());
  EXPECT_EQ(queue_.stats().dropped, 3U);
  EXPECT_EQ(queue_.last(), 13U);
}

}  // namespace
}  // namespace tidemark
