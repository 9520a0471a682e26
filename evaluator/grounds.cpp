#include "evaluator/grounds.h"

#include "evaluator/words.h"

namespace tidemark {
namespace grounds {
namespace {

using words::number;
using words::records;
using words::span;
using words::waiting;

std::string text_of(const std::string& said) { return said; }

std::string text_of(const HeldBack& of) {
  switch (of.by) {
    case HeldBack::By::transaction:
      return "a transaction that was left open hides the newest commits in the group's partition "
             "of the offsets topic, for " +
             span(of.length) + ": the status from before stands";
    case HeldBack::By::probe:
      return waiting(of.lag) +
             " beyond its patience; what waits is being looked at before it is judged";
    case HeldBack::By::start:
      break;
  }
  return std::string(start_up_goes_on);
}

std::string text_of(const OldView& of) {
  if (of.of == OldView::Of::never_seen) return "no log end of this partition was seen yet";
  const std::string limit = ", limit " + span(of.limit) + ": the status from before stands";
  if (of.of == OldView::Of::log_end) {
    return "the log end was last seen " + span(of.age) + " ago" + limit;
  }
  return "the group's partition of the offsets topic was last read to its end " + span(of.age) +
         " ago" + limit;
}

std::string text_of(const BeyondLogEnd& of) {
  std::string out = "committed offset " + number(of.committed);
  out += of.log_end ? " is beyond the log end " + number(*of.log_end) : " was beyond the log end";
  return out + ": the topic was re-created or truncated, and the group has not committed since";
}

std::string text_of(const Lost& of) {
  return "retention deleted " + records(of.records) + " before the group read " +
         (of.records == 1 ? "it" : "them");
}

std::string text_of(const TopicLeft& of) {
  return "no live member is assigned this partition or subscribed to its topic; " + waiting(of.lag);
}

std::string text_of(const Blocked& of) {
  std::string out = "an open transaction hides the " + records(of.lag);
  out += of.lag == 1 ? " that waits" : " that wait";
  if (of.waiting) out += ", for " + span(*of.waiting);
  if (of.lso) out += "; the last stable offset has stood at " + number(*of.lso);
  if (of.lso && of.lso_stands) out += " for " + span(*of.lso_stands);
  return out;
}

std::string text_of(const Silence& of) {
  std::string out = "no commit for " + span(of.since_commit) + " while " + waiting(of.lag);
  if (of.waiting) out += ", for " + span(*of.waiting);
  out += "; patience " + span(of.patience);
  if (of.abandoned) out += "; abandoned";
  return out;
}

std::string text_of(const WentBack& of) {
  if (!of.ago) return "the committed offset went back";
  return span(*of.ago) + " ago the committed offset went back from " + number(of.from) + " to " +
         number(of.to) + " and has not recovered; " + waiting(of.lag);
}

std::string text_of(const Repeats& of) {
  return "commits repeat offset " + number(of.offset) + " for " + span(of.length) + " while " +
         waiting(of.lag) + "; patience " + span(of.patience);
}

std::string text_of(const LateRun& of) {
  return std::string(of.catching_up ? "catching up" : "falling behind") + ": " + span(of.newest) +
         " late at its newest move, " + span(of.worst) + " at worst in this run, usual is " +
         span(of.usual) + "; " + waiting(of.lag);
}

}  // namespace
}  // namespace grounds

std::string Grounds::text() const {
  std::string out = std::visit([](const auto& each) { return grounds::text_of(each); }, facts_);
  if (unprobed_) out += "; unprobed: what waits may be control records only";
  return out;
}

}  // namespace tidemark
