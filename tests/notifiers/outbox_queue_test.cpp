#include "notifiers/outbox_queue.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant start = from_ms(1'700'000'000'000);

OutboxRow row(std::int64_t id, const std::string& message, const std::string& address = "") {
  OutboxRow out;
  out.id = id;
  out.message = message;
  out.address = address;
  out.created = out.next = start;
  return out;
}

const Delivery arrived{Outcome::delivered, "250 OK", std::nullopt};
const Delivery nobody{Outcome::try_again, "nobody there", std::nullopt};

TEST(OutboxQueue, GivesTheOldestFirstAndForgetsWhatArrived) {
  OutboxQueue queue;
  queue.add(row(1, "a-1"));
  queue.add(row(2, "b-1"));
  ASSERT_EQ(queue.due(start)->id, 1);
  EXPECT_EQ(queue.settle(1, arrived, start).outcome, "delivered");
  EXPECT_EQ(queue.due(start)->id, 2);
  EXPECT_EQ(queue.settle(2, {Outcome::refused, "no such number", {}}, start).again, std::nullopt);
  EXPECT_EQ(queue.due(start), nullptr);
  EXPECT_EQ(queue.size(), 0u);
}

TEST(OutboxQueue, WaitsLongerAfterEachFailureAndNeverTooLong) {
  OutboxQueue queue;
  queue.add(row(1, "a-1"));
  Instant now = start;
  Duration last{0};
  for (int i = 0; i < 15; ++i) {
    ASSERT_NE(queue.due(now), nullptr) << i;
    const auto settled = queue.settle(1, nobody, now);
    const Duration pause = *settled.again - now;
    EXPECT_LE(pause, minutes{12});
    EXPECT_GE(pause, last * 4 / 5);
    EXPECT_EQ(queue.due(*settled.again - seconds{1}), nullptr);
    last = pause;
    now = *settled.again;
  }
  EXPECT_GE(last, minutes{8});
}

TEST(OutboxQueue, HonoursWhatTheOtherSideAsksFor) {
  OutboxQueue queue;
  queue.add(row(1, "a-1"));
  queue.add(row(2, "b-1"));
  queue.settle(1, {Outcome::try_again, "429", hours{1}}, start);
  EXPECT_EQ(queue.due(start + minutes{59}), nullptr) << "neither that one nor any other";
  EXPECT_EQ(queue.next(), start + hours{1});
  EXPECT_EQ(queue.due(start + hours{1})->id, 1);
}

TEST(OutboxQueue, AFailureDoesNotHoldBackOthers) {
  OutboxQueue queue;
  queue.add(row(1, "a-1"));
  queue.add(row(2, "b-1"));
  queue.settle(1, nobody, start);
  ASSERT_NE(queue.due(start + seconds{2}), nullptr);
  EXPECT_EQ(queue.due(start + seconds{2})->id, 2);
}

TEST(OutboxQueue, AnEndNeverOvertakesItsBeginning) {
  OutboxQueue queue;
  queue.add(row(1, "a-1", "x@y"));
  queue.add(row(2, "a-2", "x@y"));
  queue.add(row(3, "a-2", "other@y"));
  queue.settle(1, nobody, start);
  EXPECT_EQ(queue.due(start + seconds{2})->id, 3);
  queue.settle(3, arrived, start + seconds{2});
  EXPECT_EQ(queue.due(start + seconds{2}), nullptr);
  ASSERT_EQ(queue.due(start + seconds{10})->id, 1);
  queue.settle(1, arrived, start + seconds{10});
  EXPECT_EQ(queue.due(start + seconds{10})->id, 2);
}

TEST(OutboxQueue, GivesUpAfterADay) {
  OutboxQueue queue;
  queue.add(row(1, "a-1"));
  EXPECT_TRUE(queue.settle(1, nobody, start + hours{23}).again);
  const auto settled = queue.settle(1, nobody, start + hours{24});
  EXPECT_EQ(settled.outcome, "given_up");
  EXPECT_EQ(queue.size(), 0u);
}

TEST(OutboxQueue, IsBounded) {
  OutboxLimits limits;
  limits.most = 2;
  OutboxQueue queue(limits);
  EXPECT_TRUE(queue.add(row(1, "a-1")));
  EXPECT_TRUE(queue.add(row(2, "b-1")));
  EXPECT_FALSE(queue.add(row(3, "c-1")));
  EXPECT_EQ(queue.oldest(), start);
}

}  // namespace
}  // namespace tidemark
