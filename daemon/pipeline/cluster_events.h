// All events of one cluster: their log, and those who write into it. Owned by one pipeline thread.
#pragma once

#include <string>
#include <utility>

#include "core/time.h"
#include "daemon/pipeline/event_log.h"
#include "daemon/pipeline/group_events.h"
#include "daemon/pipeline/inlet_events.h"
#include "daemon/pipeline/sight_events.h"
#include "daemon/pipeline/topic_events.h"

namespace tidemark {

struct ClusterEvents {
  ClusterEvents(std::string cluster, Duration refresh)
      : log(std::move(cluster)),
        groups(log),
        sight(log, refresh),
        topics(log, refresh),
        inlet(log) {}

  EventLog log;
  GroupEvents groups;
  SightEvents sight;
  TopicEvents topics;
  InletEvents inlet;
};

}  // namespace tidemark
