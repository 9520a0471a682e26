#include "notifiers/outbox_queue.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

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

TEST(OutboxQueue, IsBoundedInBytesAndTakesOneThatIsTooLongByItself) {
  OutboxLimits limits;
  limits.most_bytes = 1000;
  OutboxQueue queue(limits);
  OutboxRow big = row(1, "a-1");
  big.content = std::string(2000, 'x');
  EXPECT_TRUE(queue.add(big));
  EXPECT_FALSE(queue.add(row(2, "b-1")));
  queue.settle(1, arrived, start);
  EXPECT_TRUE(queue.add(row(3, "c-1")));
}

// The same rules in the plainest words: whoever has an earlier one of its kind before it waits.
class PlainQueue {
 public:
  void add(const OutboxRow& row) { rows_.push_back(row); }
  [[nodiscard]] std::optional<std::int64_t> due(Instant now) const {
    if (now < not_before_) return std::nullopt;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].next <= now && !waits(i)) return rows_[i].id;
    }
    return std::nullopt;
  }
  void settle(std::int64_t id, std::optional<Instant> again, Instant now) {
    for (auto row = rows_.begin(); row != rows_.end(); ++row) {
      if (row->id != id) continue;
      if (again) {
        row->next = *again;
        not_before_ = now + seconds{1};
      } else {
        rows_.erase(row);
      }
      return;
    }
  }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }

 private:
  [[nodiscard]] bool waits(std::size_t of) const {
    for (std::size_t i = 0; i < of; ++i) {
      const bool same = rows_[i].message[0] == rows_[of].message[0];
      if (same && rows_[i].address == rows_[of].address) return true;
    }
    return false;
  }

  std::vector<OutboxRow> rows_;
  Instant not_before_;
};

TEST(OutboxQueueProperty, GivesWhatAPlainModelGives) {
  std::minstd_rand random(7);
  OutboxQueue queue;
  PlainQueue plain;
  Instant now = start;
  int delivered = 0;
  for (int step = 0; step < 20'000; ++step) {
    now += seconds{random() % 3};
    if (random() % 3 == 0) {
      const std::string message{static_cast<char>('a' + random() % 6)};
      OutboxRow next = row(step, message + "-" + std::to_string(step), random() % 2 ? "x" : "y");
      next.created = next.next = now;
      queue.add(next);
      plain.add(next);
    }
    const OutboxRow* due = queue.due(now);
    ASSERT_EQ(due != nullptr ? std::optional(due->id) : std::nullopt, plain.due(now)) << step;
    ASSERT_EQ(queue.size(), plain.size());
    if (due == nullptr) continue;
    const std::int64_t id = due->id;
    const bool arrives = random() % 4 != 0;
    const auto settled = queue.settle(id, arrives ? arrived : nobody, now);
    plain.settle(id, settled.again, now);
    delivered += arrives ? 1 : 0;
  }
  EXPECT_GT(delivered, 3000);
}

}  // namespace
}  // namespace tidemark
