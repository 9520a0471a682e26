// The sentences that go with the tidemark verdicts.
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "evaluator/rules.h"
#include "evaluator/tidemark_case.h"
#include "evaluator/words.h"

namespace tidemark {
namespace {

using words::number;
using words::records;
using words::span;

// What is said of thousands of partitions is put together in one piece of memory.
std::string joined(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  std::string out;
  out.reserve(size);
  for (const std::string_view part : parts) out += part;
  return out;
}

// A verdict and what its sentence needs beside it.
struct Told {
  const PartitionHistory& history;
  const Surroundings& around;
  const Policy& policy;
  const PartitionVerdict& verdict;

  [[nodiscard]] std::int64_t lag() const { return verdict.lag.value_or(0); }
  [[nodiscard]] Duration since(Instant at) const { return around.now - at; }
  [[nodiscard]] std::string waiting() const {
    std::string out = records(lag());
    out += lag() == 1 ? " waits" : " wait";
    return out;
  }
};

std::string stale_sentence(const Told& t) {
  if (t.around.offsets_held_since) {
    return "a transaction that was left open hides the newest commits in the group's partition of "
           "the offsets topic, for " +
           span(t.since(*t.around.offsets_held_since)) + ": the status from before stands";
  }
  if (t.around.probing) {
    return t.waiting() + " beyond its patience; what waits is being looked at before it is judged";
  }
  if (t.around.starting) return std::string(start_up_goes_on);
  if (!t.verdict.log_end_at) return "no log end of this partition was seen yet";
  const Duration limit = 3 * t.policy.refresh;
  const Duration age = t.since(*t.verdict.log_end_at);
  if (age > limit) {
    return "the log end was last seen " + span(age) + " ago, limit " + span(limit) +
           ": the status from before stands";
  }
  const Duration offsets = t.around.offsets_seen ? t.since(*t.around.offsets_seen) : Duration{0};
  return "the group's partition of the offsets topic was last read to its end " + span(offsets) +
         " ago, limit " + span(limit) + ": the status from before stands";
}

std::string beyond_sentence(const Told& t) {
  std::string out = "committed offset " + number(t.history.newest().offset);
  if (t.verdict.log_end && *t.verdict.log_end < t.history.newest().offset) {
    return out + " is beyond the log end " + number(*t.verdict.log_end) +
           ": the topic was re-created or truncated, and the group has not committed since";
  }
  return out +
         " was beyond the log end: the topic was re-created or truncated, and the group has "
         "not committed since";
}

std::string blocked_sentence(const Told& t) {
  std::string out = "an open transaction hides the " + records(t.lag());
  out += t.lag() == 1 ? " that waits" : " that wait";
  if (t.history.waiting_since.source != Since::Source::none) {
    out += ", for " + span(t.since(t.history.waiting_since.at));
  }
  if (t.around.lso) out += "; the last stable offset has stood at " + number(*t.around.lso);
  if (t.around.lso && t.around.lso_since) out += " for " + span(t.since(*t.around.lso_since));
  return out;
}

std::string stopped_sentence(const Told& t) {
  const Instant last = t.history.newest().at;
  const Since& waiting = t.history.waiting_since;
  const bool later = waiting.at > last;
  return joined({"no commit for ", span(t.since(last)), " while ", t.waiting(),
                 later ? ", for " : "", later ? span(t.since(waiting.at)) : std::string(),
                 "; patience ", span(patience(t.history, t.policy))});
}

std::string rewind_sentence(const Told& t) {
  const LogEndHistory none;
  const auto drop = make_case(t.history, none, t.around, t.policy).open_drop;
  if (!drop) return "the committed offset went back";
  return span(t.since(drop->lower.at)) + " ago the committed offset went back from " +
         number(drop->before) + " to " + number(drop->lower.offset) + " and has not recovered; " +
         t.waiting();
}

std::string stalled_sentence(const Told& t) {
  const Duration stuck = t.history.newest().at - t.history.standing();
  return joined({"commits repeat offset ", number(t.history.newest().offset), " for ", span(stuck),
                 " while ", t.waiting(), "; patience ", span(patience(t.history, t.policy))});
}

std::string run_sentence(const Told& t, std::string_view verb) {
  const Run& run = t.history.run;
  return joined({verb, ": ", span(run.newest), " late at its newest move, ", span(run.worst),
                 " at worst in this run, usual is ",
                 span(usual_lateness(t.history, t.around.now, t.policy)), "; ", t.waiting()});
}

std::string sentence(const Told& t) {
  switch (t.verdict.reason) {
    case Reason::monitor_stale:
      return stale_sentence(t);
    case Reason::beyond_log_end:
      return beyond_sentence(t);
    case Reason::data_loss:
      return "retention deleted " + records(t.verdict.lost) + " before the group read " +
             (t.verdict.lost == 1 ? "it" : "them");
    case Reason::topic_left:
      return "no live member is assigned this partition or subscribed to its topic; " + t.waiting();
    case Reason::blocked_by_transaction:
      return blocked_sentence(t);
    case Reason::abandoned:
      return stopped_sentence(t) + "; abandoned";
    case Reason::stopped:
      return stopped_sentence(t);
    case Reason::rewind:
      return rewind_sentence(t);
    case Reason::stalled:
      return stalled_sentence(t);
    case Reason::falling_behind:
      return run_sentence(t, "falling behind");
    case Reason::catching_up:
      return run_sentence(t, "catching up");
    default:
      break;
  }
  std::optional<Duration> commit_age;
  if (t.history.committed()) commit_age = t.since(t.history.newest().at);
  return plain_explanation(t.verdict.reason, t.verdict.lag, t.verdict.time_lag(t.around.now),
                           commit_age);
}

std::string still_waiting(std::int64_t lag, std::optional<Duration> time_lag) {
  std::string out = records(lag) + (lag == 1 ? " waits" : " wait");
  if (time_lag && lag > 0)
    out += lag == 1 ? ", for " + span(time_lag) : ", the oldest for " + span(time_lag);
  return out;
}

}  // namespace

std::string explain(const PartitionHistory& history, const Surroundings& around,
                    const Policy& policy, const PartitionVerdict& verdict) {
  std::string out = sentence({history, around, policy, verdict});
  if (verdict.unprobed) out += "; unprobed: what waits may be control records only";
  return out;
}

std::string plain_explanation(Reason reason, std::optional<std::int64_t> lag,
                              std::optional<Duration> time_lag,
                              std::optional<Duration> commit_age) {
  const std::string last = commit_age ? "; last commit " + span(*commit_age) + " ago" : "";
  const std::int64_t waiting = lag.value_or(0);
  switch (reason) {
    case Reason::no_data:
      return "no commit was seen";
    case Reason::caught_up:
      if (waiting == 0) return "nothing waits" + last;
      return still_waiting(waiting, time_lag) + ", no more than the policy allows" + last;
    case Reason::warming_up:
      return still_waiting(waiting, time_lag) + "; its usual lateness is not known yet" + last;
    case Reason::keeping_up:
      return still_waiting(waiting, time_lag) + last;
    default:
      return std::string(to_string(reason));
  }
}

}  // namespace tidemark
