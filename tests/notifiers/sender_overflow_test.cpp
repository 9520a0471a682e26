// A receiver that is away for longer than its queue is long: what is lost is counted and told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "notifiers/sender.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

using std::chrono::minutes;

class Away final : public Notifier {
 public:
  [[nodiscard]] Result<std::vector<Prepared>> prepare(const Message&) const override {
    return std::vector<Prepared>{};
  }
  [[nodiscard]] Delivery send(const Prepared&, const Attempt&) const override {
    return {here ? Outcome::delivered : otherwise, here ? "ok" : "no", {}};
  }
  bool here = false;
  Outcome otherwise = Outcome::try_again;
};

class Overflow : public testing::Test {
 public:
  Overflow() {
    limits.most = 4;
    store.open(clock.now(), clock.now());
    sender = std::make_unique<Sender>("ops", receiver, store, clock, minutes{1}, limits);
  }
  void add(int number) {
    AlertBatch batch;
    const std::string key = "thread" + std::to_string(number) + "-1";
    batch.outbox.push_back({0, "ops", key, "", "text", key, clock.now(), 0, clock.now()});
    store.write(batch);
    sender->add(batch.outbox.at(0));
  }
  static int lines(const std::string& logged, const std::string& with) {
    int out = 0;
    for (auto at = logged.find(with); at != std::string::npos; at = logged.find(with, at + 1)) {
      ++out;
    }
    return out;
  }
  void deliver_all() {
    for (int i = 0; i < 20; ++i) {
      clock.advance(minutes{10});
      while (sender->work({})) {
      }
    }
  }

  test::TemporaryFolder folder;
  test::ManualClock clock;
  OutboxLimits limits;
  Away receiver;
  AlertStore store{folder / "alerts.db"};
  std::unique_ptr<Sender> sender;
};

TEST_F(Overflow, IsToldOnceTheReceiverIsBack) {
  for (int i = 0; i < 4; ++i) add(i);
  clock.advance(minutes{1});
  const Instant first = clock.now();
  add(4);
  clock.advance(minutes{5});
  add(5);
  const Instant last = clock.now();
  EXPECT_EQ(sender->state().overflow, 2u);
  EXPECT_EQ(sender->state().dropped, 2u);
  EXPECT_FALSE(sender->take_dropped()) << "nobody is there to be told";
  receiver.here = true;
  deliver_all();
  const auto dropped = sender->take_dropped();
  ASSERT_TRUE(dropped);
  EXPECT_EQ(dropped->messages, 2u);
  EXPECT_EQ(dropped->from, first);
  EXPECT_EQ(dropped->to, last);
  EXPECT_FALSE(sender->take_dropped());
  EXPECT_EQ(sender->state().overflow, 2u);
}

TEST_F(Overflow, IsLoggedOnceAMinuteAndCountedExactly) {
  testing::internal::CaptureStderr();
  for (int i = 0; i < 104; ++i) add(i);
  clock.advance(minutes{1});
  for (int i = 104; i < 204; ++i) add(i);
  const std::string logged = testing::internal::GetCapturedStderr();
  EXPECT_EQ(lines(logged, "too much waits"), 2) << logged;
  EXPECT_THAT(logged, testing::HasSubstr("receiver ops: too much waits for it; 101 of its"));
  EXPECT_EQ(sender->state().overflow, 200u);
}

TEST_F(Overflow, MessagesThatAreRefusedOneAfterTheOtherAreLoggedOnceAMinute) {
  receiver.otherwise = Outcome::refused;
  testing::internal::CaptureStderr();
  for (int i = 0; i < 50; ++i) {
    add(i);
    sender->work({});
  }
  clock.advance(minutes{1});
  add(50);
  sender->work({});
  receiver.here = true;
  add(51);
  sender->work({});
  add(52);
  sender->work({});
  const std::string logged = testing::internal::GetCapturedStderr();
  EXPECT_EQ(lines(logged, "a message is not delivered"), 2) << logged;
  EXPECT_THAT(logged,
              testing::HasSubstr("receiver ops: a message is not delivered: no (49 before"));
  EXPECT_EQ(lines(logged, "it takes messages again"), 1) << logged;
  EXPECT_EQ(sender->state().refused, 51u);
  EXPECT_EQ(sender->state().delivered, 2u);
}

TEST_F(Overflow, IsKnownAfterARestart) {
  for (int i = 0; i < 7; ++i) add(i);
  AlertStore again(folder / "alerts.db");
  const auto was = again.open(clock.now(), clock.now());
  ASSERT_EQ(was.overflow.size(), 1u);
  EXPECT_EQ(was.overflow[0].receiver, "ops");
  EXPECT_EQ(was.overflow[0].messages, 3u);
  EXPECT_EQ(was.outbox.size(), 4u);
}

TEST_F(Overflow, OfBytesIsOneToo) {
  OutboxLimits small;
  small.most_bytes = 5000;
  OutboxQueue queue(small);
  OutboxRow row;
  row.content.assign(2000, 'x');
  EXPECT_TRUE(queue.add(row));
  EXPECT_TRUE(queue.add(row));
  EXPECT_FALSE(queue.add(row));
  EXPECT_GE(queue.bytes(), 4000u);
  queue.settle(0, {Outcome::delivered, "", {}}, clock.now());
  EXPECT_TRUE(queue.add(row));
  OutboxQueue empty(small);
  row.content.assign(9000, 'x');
  EXPECT_TRUE(empty.add(row)) << "one alone is never too large";
}

TEST_F(Overflow, TheMessageSaysHowManyAndWhen) {
  const Instant from = from_ms(1'700'000'000'000);
  const Message out = dropped_message("on call", {37, from, from + minutes{63}},
                                      "http://tidemark:8000/", from + minutes{70});
  EXPECT_THAT(out.alerts.at(0).reason, testing::HasSubstr("37 messages to on call"));
  EXPECT_THAT(out.alerts.at(0).reason, testing::HasSubstr("from 22:13 UTC to 23:16 UTC"));
  EXPECT_EQ(out.link, "http://tidemark:8000/api/v1/receivers/on%20call/deliveries");
}

}  // namespace
}  // namespace tidemark
