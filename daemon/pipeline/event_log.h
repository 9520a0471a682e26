// The newest events of one cluster: numbered without gaps, the oldest leave when there are too
// many, each also a line of the log (a flood of them is cut short there, never here). Owned by one
// pipeline thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/shared_list.h"
#include "core/time.h"
#include "daemon/state/event_start.h"
#include "evaluator/event.h"

namespace tidemark {

class EventLog {
 public:
  explicit EventLog(std::string cluster, std::size_t most = 1000);

  // Once, before the first event.
  void begin(const EventStart& start, Instant now);
  // How far this machine's clock has been set since the start.
  void note_clock(Duration step) { clock_step_ = step; }

  // Numbers it. `event.at` is set by the caller; it goes back only for what is told later.
  void add(Event event);

  // Oldest first; as long as none is added, the same list each time.
  using Events = SharedList<std::shared_ptr<const Event>>;
  [[nodiscard]] Events newest();
  // The number of the newest; 0: there was never one.
  [[nodiscard]] std::uint64_t last() const { return last_; }
  // All since the last call, oldest first.
  [[nodiscard]] std::vector<std::shared_ptr<const Event>> take_new() {
    return std::exchange(new_, {});
  }

 private:
  void write_line(const Event& event);

  const std::string cluster_;
  const std::size_t most_;
  std::deque<std::shared_ptr<const Event>> newest_;
  Events told_;         // the same, made when asked for,
  bool newer_ = false;  // and missing some
  bool handed_on_ = false;
  std::vector<std::shared_ptr<const Event>> new_;
  Duration clock_step_{0};
  std::uint64_t last_ = 0;
  Instant minute_;            // of the log lines,
  int lines_ = 0;             // written in it, and
  std::uint64_t unsaid_ = 0;  // held back in it
};

// "group \"payments\": OK → ERROR: …": what the event says, in one line.
std::string line_of(const Event& event);

}  // namespace tidemark
