// Events of topics: re-created under the same name, and written while nobody reads. Owned by one
// pipeline thread.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "daemon/pipeline/event_log.h"
#include "evaluator/report.h"

namespace tidemark {

class TopicEvents {
 public:
  TopicEvents(EventLog& log, Duration refresh) : log_(log), quiet_(3 * refresh) {}

  // A commit carried another id of the topic. Told at the next look, as is the next one; both may
  // tell of the same thing, at a refresh's distance.
  void recreated(std::string_view topic);
  void fell(std::string_view topic, PartitionId partition, Offset from, Offset to);
  void look(Instant now);

  // Once a refresh interval.
  void look_for_unread(const TopicList& topics, Instant now);

  // Calls `visit` with its members: to be kept, and read back.
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.unread_);
  }

 private:
  EventLog& log_;
  const Duration quiet_;                               // after one event of a topic
  std::map<std::string, Event, std::less<>> waiting_;  // by topic
  std::map<std::string, Instant, std::less<>> told_;
  std::set<std::string, std::less<>> unread_;
};

}  // namespace tidemark
