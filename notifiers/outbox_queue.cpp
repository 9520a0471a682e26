#include "notifiers/outbox_queue.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tidemark {
namespace {

constexpr Duration breath = std::chrono::seconds{1};
constexpr std::uint32_t most_doublings = 20;

// Messages about the same have the same beginning: the last number counts them.
std::string_view thread_of(const OutboxRow& row) {
  return std::string_view{row.message}.substr(0, row.message.rfind('-'));
}

}  // namespace

bool OutboxQueue::add(OutboxRow row) {
  if (rows_.size() >= limits_.most) return false;
  rows_.push_back(std::move(row));
  return true;
}

// An end never overtakes its beginning.
bool OutboxQueue::waits_for_another(std::list<OutboxRow>::const_iterator row) const {
  return std::any_of(rows_.begin(), row, [&](const OutboxRow& earlier) {
    return earlier.address == row->address && thread_of(earlier) == thread_of(*row);
  });
}

const OutboxRow* OutboxQueue::due(Instant now) const {
  if (now < not_before_) return nullptr;
  for (auto row = rows_.begin(); row != rows_.end(); ++row) {
    if (row->next <= now && !waits_for_another(row)) return &*row;
  }
  return nullptr;
}

std::optional<Instant> OutboxQueue::next() const {
  std::optional<Instant> out;
  for (auto row = rows_.begin(); row != rows_.end(); ++row) {
    if (waits_for_another(row)) continue;
    const Instant at = std::max(row->next, not_before_);
    if (!out || at < *out) out = at;
  }
  return out;
}

Duration OutboxQueue::pause_after(std::uint32_t attempts, const Delivery& delivery) {
  const std::int64_t times = std::int64_t{1} << std::min(attempts - 1, most_doublings);
  const Duration grown = std::min(limits_.first_pause * times, limits_.longest_pause);
  // So that not all come at once: four fifths to six fifths of it.
  const Duration jittered = grown * (80 + static_cast<std::int64_t>(random_() % 41)) / 100;
  return std::max(jittered, delivery.after.value_or(Duration{0}));
}

OutboxQueue::Settled OutboxQueue::settle(std::int64_t id, const Delivery& delivery, Instant now) {
  const auto row = std::find_if(rows_.begin(), rows_.end(),
                                [&](const OutboxRow& each) { return each.id == id; });
  if (row == rows_.end()) return {to_string(delivery.outcome), std::nullopt};
  ++row->attempts;
  if (delivery.outcome != Outcome::try_again) {
    rows_.erase(row);
    return {to_string(delivery.outcome), std::nullopt};
  }
  if (now - row->created >= limits_.give_up_after) {
    rows_.erase(row);
    return {"given_up", std::nullopt};
  }
  row->next = now + pause_after(row->attempts, delivery);
  not_before_ = now + std::max(breath, delivery.after.value_or(Duration{0}));
  return {to_string(delivery.outcome), row->next};
}

std::optional<Instant> OutboxQueue::oldest() const {
  if (rows_.empty()) return std::nullopt;
  return rows_.front().created;
}

}  // namespace tidemark
