// Several senders at work on one file, while messages are written to it and somebody looks on. The
// same runs under ThreadSanitizer.
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "notifiers/sender.h"
#include "storage/alert_file.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

constexpr int messages = 50;  // to each receiver

// Takes everything; it may have to wait for a word first.
class Taker final : public Notifier {
 public:
  explicit Taker(std::latch* waits_for = nullptr) : waits_for_(waits_for) {}
  [[nodiscard]] Result<std::vector<Prepared>> prepare(const Message&) const override {
    return std::vector<Prepared>{};
  }
  [[nodiscard]] Delivery send(const Prepared& prepared, const Attempt&) const override {
    if (waits_for_ != nullptr) waits_for_->wait();
    taken_.push_back(prepared.content);  // by the thread of its sender alone
    arrived_.count_down();
    return {Outcome::delivered, "taken", {}};
  }
  std::vector<std::string> wait_for_all() {
    arrived_.wait();
    return taken_;
  }

 private:
  std::latch* const waits_for_;
  mutable std::vector<std::string> taken_;
  mutable std::latch arrived_{messages};
};

struct Receiver {
  Receiver(const std::string& name, AlertStore& store, const Clock& clock, std::latch* waits_for)
      : taker(waits_for), sender(name, taker, store, clock) {}

  Taker taker;
  Sender sender;
};

using Receivers = std::map<std::string, std::unique_ptr<Receiver>>;

AlertBatch batch_of(int number, const Receivers& receivers, Instant now) {
  AlertBatch out;
  for (const auto& [name, receiver] : receivers) {
    const std::string message = "m" + std::to_string(number) + "-1";
    out.outbox.push_back({0, name, message, "", std::to_string(number), message, now, 0, now});
  }
  return out;
}

TEST(Senders, SendEverythingOnceInItsOrderWhileOneOfThemHangs) {
  const test::TemporaryFolder folder;
  const SystemClock clock;
  const std::string path = folder / "alerts.db";
  std::latch others_are_done{1};
  AlertStore store(path);
  store.open(clock.now(), clock.now());
  Receivers receivers;
  for (const char* name : {"a", "b", "hangs"}) {
    const bool hangs = name == std::string{"hangs"};
    std::latch* waits_for = hangs ? &others_are_done : nullptr;
    receivers[name] = std::make_unique<Receiver>(name, store, clock, waits_for);
    receivers[name]->sender.start();
  }
  std::jthread onlooker([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      for (const auto& [name, receiver] : receivers) {
        EXPECT_LE(receiver->sender.state().delivered, static_cast<std::uint64_t>(messages));
      }
      EXPECT_EQ(store.failing(), "");
    }
  });
  std::vector<std::string> all;
  for (int number = 0; number < messages; ++number) {
    AlertBatch batch = batch_of(number, receivers, clock.now());
    store.write(batch);
    for (OutboxRow& row : batch.outbox) receivers[row.receiver]->sender.add(std::move(row));
    all.push_back(std::to_string(number));
  }
  EXPECT_EQ(receivers["a"]->taker.wait_for_all(), all);
  EXPECT_EQ(receivers["b"]->taker.wait_for_all(), all);
  others_are_done.count_down();
  EXPECT_EQ(receivers["hangs"]->taker.wait_for_all(), all);
  onlooker.request_stop();
  onlooker.join();
  receivers.clear();  // the record of the last one is written
  AlertFile file;
  ASSERT_TRUE(file.open_to_read(path).ok());
  EXPECT_TRUE(file.outbox().empty());
  EXPECT_EQ(file.deliveries("hangs", 1000).size(), static_cast<std::size_t>(messages));
}

}  // namespace
}  // namespace tidemark
