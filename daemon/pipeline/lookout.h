// What is looked for in a cluster as a whole, at each tick and once a refresh interval: what got
// out of our sight, what is written that nobody reads. Told as events, and in the report. Owned by
// one pipeline thread; instants are this machine's clock.
#pragma once

#include <cstdint>

#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/cluster_events.h"
#include "daemon/pipeline/pauses.h"
#include "daemon/pipeline/reader_census.h"
#include "daemon/pipeline/sight.h"
#include "evaluator/report.h"

namespace tidemark {

class Lookout {
 public:
  // All outlive it.
  Lookout(Books& books, const Sight& sight, ClusterEvents& events, Pauses& pauses)
      : books_(books), sight_(sight), events_(events), census_(books.topics, pauses) {}

  // Who reads which topic, by the report's groups, into the topics: before these are reported.
  void take_census(const ClusterReport& report, Instant now);
  // Tells what is new in the report, and puts the events into it.
  void look(ClusterReport& report, Instant now);

 private:
  [[nodiscard]] bool time_for(Instant& last, Instant now) const;
  void look_at_sight(const ClusterReport& report, Instant now);
  void look_at_topics(const ClusterReport& report, Instant now);

  Books& books_;
  const Sight& sight_;
  ClusterEvents& events_;
  ReaderCensus census_;
  Instant census_at_;
  Instant topics_at_;
  std::uint64_t stale_log_ends_ = 0;  // partitions, when last looked
};

}  // namespace tidemark
