#include "notifiers/outbox_queue.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tidemark {
namespace {

constexpr Duration breath = std::chrono::seconds{1};
constexpr std::uint32_t most_doublings = 20;

// Messages about the same have the same beginning: the last number counts them.
std::string line_of(const OutboxRow& row) {
  return row.message.substr(0, row.message.rfind('-')) + '\n' + row.address;
}

std::size_t bytes_of(const OutboxRow& row) {
  return row.content.size() + row.key.size() + row.address.size() + row.message.size();
}

}  // namespace

bool OutboxQueue::add(OutboxRow row) {
  const std::size_t bytes = bytes_of(row);
  const bool too_many = bytes_ + bytes > limits_.most_bytes && !entries_.empty();
  if (too_many || entries_.size() >= limits_.most) return false;
  bytes_ += bytes;
  std::string key = line_of(row);
  Line& line = lines_[key];
  if (line.entries.empty()) line.key = std::move(key);
  entries_.push_back({std::move(row), &line});
  line.entries.push_back(&entries_.back());
  return true;
}

// An end never overtakes its beginning.
bool OutboxQueue::is_first(const Entry& entry) { return entry.line->entries.front() == &entry; }

void OutboxQueue::remove(Entries::iterator entry) {
  Line& line = *entry->line;
  std::erase(line.entries, &*entry);
  if (line.entries.empty()) lines_.erase(lines_.find(line.key));
  bytes_ -= bytes_of(entry->row);
  entries_.erase(entry);
}

const OutboxRow* OutboxQueue::due(Instant now) const {
  if (now < not_before_) return nullptr;
  for (const Entry& entry : entries_) {
    if (entry.row.next <= now && is_first(entry)) return &entry.row;
  }
  return nullptr;
}

std::optional<Instant> OutboxQueue::next() const {
  std::optional<Instant> out;
  for (const Entry& entry : entries_) {
    if (!is_first(entry)) continue;
    const Instant at = std::max(entry.row.next, not_before_);
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
  const auto entry = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& each) { return each.row.id == id; });
  if (entry == entries_.end()) return {to_string(delivery.outcome), std::nullopt};
  OutboxRow& row = entry->row;
  ++row.attempts;
  if (delivery.outcome != Outcome::try_again) {
    remove(entry);
    return {to_string(delivery.outcome), std::nullopt};
  }
  if (now - row.created >= limits_.give_up_after) {
    remove(entry);
    return {"given_up", std::nullopt};
  }
  row.next = now + pause_after(row.attempts, delivery);
  not_before_ = now + std::max(breath, delivery.after.value_or(Duration{0}));
  return {to_string(delivery.outcome), row.next};
}

std::optional<Instant> OutboxQueue::oldest() const {
  if (entries_.empty()) return std::nullopt;
  return entries_.front().row.created;
}

}  // namespace tidemark
