// The play judged by the real rules under the demo's own policies, without Kafka and in no time: a
// refresh and a verdict each second, from the start on.
#include <gmock/gmock.h>

#include <map>
#include <memory>

#include "config/config.h"
#include "daemon/demo/cast.h"
#include "daemon/demo/script.h"
#include "daemon/demo/settings.h"
#include "evaluator/partition_history.h"
#include "evaluator/rules.h"

namespace tidemark::demo {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant curtain = from_ms(1'700'000'000'000);
constexpr Duration first_refresh = seconds{1};

const PolicyTable& policies() {
  static const Loaded loaded = [] {
    const Surround nothing{[](const std::string&) { return std::nullopt; },
                           [](const std::string&, const std::string&) { return std::string(); }};
    return parse_config(configuration({{"ANY", "127.0.0.1:9092"}}, "/tmp/mails"), "demo", nothing);
  }();
  return loaded.config->policies;
}

// One group, seen by a monitor that starts with the demo.
class Watched {
 public:
  Watched(const ClusterPlan& plan, const GroupPlan& group) : plan_(plan), group_(group) {}

  // Up to and including the refresh at `until`.
  GroupStatus watch(Duration until) {
    for (; now_ <= until; now_ += seconds{1}) refresh();
    return worst_;
  }

 private:
  struct Partition {
    const TopicPlan* topic = nullptr;
    std::int32_t number = 0;
    Policy policy;
    LogEndHistory log_ends;
    PartitionHistory history;
  };

  Partition& partition_of(const Commit& commit) {
    for (Partition& each : partitions_) {
      if (each.topic == commit.topic && each.number == commit.partition) return each;
    }
    partitions_.push_back({commit.topic, commit.partition,
                           policies().find("ANY", group_.name, commit.topic->name), LogEndHistory{},
                           PartitionHistory{}});
    partitions_.back().policy.refresh = seconds{1};
    return partitions_.back();
  }

  void refresh() {
    for (const Event& event : Script(plan_).between(seen_, now_)) {
      const auto* commit = std::get_if<Commit>(&event.what);
      if (commit == nullptr || commit->group != &group_) continue;
      Partition& partition = partition_of(*commit);
      apply_commit(partition.history, {Offset{commit->offset}, curtain + event.at},
                   partition.log_ends, partition.policy);
    }
    seen_ = now_;
    worst_ = GroupStatus::ok;
    for (Partition& partition : partitions_) judge(partition);
  }

  void judge(Partition& partition) {
    const Offset end{produced(*partition.topic, partition.number, now_)};
    partition.log_ends.append({end, curtain + now_}, partition.policy.refresh);
    apply_refresh(partition.history, partition.log_ends, false, partition.policy);
    Surroundings around;
    around.now = curtain + now_;
    const auto verdict =
        judge_tidemark(partition.history, partition.log_ends, around, partition.policy);
    const auto status =
        as_group_status(verdict.status, verdict.reason, verdict.blocked_long, verdict.conditions);
    if (status == GroupStatus::error || worst_ == GroupStatus::ok) worst_ = status;
  }

  const ClusterPlan& plan_;
  const GroupPlan& group_;
  Duration seen_ = Script(plan_).beginning();
  Duration now_ = first_refresh;
  GroupStatus worst_ = GroupStatus::unknown;
  std::vector<Partition> partitions_;
};

GroupStatus meant(Part part) {
  switch (part) {
    case Part::slow:
      return GroupStatus::warning;
    case Part::stuck:
    case Part::dead:
      return GroupStatus::error;
    default:
      return GroupStatus::ok;
  }
}

template <class Each>
void for_each_group(Each each) {
  for (const ClusterPlan& plan : cast()) {
    for (const GroupPlan& group : plan.groups) {
      SCOPED_TRACE(plan.name + " " + group.name);
      each(plan, group);
    }
  }
}

TEST(Verdicts, AfterAMinuteEveryGroupIsJudgedAsItsPartMeansIt) {
  for_each_group([](const ClusterPlan& plan, const GroupPlan& group) {
    EXPECT_EQ(Watched(plan, group).watch(minutes{1}), meant(group.part));
  });
}

TEST(Verdicts, WhoPlaysNoTroubleIsNeverInTrouble) {
  for_each_group([](const ClusterPlan& plan, const GroupPlan& group) {
    if (meant(group.part) != GroupStatus::ok) return;
    Watched watched(plan, group);
    for (Duration at = first_refresh; at < minutes{40}; at += seconds{1}) {
      ASSERT_EQ(watched.watch(at), GroupStatus::ok) << at.count() << " ms";
    }
  });
}

// In each circle: trouble from its second minute until the last minute before help comes, and all
// is well at the circle's end.
struct Circle {
  Part part;
  Duration trouble;
  Duration whole;
};

TEST(Verdicts, TroubleComesAgainAndAgainAndPassesEachTime) {
  const std::vector<Circle> circles = {{Part::slow, minutes{14}, minutes{21}},
                                       {Part::stuck, minutes{6}, seconds{490}},
                                       {Part::dead, minutes{5}, seconds{440}}};
  for (const Circle& circle : circles) {
    for_each_group([&](const ClusterPlan& plan, const GroupPlan& group) {
      if (group.part != circle.part) return;
      Watched watched(plan, group);
      for (Duration start = seconds{6} + group.late; start < minutes{90}; start += circle.whole) {
        const Duration last = start + circle.trouble;
        for (Duration at = start + minutes{1}; at < last; at += seconds{1}) {
          ASSERT_EQ(watched.watch(at), meant(group.part)) << at.count() << " ms";
        }
        ASSERT_EQ(watched.watch(start + circle.whole), GroupStatus::ok) << start.count();
      }
    });
  }
}

}  // namespace
}  // namespace tidemark::demo
