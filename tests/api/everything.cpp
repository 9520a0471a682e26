#include "tests/api/everything.h"

#include "tests/api/fixture.h"

namespace tidemark::test {

namespace {

std::shared_ptr<const Diagnosis> everything_said() {
  auto out = std::make_shared<Diagnosis>();
  out->findings = {{FindingKind::stuck_record,
                    "Partition 0 stands at offset 100 for 14 min.",
                    "kcat -b broker:9092 -t orders -p 0 -o 100 -c 1",
                    {{"offset", std::int64_t{100}},
                     {"share", 0.5},
                     {"since", from_ms(kNow - 840'000)},
                     {"member", std::string("client")}}},
                   {FindingKind::one_member, "All late partitions belong to client.", "", {}}};
  out->forecast.produced = Speed{1, 2, 3};
  out->forecast.consumed = Speed{0.5, 1, 1.5};
  out->forecast.catch_up = Outlook{std::nullopt, Duration{60'000}, std::nullopt};
  out->forecast.until_loss = Outlook{Duration{7'200'000}, Duration{3'600'000}, std::nullopt};
  out->forecast.faster_to_hold = 2.0;
  out->forecast.sentence = "At this speed it never catches up.";
  return out;
}

std::shared_ptr<TopicReport> whole_topic() {
  auto out = topic("orders", {112, 100});
  out->settings = TopicSettings{Duration{604'800'000}, std::nullopt, true, false, true};
  out->readers = 2;
  out->produced_per_second = 1.5;
  out->unread_since = from_ms(kNow - 60'000);
  out->unread_reported = true;
  out->partitions[0].lso = Offset{110};
  out->partitions[0].lso_since = from_ms(kNow - 30'000);
  return out;
}

}  // namespace

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
  hostile->diagnosis = everything_said();
  auto out =
      cluster("PROD", {hostile, group(""), group("idle", {{"orders", {{}, {}}}})}, {whole_topic()});
  ClusterHealth& health = out->health;
  health.catch_up_done = health.catch_up_total = 1000;
  health.records_read = 1234;
  health.stale_offsets_partitions = {3, 17};
  health.snapshot = {true, from_ms(kNow - 60'000), from_ms(kNow - 5'000), 1'234, Duration{250},
                     1,    "can't write it"};
  health.held_offsets_partitions = {{17, from_ms(kNow - 600'000)}};
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
