// Events of groups, from what changes between two verdicts. At start-up it learns: the first
// verdict of a group that was there already is no event. Owned by one pipeline thread.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/time.h"
#include "daemon/pipeline/event_log.h"
#include "evaluator/report.h"

namespace tidemark {

// What is remembered of one group.
struct GroupNews {
  bool from_start = false;  // found in the start-up read
  bool learnt = false;      // from here on changes are told
};

class GroupEvents {
 public:
  explicit GroupEvents(EventLog& log) : log_(log) {}

  // A group was judged; `before` is null at its first time. `starting`: its offsets partition is
  // still in the start-up read.
  void judged(GroupNews& news, const GroupReport* before, const GroupReport& now, bool starting,
              Instant at);

  // A group has left; told at the next look, unless it is there again by then.
  void gone(const GroupNews& news, std::shared_ptr<const GroupReport> last);
  void look(Instant now);

  // Somebody had a group forgotten: told at once, and not as one that has left.
  void forgotten(GroupNews& news, const std::string& name, const GroupReport* last,
                 const std::string& author, Instant now);

 private:
  void compare(const GroupReport& before, const GroupReport& now, Instant at);
  void tell_status(const GroupReport& before, const GroupReport& now, Instant at);
  void tell_conditions(const GroupReport& before, const GroupReport& now, Instant at);
  void tell_losses(const GroupReport& before, const GroupReport& now, Instant at);

  EventLog& log_;
  std::map<std::string, std::shared_ptr<const GroupReport>, std::less<>> gone_;
};

}  // namespace tidemark
