#include "daemon/state/event_start.h"

#include <algorithm>

#include "evaluator/words.h"

namespace tidemark {
namespace {

// More than are ever given between two writes.
constexpr std::uint64_t left_out = 1'000'000;

}  // namespace

EventStart start_after(const EventRecord& record, Instant now) {
  EventStart out;
  out.handed_on = true;
  if (!record.known) return out;
  out.last = record.ended ? record.last : record.last + left_out;
  const std::string since = words::span(std::max(Duration{0}, now - record.alive)) + " (since " +
                            words::clock(record.alive, now) + ")";
  if (record.ended) {
    out.reason = "started";
    out.sentence = "it was away for " + since + " and saw nothing of that time";
  } else {
    out.reason = "ended_without_notice";
    out.sentence = "it had ended without notice and was away for " + since +
                   " at most; what it told last may be missing here, and the numbers of events go "
                   "on a million higher";
  }
  return out;
}

EventStart start_without_record(const std::string& why, Instant now) {
  EventStart out;
  out.handed_on = true;
  out.last = static_cast<std::uint64_t>(std::max<std::int64_t>(0, to_ms(now)));
  out.reason = "no_record";
  out.sentence = "what it told before can't be found: " + why;
  return out;
}

}  // namespace tidemark
