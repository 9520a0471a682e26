#include "daemon/pipeline/lookout.h"

#include <algorithm>
#include <cstddef>

namespace tidemark {

// Once a refresh interval, and again when the clock was set back.
bool Lookout::time_for(Instant& last, Instant now) const {
  if (now - last < books_.settings.refresh && now >= last) return false;
  last = now;
  return true;
}

void Lookout::take_census(const ClusterReport& report, Instant now) {
  if (!time_for(census_at_, now)) return;
  const Freshness& offsets = sight_.offsets;
  const bool sure =
      offsets.caught_up() && (offsets.partitions() == 0 || offsets.all_read_until().has_value());
  census_.take(report.groups, report.as_of_broker, sure);
}

void Lookout::look(ClusterReport& report, Instant now) {
  events_.groups.look(now);
  look_at_sight(report, now);
  if (time_for(topics_at_, now)) look_at_topics(report, now);
  report.health.stale_log_ends = stale_log_ends_;
  report.events = events_.log.newest();
  report.last_event = events_.log.last();
}

void Lookout::look_at_sight(const ClusterReport& report, Instant now) {
  const auto groups_in = [&](const SightEvents::Partitions& partitions) {
    return static_cast<std::size_t>(
        std::count_if(books_.groups.begin(), books_.groups.end(), [&](auto& each) {
          return std::binary_search(partitions.begin(), partitions.end(),
                                    sight_.offsets_partition(each.second));
        }));
  };
  events_.sight.look(report.health, sight_.offsets.all_starting(), groups_in, now);
}

void Lookout::look_at_topics(const ClusterReport& report, Instant now) {
  const Instant limit = report.as_of_broker - stale_refreshes * books_.settings.refresh;
  const StaleLogEnds stale = books_.topics.stale_log_ends(limit);
  stale_log_ends_ = stale.count();
  events_.sight.look_at_log_ends(stale, report.as_of_broker, now);
  events_.topics.look_for_unread(report.topics, now);
}

}  // namespace tidemark
