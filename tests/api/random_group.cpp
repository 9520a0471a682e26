#include "tests/api/random_group.h"

#include <limits>

#include "tests/api/everything.h"
#include "tests/api/fixture.h"

namespace tidemark::test {

std::int64_t Random::number() {
  switch (below(6)) {
    case 0:
      return 0;
    case 1:
      return std::numeric_limits<std::int64_t>::max() / 64;  // sums of them are numbers too
    case 2:
      return -static_cast<std::int64_t>(below(1000));
    default:
      return static_cast<std::int64_t>(engine_() >> below(58) >> 6U);
  }
}

double Random::real() {
  const double digits = static_cast<double>(number()) / 1000.0;
  return maybe() ? digits : digits / static_cast<double>(1 + below(1'000'000'000));
}

std::string Random::text() {
  std::string out;
  const bool plain = maybe();
  for (auto left = below(30); left > 0; --left) {
    out += static_cast<char>(plain ? 'a' + below(26) : below(256));
  }
  return maybe() ? out : out + "\U0001F30A\"\\\n\x7f";
}

namespace {

PartitionReport random_partition(Random& random, int id) {
  PartitionReport out;
  out.partition = PartitionId{id};
  out.owner = static_cast<std::int16_t>(random.below(4)) - 1;
  out.committed = random.maybe();
  out.status = static_cast<PartitionStatus>(random.below(7));
  out.reason = static_cast<Reason>(random.below(23));
  out.stale = random.maybe();
  out.unprobed = random.maybe();
  if (random.maybe()) out.conditions.set(Condition::data_loss);
  if (random.maybe()) out.conditions.set(Condition::unsubscribed);
  out.samples = static_cast<std::uint8_t>(random.below(11));
  out.intervals = static_cast<std::uint8_t>(random.below(31));
  out.committed_offset = Offset{random.number()};
  out.committed_at = random.instant();
  out.lag = random.maybe<std::int64_t>([&] { return random.number(); });
  out.lose(random.number() & PartitionReport::most_lost);
  out.unread_since = random.maybe<Instant>([&] { return random.instant(); });
  if (random.maybe()) out.why = Grounds(random.text());
  return out;
}

MemberReport random_member(Random& random) {
  MemberReport out = member(random.text(), random.text(), random.text());
  out.instance_id = random.maybe() ? random.text() : "";
  out.subscribed = {random.text(), random.text()};
  out.subscribed_regex = random.maybe() ? random.text() : "";
  out.assigned = {{random.text(), {1, 2, 3}}, {"orders", {}}};
  out.assigned_unnamed = {{TopicUuid{1, 2, 3}, {4}}};
  out.assignment_known = random.maybe();
  out.subscription_known = random.maybe();
  out.away = random.maybe();
  return out;
}

}  // namespace

std::shared_ptr<GroupReport> random_group(Random& random) {
  auto out = std::make_shared<GroupReport>();
  out->name = GroupName{random.text()};
  out->kind = static_cast<GroupKind>(random.below(5));
  out->state = random.maybe() ? random.text() : "";
  out->generation = random.maybe() ? -1 : 17;
  out->protocol_type = random.maybe() ? random.text() : "";
  out->rules = random.maybe() ? RuleSet::tidemark : RuleSet::burrow;
  out->status = static_cast<GroupStatus>(random.below(4));
  out->reason = static_cast<Reason>(random.below(23));
  out->explanation = random.text();
  out->stale = random.maybe();
  if (random.maybe()) out->conditions.set(Condition::rebalancing);
  out->status_since = random.instant();
  out->lag = random.maybe<std::int64_t>([&] { return random.number(); });
  out->unread_since = random.maybe<Instant>([&] { return random.instant(); });
  out->lost = random.number();
  out->complete = random.real();
  out->last_commit = random.maybe<Instant>([&] { return random.instant(); });
  for (auto left = random.below(3); left > 0; --left) out->members.push_back(random_member(random));
  for (const char* topic : {"orders", "unheard"}) {
    TopicOfGroup& of = out->topics.emplace_back();
    of.topic = TopicName{topic};
    for (int p = 0; p < 6; ++p) of.partitions.push_back(random_partition(random, p));
  }
  const auto said = everything();
  for (const auto& each : said->groups) {
    if (each->diagnosis && random.maybe()) out->diagnosis = each->diagnosis;
  }
  return out;
}

AskedWindows random_windows(Random& random) {
  AskedWindows out;
  out.asked = random.maybe();
  if (random.maybe()) out.problem = random.text();
  for (const char* topic : {"orders", "unheard"}) {
    for (int p = 0; p < 6; ++p) {
      if (random.maybe()) continue;
      PartitionWindow& window = out.windows.emplace_back();
      window.topic = TopicName{topic};
      window.partition = PartitionId{p};
      window.patience = random.span();
      for (auto left = random.below(11); left > 0; --left) {
        window.samples.push_back({Offset{random.number()}, random.instant(),
                                  random.maybe<std::int64_t>([&] { return random.number(); })});
      }
    }
  }
  return out;
}

}  // namespace tidemark::test
