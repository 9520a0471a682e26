// What happened, for people and scripts: every change of a group's status, of its conditions, and
// of our own sight. Numbered per cluster without gaps, so that none is missed.
#pragma once

#include <cstdint>
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
  unread_topic,  // written and read by nobody (if a policy asks)
};
std::string_view to_string(EventKind kind);

struct Event {
  std::uint64_t sequence = 0;  // per cluster, from 1 at each start
  Instant at;                  // this machine's clock
  EventKind kind = EventKind::status;
  std::string group;    // empty: not of one group
  std::string subject;  // topic, "offsets partition 17", …; empty: the group as a whole
  std::string from;     // the old status or condition; empty: none
  std::string to;
  std::string reason;
  std::string sentence;
};

}  // namespace tidemark
