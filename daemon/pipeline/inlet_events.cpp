#include "daemon/pipeline/inlet_events.h"

#include <algorithm>
#include <string>
#include <utility>

#include "evaluator/words.h"

namespace tidemark {
namespace {

using std::chrono::microseconds;

constexpr microseconds told_after = std::chrono::seconds{3};  // of waiting for room

std::string span(microseconds waited) {
  return words::span(std::chrono::duration_cast<Duration>(waited));
}

}  // namespace

void InletEvents::look(const ChannelStats& inlet, bool caught_up, Instant now) {
  const microseconds more = inlet.waited_for - std::exchange(waited_for_, inlet.waited_for);
  const microseconds since = now - std::exchange(last_look_, now);
  // A busy inlet is full for moments all the time; one that stands is so for most of a tick.
  const bool stands =
      caught_up && more > microseconds{0} && more >= std::min(since / 2, told_after);
  if (!stands) {
    tell_flowing(now);
    return;
  }
  standing_ += more;
  if (standing_ >= told_after && !std::exchange(told_, true)) tell_full(inlet, now);
}

void InletEvents::tell_full(const ChannelStats& inlet, Instant now) {
  tell(EventKind::blind, "inlet_full",
       "full: fetching has waited for " + span(standing_) + " (all senders together); it holds " +
           words::number(static_cast<std::int64_t>(inlet.weight)) + " of " +
           words::number(static_cast<std::int64_t>(inlet.capacity)) +
           " records, what comes after them stays in Kafka and is read later",
       now);
}

void InletEvents::tell_flowing(Instant now) {
  if (std::exchange(told_, false)) {
    tell(EventKind::sight_back, "inlet_flows",
         "it takes records again; fetching has waited for " + span(standing_) +
             " (all senders together), and nothing was lost",
         now);
  }
  standing_ = microseconds{0};
}

void InletEvents::tell(EventKind kind, std::string reason, std::string sentence, Instant now) {
  Event event;
  event.at = now;
  event.kind = kind;
  event.subject = "inlet";
  event.reason = std::move(reason);
  event.sentence = std::move(sentence);
  log_.add(std::move(event));
}

}  // namespace tidemark
