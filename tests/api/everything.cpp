#include "tests/api/everything.h"

#include "tests/api/fixture.h"

namespace tidemark::test {

std::shared_ptr<ClusterReport> everything() {
  PartitionSpec late;
  late.reason = Reason::falling_behind;
  late.lag = 12;
  late.waiting_ms = 90'000;
  late.owner = 0;
  auto hostile =
      group("a/b c% \"q\" \\ \n \xff \U0001F30A", {{"orders", {late, never_committed()}}},
            {member("m-1", "client", "/10.0.0.1")});
  hostile->conditions.set(Condition::retention_risk);
  auto out = cluster("PROD", {hostile, group(""), group("idle", {{"orders", {{}, {}}}})},
                     {topic("orders", {112, 100})});
  ClusterHealth& health = out->health;
  health.catch_up_done = health.catch_up_total = 1000;
  health.records_read = 1234;
  health.decode_errors = {{"truncated", 1}};
  health.skipped_records = {{"share_state", 5}};
  health.collector_errors = {{"list_offsets", 2}};
  health.queues = {{"inlet", 1, 2, 3, 4, 5, 6}};
  health.log_ends_at = health.offsets_at = from_ms(kNow - 1000);
  health.last_tick = Duration{12};
  health.ticks = 99;
  health.clock_shift = Duration{-250};
  return out;
}

std::shared_ptr<ClusterReport> many_groups(int count) {
  std::vector<std::shared_ptr<GroupReport>> groups;
  for (int i = 0; i < count; ++i) {
    groups.push_back(group("group-" + std::to_string(i), {{"orders", {{}, {}, {}, {}}}}));
  }
  return cluster("BIG", std::move(groups), {topic("orders", {100, 100, 100, 100})});
}

}  // namespace tidemark::test
