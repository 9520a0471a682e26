// Sends what waits for one receiver, one thing after the other, and records how it went before it
// goes on. A thread of its own (`tell NAME`): a receiver that hangs delays nobody else.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/log.h"
#include "core/mutex.h"
#include "core/worker.h"
#include "notifiers/alert_store.h"
#include "notifiers/dropped.h"
#include "notifiers/notifier.h"
#include "notifiers/outbox_queue.h"
#include "storage/alert_status.h"

namespace tidemark {

class Sender {
 public:
  // `how`, `store` and `clock` outlive it. `timeout` is that of one attempt.
  Sender(std::string receiver, const Notifier& how, AlertStore& store, const Clock& clock,
         Duration timeout = std::chrono::seconds{30}, OutboxLimits limits = {});

  // Any thread. What there is no room for is counted and recorded as not sent.
  void add(OutboxRow row);
  // What was lost before a restart.
  void lost_before(const Dropped& dropped);
  // Any thread. What was lost and is to be told now: the receiver takes messages again. Takes it
  // once.
  std::optional<Dropped> take_dropped();
  [[nodiscard]] ReceiverState state() const;

  // From here on it works by itself.
  void start();
  void request_stop();

  // What the thread does, to be called by hand in tests: sends what is due, one thing.
  // False: nothing was.
  bool work(const std::stop_token& stop);

 private:
  void record(const OutboxRow& row, const Delivery& delivery);
  // In the state and, where it is news, in the log.
  void count(const OutboxQueue::Settled& settled, const std::string& said, Instant now)
      TM_REQUIRES(mutex_);
  void say(const OutboxQueue::Settled& settled, const std::string& said);

  const std::string receiver_;
  const Notifier& how_;
  AlertStore& store_;
  const Clock& clock_;
  const Duration timeout_;
  log::RateLimit overflow_limit_{std::chrono::minutes{1}};
  log::RateLimit failure_limit_{std::chrono::minutes{1}};
  bool told_failing_ = false;  // in the log; the sending thread's own

  mutable Mutex mutex_;
  OutboxQueue queue_ TM_GUARDED_BY(mutex_);
  ReceiverState state_ TM_GUARDED_BY(mutex_);
  Dropped dropped_ TM_GUARDED_BY(mutex_);  // and not told yet
  std::unique_ptr<Worker> thread_;
};

}  // namespace tidemark
