// What happens in one cluster of the demo, and when: records come in, groups commit, members come
// and go. A pure function of the time of the play; it keeps nothing, so any thread may ask.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/time.h"
#include "daemon/demo/cast.h"

namespace tidemark::demo {

// The pointers look into the script's plan.
struct Append {
  const TopicPlan* topic = nullptr;
  std::int32_t partition = 0;
  int count = 0;
};
struct Membership {
  const GroupPlan* group = nullptr;
  std::int32_t generation = 0;
  bool members = true;
};
struct Commit {
  const GroupPlan* group = nullptr;
  const TopicPlan* topic = nullptr;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
};

struct Event {
  Duration at{0};
  std::variant<Append, Membership, Commit> what;
};

class Script {
 public:
  // `plan` outlives the script. Groups read only topics of their own cluster.
  explicit Script(const ClusterPlan& plan) : plan_(plan) {}

  [[nodiscard]] const ClusterPlan& plan() const { return plan_; }

  // Nothing happens before.
  [[nodiscard]] Duration beginning() const;

  // Everything in (from, to], in order of time.
  [[nodiscard]] std::vector<Event> between(Duration from, Duration to) const;

 private:
  void add_records(Duration from, Duration to, std::vector<Event>& out) const;
  void add_members(const GroupPlan& group, Duration from, Duration to,
                   std::vector<Event>& out) const;
  void add_commits(const GroupPlan& group, Duration from, Duration to,
                   std::vector<Event>& out) const;

  const ClusterPlan& plan_;
};

// Records that came to the partition up to and including `at`: its log end.
std::int64_t produced(const TopicPlan& topic, std::int32_t partition, Duration at);

}  // namespace tidemark::demo
