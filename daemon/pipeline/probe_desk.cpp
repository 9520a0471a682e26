#include "daemon/pipeline/probe_desk.h"

#include <algorithm>
#include <chrono>

namespace tidemark {
namespace {

constexpr Duration first_pause = std::chrono::seconds{10};
constexpr Duration longest_pause = std::chrono::minutes{5};
constexpr Duration denied_for = std::chrono::minutes{10};
constexpr Duration come_again = std::chrono::seconds{30};  // when too many are wanted
constexpr Duration lost_after = std::chrono::seconds{60};
constexpr std::size_t most_named = 20;  // topics in the log
constexpr std::size_t most_pauses = 1000;

ProbeQuestion question_of(const auto& key) {
  return {TopicName{key.topic}, key.partition, key.from};
}

// An instant set by a clock that has been put back since is no reason to wait for it.
bool in_force(Instant until, Instant now, Duration longest) {
  return until > now && until - now <= longest;
}

}  // namespace

std::optional<Instant> ProbeDesk::paused(const Place& place, Instant now) const {
  const auto denied = denied_.find(place.topic);
  if (denied != denied_.end() && in_force(denied->second, now, denied_for)) return denied->second;
  if (pauses_.empty()) return std::nullopt;
  const auto pause = pauses_.find({std::string(place.topic), place.partition.get()});
  if (pause == pauses_.end() || !in_force(pause->second.until, now, longest_pause)) {
    return std::nullopt;
  }
  return pause->second.until;
}

std::optional<Instant> ProbeDesk::want(const Place& place, Urgency urgency, Instant now) {
  if (const auto until = paused(place, now)) return until;
  const auto known = asked_.find(place);
  if (known != asked_.end() && (known->second.sent || known->second.urgency <= urgency)) {
    return std::nullopt;
  }
  const auto most = urgency == Urgency::accusation ? most_with_accusations : most_wanted;
  if (known == asked_.end() && asked_.size() >= most) {
    ++skipped_;
    if (skipped_limit_.pass(std::chrono::steady_clock::now())) {
      log::warn("cluster {}: {} probes wait already; one of {}-{} is left out ({} so far)",
                cluster_, asked_.size(), place.topic, place.partition.get(), skipped_);
    }
    return now + come_again;
  }
  const Key key{std::string(place.topic), place.partition, place.from};
  asked_[key].urgency = urgency;
  queues_[static_cast<std::size_t>(urgency)].push_back(key);
  return std::nullopt;
}

bool ProbeDesk::may_take(Urgency urgency, Instant now) {
  if (urgency != Urgency::waiting) return true;
  const Instant second = std::chrono::floor<std::chrono::seconds>(now);
  if (second != std::exchange(second_, second)) taken_in_second_ = 0;
  return taken_in_second_++ < most_waiting_a_second;
}

std::vector<ProbeQuestion> ProbeDesk::take(
    Instant now, const std::function<bool(const ProbeQuestion&)>& still_wanted) {
  std::vector<ProbeQuestion> out;
  for (std::size_t i = 0; i < queues_.size(); ++i) {
    auto& queue = queues_[i];
    const auto urgency = static_cast<Urgency>(i);
    while (!queue.empty() && in_flight_.size() < most_in_flight) {
      const auto found = asked_.find(queue.front());
      const bool valid =
          found != asked_.end() && found->second.urgency == urgency && !found->second.sent;
      const ProbeQuestion question = question_of(queue.front());
      if (valid && !still_wanted(question)) asked_.erase(found);
      if (!valid || !asked_.contains(queue.front())) {
        queue.pop_front();
        continue;
      }
      if (!may_take(urgency, now)) break;
      queue.pop_front();
      found->second.sent = true;
      in_flight_.emplace(found->first, now);
      ++sent_;
      out.push_back(question);
    }
  }
  return out;
}

void ProbeDesk::put_back(const ProbeQuestion& question) {
  const auto found = asked_.find(Place(question));
  if (found == asked_.end() || in_flight_.erase(found->first) == 0) return;
  found->second.sent = false;
  --sent_;
  queues_[static_cast<std::size_t>(found->second.urgency)].push_front(found->first);
}

std::vector<ProbeQuestion> ProbeDesk::take_lost(Instant now) {
  std::vector<ProbeQuestion> out;
  for (const auto& [key, since] : in_flight_) {
    if (!in_force(since + lost_after, now, lost_after)) out.push_back(question_of(key));
  }
  return out;
}

bool ProbeDesk::answered(const ProbeSeen& seen, Instant now) {
  const auto found = asked_.find(Place(seen.question));
  if (found == asked_.end() || in_flight_.erase(found->first) == 0) return false;
  asked_.erase(found);
  if (seen.outcome == ProbeSeen::Outcome::not_authorized) {
    note_denied(seen, now);
  } else if (seen.outcome == ProbeSeen::Outcome::failed) {
    note_failed(seen.question, now);
  } else {
    denied_.erase(seen.question.topic.get());
    pauses_.erase({seen.question.topic.get(), seen.question.partition.get()});
  }
  return true;
}

void ProbeDesk::note_denied(const ProbeSeen& seen, Instant now) {
  ++failed_;
  const std::string& topic = seen.question.topic.get();
  if (denied_.size() >= most_pauses) {
    std::erase_if(denied_,
                  [&](const auto& each) { return !in_force(each.second, now, denied_for); });
  }
  denied_[topic] = now + denied_for;
  if (named_.size() > most_named || !named_.insert(topic).second) return;
  if (named_.size() > most_named) {
    log::warn("cluster {}: more topics may not be read; they are not named here", cluster_);
    return;
  }
  log::warn(
      "cluster {}: topic {}: the right Read is missing ({}): its groups are judged without looking "
      "at what waits",
      cluster_, topic, seen.problem);
}

// Pauses that are over are kept, for the next one to be longer; but not those of thousands of
// partitions, which may be gone by now.
void ProbeDesk::note_failed(const ProbeQuestion& question, Instant now) {
  ++failed_;
  if (pauses_.size() >= most_pauses) {
    std::erase_if(pauses_, [&](const auto& each) {
      return !in_force(each.second.until, now, longest_pause);
    });
  }
  Pause& pause = pauses_[{question.topic.get(), question.partition.get()}];
  pause.length = std::clamp(2 * pause.length, first_pause, longest_pause);
  pause.until = now + pause.length;
}

}  // namespace tidemark
