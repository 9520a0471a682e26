// Who is in the demo: its clusters, their topics and groups, and the part that each group plays.
// Plain data. Times are of the play: 0 is the start of the demo, what lies before is its past.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "daemon/demo/records.h"

namespace tidemark::demo {

enum class Part : std::uint8_t { healthy, slow, stuck, dead, idle, batch };

std::string_view to_string(Part part);
// One sentence for people who watch: what the group does and what Tidemark should say of it.
std::string_view what_to_expect(Part part);

// Each partition gets the next of `counts` records every `every`, in turn from `since` on; the
// partitions take turns within `every`.
struct TopicPlan {
  std::string name;
  int partitions = 1;
  Duration every{0};
  std::vector<int> counts;
  Duration since{0};
};

struct GroupPlan {
  std::string name;
  Part part = Part::healthy;
  std::vector<std::string> topics;
  int members = 1;
  Duration late{0};  // its trouble begins this much later than its part's usually does
};

struct ClusterPlan {
  std::string name;
  int brokers = 1;
  int offsets_partitions = 4;
  CommitVersion commits = CommitVersion::v4;
  std::vector<TopicPlan> topics;
  std::vector<GroupPlan> groups;
};

const std::vector<ClusterPlan>& cast();

}  // namespace tidemark::demo
