// The records that an event of the play leaves in its cluster. Pure; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/time.h"
#include "daemon/demo/script.h"

namespace tidemark::demo {

struct WrittenRecord {
  const std::string& topic;
  std::int32_t partition = 0;
  std::string_view key;  // empty: none
  std::string_view value;
  Instant at;
};

// Calls `write` for each record, in order. `at` is the event's instant on the brokers' clock.
void write_event(const ClusterPlan& plan, const Event& event, Instant at,
                 const std::function<void(const WrittenRecord&)>& write);

// Where the groups' records go.
const std::string& offsets_topic_name();

}  // namespace tidemark::demo
