#include "notifiers/sender.h"

#include <chrono>
#include <functional>
#include <utility>

namespace tidemark {
namespace {

constexpr std::chrono::milliseconds look_every{200};

std::uint32_t seed_of(const std::string& receiver, Instant now) {
  return static_cast<std::uint32_t>(std::hash<std::string>{}(receiver) ^
                                    static_cast<std::size_t>(to_ms(now)));
}

}  // namespace

Sender::Sender(std::string receiver, const Notifier& how, AlertStore& store, const Clock& clock,
               Duration timeout, OutboxLimits limits)
    : receiver_(std::move(receiver)),
      how_(how),
      store_(store),
      clock_(clock),
      timeout_(timeout),
      queue_(limits, seed_of(receiver_, clock.now())) {
  state_.receiver = receiver_;
}

void Sender::add(OutboxRow row) {
  const std::int64_t id = row.id;
  const Instant now = clock_.now();
  const DeliveryRow lost{receiver_,
                         row.message,
                         row.address,
                         now,
                         "overflow",
                         row.attempts + 1,
                         "too much waits for this receiver"};
  std::uint64_t many = 0;
  {
    const MutexLock lock(mutex_);
    if (queue_.add(std::move(row))) return;
    ++state_.overflow;
    dropped_.add(now);
    many = dropped_.messages;
  }
  if (overflow_limit_.pass(clock_.steady())) {
    log::error("receiver {}: too much waits for it; {} of its messages are lost", receiver_, many);
  }
  store_.record(id, lost, std::nullopt);
}

void Sender::lost_before(const Dropped& dropped) {
  const MutexLock lock(mutex_);
  dropped_ = dropped;
}

std::optional<Dropped> Sender::take_dropped() {
  const MutexLock lock(mutex_);
  const bool back = state_.last_delivered && *state_.last_delivered >= dropped_.to;
  if (dropped_.messages == 0 || !back || !queue_.has_room()) return std::nullopt;
  return std::exchange(dropped_, {});
}

ReceiverState Sender::state() const {
  const MutexLock lock(mutex_);
  ReceiverState out = state_;
  out.waiting = queue_.size();
  out.waiting_bytes = queue_.bytes();
  out.oldest = queue_.oldest();
  out.dropped = dropped_.messages;
  if (dropped_.messages > 0) out.dropped_from = dropped_.from;
  if (dropped_.messages > 0) out.dropped_to = dropped_.to;
  return out;
}

bool Sender::work(const std::stop_token& stop) {
  std::optional<OutboxRow> row;
  {
    const MutexLock lock(mutex_);
    if (const OutboxRow* due = queue_.due(clock_.now())) row = *due;
  }
  if (!row) return false;
  const Attempt attempt{clock_.now() + clock_.step(), timeout_, stop};
  const Delivery delivery = how_.send({row->address, row->content, row->key}, attempt);
  // It was we who broke it off: the next start sends it at once.
  if (delivery.outcome == Outcome::try_again && stop.stop_requested()) return false;
  record(*row, delivery);
  return true;
}

void Sender::count(const OutboxQueue::Settled& settled, const std::string& said, Instant now) {
  if (settled.outcome == "delivered") {
    ++state_.delivered;
    state_.last_delivered = now;
    state_.last_failure.clear();
    return;
  }
  ++(settled.again                  ? state_.failed
     : settled.outcome == "refused" ? state_.refused
                                    : state_.given_up);
  state_.last_failure = said;
}

void Sender::say(const OutboxQueue::Settled& settled, const std::string& said) {
  if (settled.outcome == "delivered") {
    if (std::exchange(told_failing_, false)) {
      log::info("receiver {}: it takes messages again", receiver_);
    }
    return;
  }
  const bool news = !settled.again || !told_failing_;
  if (!news || !failure_limit_.pass(clock_.steady())) return;
  told_failing_ = true;
  log::warn("receiver {}: a message is {}: {} ({} before)", receiver_,
            settled.again ? "tried again later" : "not delivered", said,
            failure_limit_.suppressed());
}

void Sender::record(const OutboxRow& row, const Delivery& delivery) {
  const Instant now = clock_.now();
  OutboxQueue::Settled settled;
  {
    const MutexLock lock(mutex_);
    settled = queue_.settle(row.id, delivery, now);
    count(settled, delivery.said, now);
  }
  say(settled, delivery.said);
  store_.record(row.id,
                {receiver_, row.message, row.address, now, std::string{settled.outcome},
                 row.attempts + 1, delivery.said},
                settled.again);
}

void Sender::start() {
  thread_ = std::make_unique<Worker>("tell " + receiver_, [this](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      if (!work(stop) && stopped_within(stop, look_every)) return;
    }
  });
}

void Sender::request_stop() {
  if (thread_) thread_->request_stop();
}

}  // namespace tidemark
