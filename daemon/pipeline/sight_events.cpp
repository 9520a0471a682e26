#include "daemon/pipeline/sight_events.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "daemon/ranges.h"
#include "evaluator/words.h"

namespace tidemark {
namespace {

constexpr Duration least_pause = std::chrono::seconds{10};  // a long tick is none
constexpr Duration least_step = std::chrono::seconds{5};    // clocks are slewed all the time

// Null: the link is fine, or nothing is known yet.
std::optional<std::string_view> trouble(LinkState state) {
  switch (state) {
    case LinkState::unreachable:
      return "unreachable";
    case LinkState::authentication_failed:
      return "authentication_failed";
    case LinkState::not_authorized:
      return "not_authorized";
    case LinkState::connecting:
    case LinkState::connected:
    case LinkState::waiting_for_topic:
      break;
  }
  return std::nullopt;
}

std::string subject_of(const SightEvents::Partitions& which) {
  return (which.size() == 1 ? "offsets partition " : "offsets partitions ") + ranges(which);
}

std::string groups_of(std::size_t count) {
  return count == 1 ? "1 group is"
                    : words::number(static_cast<std::int64_t>(count)) + " groups are";
}

std::string leader_of(std::int32_t broker) {
  return broker < 0 ? "log ends without a leader" : "log ends of broker " + std::to_string(broker);
}

std::string unseen_sentence(const StaleLogEnds::Leader& of, Instant broker_now) {
  return (of.partitions == 1
              ? "the log end of 1 partition was"
              : "the log ends of " + words::number(of.partitions) + " partitions were") +
         " last seen " + words::span(broker_now - of.oldest) +
         " ago: the status from before stands where it is needed";
}

}  // namespace

std::uint64_t StaleLogEnds::count() const {
  std::uint64_t out = 0;
  for (const auto& [leader, of] : leaders) out += static_cast<std::uint64_t>(of.partitions);
  return out;
}

void SightEvents::tell(EventKind kind, std::string subject, std::string reason,
                       std::string sentence, Instant at) {
  Event event;
  event.at = at;
  event.kind = kind;
  event.subject = std::move(subject);
  event.reason = std::move(reason);
  event.sentence = std::move(sentence);
  log_.add(std::move(event));
}

void SightEvents::look(const ClusterHealth& health, const Partitions& starting,
                       const CountGroups& groups_in, Instant now) {
  look_for_pause(now);
  look_at_link(health.link, now);
  const Partitions unreadable = this->unreadable(health, starting, now);
  Partitions held;
  Partitions unread;
  for (const std::int32_t each : unreadable) {
    if (!unreadable_.try_emplace(each, now).second) continue;
    (health.held_offsets_partitions.contains(each) ? held : unread).push_back(each);
  }
  if (!held.empty()) tell_unreadable(held, "held_by_transaction", groups_in(held), now);
  if (!unread.empty()) tell_unreadable(unread, "not_read", groups_in(unread), now);
  if (unreadable_.size() > unreadable.size()) tell_readable(unreadable, groups_in, now);
}

// Stale ones. One whose start-up read has just ended is given time to be read to a newer end.
SightEvents::Partitions SightEvents::unreadable(const ClusterHealth& health,
                                                const Partitions& starting, Instant now) {
  for (const std::int32_t each : starting) young_.insert_or_assign(each, now);
  const Partitions& stale = health.stale_offsets_partitions;
  if (!std::exchange(looked_, true)) {
    for (const std::int32_t each : stale) young_.insert_or_assign(each, now);
  }
  const auto in = [](const Partitions& sorted, std::int32_t each) {
    return std::binary_search(sorted.begin(), sorted.end(), each);
  };
  std::erase_if(young_, [&](const auto& each) {
    return !in(stale, each.first) || now - each.second > 3 * refresh_;
  });
  Partitions out;
  std::copy_if(stale.begin(), stale.end(), std::back_inserter(out),
               [&](std::int32_t each) { return !young_.contains(each); });
  return out;
}

void SightEvents::tell_readable(const Partitions& unreadable, const CountGroups& groups_in,
                                Instant now) {
  Partitions back;
  Instant since = now;
  for (const auto& [partition, from] : unreadable_) {
    if (std::binary_search(unreadable.begin(), unreadable.end(), partition)) continue;
    back.push_back(partition);
    since = std::min(since, from);
  }
  for (const std::int32_t each : back) unreadable_.erase(each);
  tell(EventKind::sight_back, subject_of(back), "read_again",
       "read to their end again after " + words::span(now - since) + ": " +
           groups_of(groups_in(back)) + " judged anew",
       now);
}

void SightEvents::tell_unreadable(const Partitions& which, const std::string& reason,
                                  std::size_t groups, Instant now) {
  const std::string what =
      reason == "not_read"
          ? "not read to their end"
          : "held back by a transaction that was left open: commits behind it are hidden";
  tell(EventKind::blind, subject_of(which), reason,
       what + "; " + groups_of(groups) + " not judged until that ends", now);
}

void SightEvents::look_for_pause(Instant now) {
  const auto last = std::exchange(last_look_, now);
  if (!last) return;
  const Duration gap = now - *last;
  if (gap > std::max(least_pause, 3 * refresh_)) {
    paused_ = true;
    tell(EventKind::blind, "this process", "paused",
         "did nothing for " + words::span(gap) + ": it was stopped, or its machine slept", now);
  } else if (std::exchange(paused_, false)) {
    tell(EventKind::sight_back, "this process", "running", "it looks at the cluster again", now);
  }
}

void SightEvents::look_at_clock(Duration step, Instant now) {
  if (std::exchange(clock_set_, false)) {
    tell(EventKind::sight_back, "this machine's clock", "clock_set",
         "time is counted on from the start of the process, so no verdict changes by it", now);
  }
  const Duration moved = step - clock_step_;
  if (std::chrono::abs(moved) < least_step) return;
  clock_step_ = step;
  clock_set_ = true;
  tell(EventKind::blind, "this machine's clock", "clock_set",
       std::string("it was set ") + (moved > Duration{0} ? "forward" : "back") + " by " +
           words::span(std::chrono::abs(moved)),
       now);
}

void SightEvents::look_at_link(const LinkSeen& link, Instant now) {
  const auto word = trouble(link.state);
  if (word) {
    if (lost_link_ == link.state) return;
    if (!lost_link_) link_lost_at_ = now;
    lost_link_ = link.state;
    tell(EventKind::blind, "link", std::string(*word), link.problem, now);
  } else if (link.state != LinkState::connecting && lost_link_) {
    lost_link_.reset();
    tell(EventKind::sight_back, "link", "connected",
         "brokers answer again after " + words::span(now - link_lost_at_), now);
  }
}

void SightEvents::look_at_log_ends(const StaleLogEnds& stale, Instant broker_now, Instant now) {
  for (const auto& [leader, of] : stale.leaders) {
    if (!unseen_leaders_.try_emplace(leader, now).second) continue;
    tell(EventKind::blind, leader_of(leader), "not_seen", unseen_sentence(of, broker_now), now);
  }
  for (auto at = unseen_leaders_.begin(); at != unseen_leaders_.end();) {
    if (stale.leaders.contains(at->first)) {
      ++at;
      continue;
    }
    tell(EventKind::sight_back, leader_of(at->first), "seen_again",
         "seen again after " + words::span(now - at->second), now);
    at = unseen_leaders_.erase(at);
  }
}

}  // namespace tidemark
