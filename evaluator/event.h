// What happened, for people and scripts: every change of a group's status, of its conditions, and
// of our own sight. Numbered per cluster without gaps, so that none is missed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace tidemark {

enum class EventKind : std::uint8_t {
  status,           // of a group: from, to
  condition,        // of a group: one appeared (to) or ended (from)
  data_loss,        // records of a group were deleted before it read them: once per loss
  group_gone,       // deleted or expired: NOT_FOUND from now on
  group_new,        // first seen after start-up
  topic_recreated,  // the same name, another topic
  blind,            // our own view became stale: `subject` says of what
  sight_back,
  unread_topic,     // written and read by nobody (if a policy asks)
  monitor_started,  // this process, after it was away: what happened meanwhile was not seen
  // What people did, with their names:
  silence_began,
  silence_ended,  // by somebody, or by itself
  incident_acknowledged,
  group_forgotten,
  configuration_reloaded,
};
std::string_view to_string(EventKind kind);
// Null: it is the word of none.
std::optional<EventKind> event_kind_from(std::string_view word);
struct Event {
  std::uint64_t sequence = 0;  // per cluster, going on where the start before ended
  Instant at;                  // this machine's clock, counted from the start
  Duration clock_step{0};      // how far that clock had been set since
  EventKind kind = EventKind::status;
  std::string group;    // empty: not of one group
  std::string subject;  // topic, "offsets partition 17", …; empty: the group as a whole
  std::string from;     // the old status or condition; empty: none
  std::string to;
  std::string reason;
  std::string sentence;
  std::string author = {};  // of what somebody did; empty: nobody did it

  // When it happened, as the machine's clock showed it then.
  [[nodiscard]] Instant shown() const { return at + clock_step; }
};

// Whether it is about one group (whose name may be empty).
bool is_of_group(const Event& event);

// Which events somebody wants.
struct EventFilter {
  std::optional<std::string> group;
  std::vector<EventKind> kinds;  // empty: any
  std::optional<Instant> from;   // shown; included
  std::optional<Instant> to;     // shown; not included

  [[nodiscard]] bool matches(const Event& event) const;
};

}  // namespace tidemark
