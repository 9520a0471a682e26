#include "collectors/link_tracker.h"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t most_causes = 3;

bool same(const LinkSeen& a, const LinkSeen& b) {
  return a.state == b.state && a.problem == b.problem && a.resource == b.resource &&
         a.right == b.right;
}

bool refuses_us(const KafkaError& error) {
  return error.fault == KafkaFault::authentication || error.fault == KafkaFault::tls ||
         (error.fault == KafkaFault::bad_settings && error.message.starts_with('s'));  // ssl, sasl
}

LinkSeen missing_right(const std::string& right) {
  return {LinkState::not_authorized,
          fmt::format("the right {} on topic __consumer_offsets is missing", right),
          "Topic __consumer_offsets", right};
}

}  // namespace

bool LinkTracker::noticed(const KafkaError& error) {
  if (!error.lost()) return false;
  const MutexLock lock(mutex_);
  if (error.fault != KafkaFault::all_down) {
    causes_[error.address] = error;
    return false;
  }
  if (!up_) up_ = false;
  return *up_;
}

void LinkTracker::answered() {
  const MutexLock lock(mutex_);
  up_ = true;
  causes_.clear();
}

void LinkTracker::failed(const KafkaError& error) {
  const MutexLock lock(mutex_);
  up_ = false;
  // Without an address it only says that there is no connection.
  if (error.fault == KafkaFault::bad_settings) causes_[error.address] = error;
}

void LinkTracker::offsets_topic_is(OffsetsTopicAccess access) {
  const MutexLock lock(mutex_);
  access_ = access;
}

void LinkTracker::reading_allowed(bool allowed) {
  const MutexLock lock(mutex_);
  may_read_ = allowed;
}

std::optional<LinkSeen> LinkTracker::take_change() {
  const MutexLock lock(mutex_);
  LinkSeen now = state();
  if (told_ && same(*told_, now)) return std::nullopt;
  told_ = now;
  return now;
}

LinkSeen LinkTracker::state() const {
  if (!up_) return {};
  if (!*up_) return down();
  if (access_ == OffsetsTopicAccess::no_describe) return missing_right("Describe");
  if (access_ == OffsetsTopicAccess::missing) {
    return {LinkState::waiting_for_topic,
            "the topic __consumer_offsets does not exist yet: no group has ever committed",
            {},
            {}};
  }
  if (!may_read_) return missing_right("Read");
  return {LinkState::connected, {}, {}, {}};
}

LinkSeen LinkTracker::down() const {
  const bool refused = std::any_of(causes_.begin(), causes_.end(),
                                   [](const auto& each) { return refuses_us(each.second); });
  LinkSeen seen;
  seen.state = refused ? LinkState::authentication_failed : LinkState::unreachable;
  std::size_t told = 0;
  for (const auto& [address, error] : causes_) {
    if (refused && !refuses_us(error)) continue;
    if (told++ == most_causes) break;
    seen.problem += (seen.problem.empty() ? "" : "; ") + cause_of(error);
  }
  if (seen.problem.empty()) {
    seen.problem = fmt::format(
        "no broker answers at {}; is it a listener of Kafka, and for this security.protocol?",
        bootstrap_);
  }
  return seen;
}

}  // namespace tidemark
