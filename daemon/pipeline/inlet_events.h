// Events of an inlet that stays full: fetching pauses then, and what is shown falls behind. That is
// usual while the backlog is read at the start, and worth telling later on. Owned by one pipeline
// thread.
#pragma once

#include <chrono>

#include "core/channel.h"
#include "core/time.h"
#include "daemon/pipeline/event_log.h"

namespace tidemark {

class InletEvents {
 public:
  explicit InletEvents(EventLog& log) : log_(log) {}

  // At each tick, also while `caught_up` is false: nothing is told then.
  void look(const ChannelStats& inlet, bool caught_up, Instant now);

 private:
  void tell(EventKind kind, std::string reason, std::string sentence, Instant now);
  void tell_full(const ChannelStats& inlet, Instant now);
  void tell_flowing(Instant now);

  EventLog& log_;
  Instant last_look_;
  std::chrono::microseconds waited_for_{0};  // by all senders, when last looked at
  std::chrono::microseconds standing_{0};    // waited of late, without a pause
  bool told_ = false;
};

}  // namespace tidemark
