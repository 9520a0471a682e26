// Events of our own sight: what of the cluster can't be seen any more, and that it can be again.
// Every way to go blind is told, and each once. Owned by one pipeline thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "daemon/pipeline/event_log.h"
#include "evaluator/report.h"

namespace tidemark {

// Partitions of topics whose log end was not seen for too long, by who leads them.
struct StaleLogEnds {
  struct Leader {
    int partitions = 0;
    Instant oldest;  // when the longest unseen one was seen last; brokers' clock
  };
  std::map<std::int32_t, Leader> leaders;  // −1: nobody

  [[nodiscard]] std::uint64_t count() const;
};

class SightEvents {
 public:
  using Partitions = std::vector<std::int32_t>;  // of the offsets topic, ascending
  using CountGroups = std::function<std::size_t(const Partitions&)>;

  SightEvents(EventLog& log, Duration refresh) : log_(log), refresh_(refresh) {}

  // At each tick. `starting`: those whose start-up read goes on. `groups_in` counts the groups
  // whose records are in some partitions; asked only when something is told.
  void look(const ClusterHealth& health, const Partitions& starting, const CountGroups& groups_in,
            Instant now);
  // `step`: how far this machine's clock has been set since the start.
  void look_at_clock(Duration step, Instant now);
  // Once a refresh interval.
  void look_at_log_ends(const StaleLogEnds& stale, Instant broker_now, Instant now);

 private:
  void tell(EventKind kind, std::string subject, std::string reason, std::string sentence,
            Instant at);
  void look_for_pause(Instant now);
  void look_at_link(const LinkSeen& link, Instant now);
  Partitions unreadable(const ClusterHealth& health, const Partitions& starting, Instant now);
  void tell_readable(const Partitions& unreadable, const CountGroups& groups_in, Instant now);
  void tell_unreadable(const Partitions& which, const std::string& reason, std::size_t groups,
                       Instant now);

  EventLog& log_;
  const Duration refresh_;
  std::optional<Instant> last_look_;
  bool paused_ = false;
  bool looked_ = false;
  Duration clock_step_{0};
  bool clock_set_ = false;
  std::optional<LinkState> lost_link_;  // what was told of it last; null: it is fine
  Instant link_lost_at_;
  std::map<std::int32_t, Instant> young_;           // not fresh yet since the start-up read ended
  std::map<std::int32_t, Instant> unreadable_;      // since
  std::map<std::int32_t, Instant> unseen_leaders_;  // since
};

}  // namespace tidemark
