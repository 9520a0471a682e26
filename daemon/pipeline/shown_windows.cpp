#include "daemon/pipeline/shown_windows.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "evaluator/rules.h"

namespace tidemark {
namespace {

// As the newest log end at or before the commit shows it.
std::optional<std::int64_t> lag_at(const CommitSample& sample, const LogEndHistory& ends) {
  const auto end = ends.end_at(sample.at);
  if (!end) return std::nullopt;
  return std::max<std::int64_t>(0, *end - sample.offset);
}

ProbeState as_shown(const SlotInfo& of) {
  if (of.probe_failed) return ProbeState::failed;
  switch (of.probe) {
    case Probe::asked:
      return ProbeState::asked;
    case Probe::record:
      return ProbeState::record;
    case Probe::end:
      return ProbeState::end;
    case Probe::none:
      break;
  }
  return ProbeState::none;
}

}  // namespace

PartitionWindows ShownWindows::of(const Group& group) {
  PartitionWindows out;
  std::size_t size = 0;
  for (const auto& [topic, reading] : group.readings) size += reading.slots.size();
  out.reserve(size);
  for (const auto& [topic, reading] : group.readings) {
    for (const auto& [partition, slot] : reading.slots) out.push_back(window_of(slot));
  }
  return out;
}

PartitionWindow ShownWindows::window_of(Slot slot) {
  books_.slots.look_at(slot, history_);
  const SlotInfo& of = books_.slots.info(slot);
  const Policy& policy = *of.reading->policy;
  PartitionWindow out;
  out.topic = TopicName{of.reading->topic->name};
  out.partition = of.partition;
  out.patience = patience(history_, policy);
  if (policy.rules == RuleSet::burrow) {
    for (const BurrowSample& sample : books_.slots.burrow(slot).window) {
      out.samples.push_back({sample.offset, sample.at, sample.lag});
    }
  } else {
    add_samples(slot, out);
  }
  return out;
}

void ShownWindows::add_samples(Slot slot, PartitionWindow& to) {
  if (!history_.committed()) return;
  const SlotInfo& of = books_.slots.info(slot);
  to.position = history_.position();
  to.standing_since = history_.standing();
  to.unread_since = history_.unread_since;
  to.waiting_since = history_.waiting_since;
  to.probed_to = history_.probed_to;
  to.probe = as_shown(of);
  const LogEndHistory& ends = of.at().history;
  to.samples.reserve(history_.window.size());
  for (const CommitSample& sample : history_.window) {
    to.samples.push_back({sample.offset, sample.at, lag_at(sample, ends)});
  }
}

}  // namespace tidemark
