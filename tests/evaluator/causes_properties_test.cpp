// What must be so of every finding and forecast, whatever the evidence.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "core/utf8.h"
#include "tests/evaluator/scene.h"

namespace tidemark::test {
namespace {

constexpr auto smallest = std::numeric_limits<std::int64_t>::min();
constexpr auto largest = std::numeric_limits<std::int64_t>::max();

// Mostly plausible evidence, with anything among it that a field can hold.
class Wild {
 public:
  explicit Wild(std::uint32_t seed) : random_(seed) {}

  GroupEvidence evidence() {
    GroupEvidence out = Scene{}.evidence;
    out.status = pick({GroupStatus::ok, GroupStatus::warning, GroupStatus::error});
    out.reason = reason();
    out.group = name();
    out.bootstrap = maybe() ? name() : out.bootstrap;
    out.window = Duration{pick<std::int64_t>({0, 300'000, largest})};
    out.has_members = pick<std::optional<bool>>({true, false, std::nullopt});
    out.empty_since = opt(when());
    out.assignments_known = maybe();
    out.last_left = opt(index());
    out.generations = pick({-1, 0, 3, 9, 100'000});
    for (MemberEvidence& each : out.members) change(each);
    if (maybe()) out.members.resize(random_() % 4);
    for (TopicEvidence& each : out.topics) change(each);
    out.pace = {opt(rate()), opt(rate()), opt(rate()), opt(rate()), Duration{below(4'000'000)}};
    out.brokers = {{broker(), count(), count()}, {broker(), count(), count()}};
    if (maybe()) out.blind = {opt(when()), name(), count()};
    return out;
  }

 private:
  template <class T>
  T pick(std::initializer_list<T> values) {
    return *(values.begin() + static_cast<std::ptrdiff_t>(random_() % values.size()));
  }
  bool maybe() { return random_() % 2 == 0; }
  std::int32_t below(std::int32_t limit) {
    return static_cast<std::int32_t>(random_() % static_cast<std::uint64_t>(limit));
  }
  template <class T>
  std::optional<T> opt(T value) {
    return random_() % 4 == 0 ? std::nullopt : std::optional(value);
  }
  std::size_t index() { return pick<std::size_t>({0, 1, 2, 3, 4, 99'999}); }
  std::int32_t broker() { return pick({-1, 1, 2, 3, 77}); }
  int count() { return pick({-3, 0, 1, 2, 11, std::numeric_limits<int>::max()}); }
  double rate() {
    return pick({0.0, 0.02, 40.0, 1500.0, 1600.0, 9400.0, 1e300, -1.0, std::nan(""),
                 std::numeric_limits<double>::infinity()});
  }
  Instant when() {
    return maybe() ? utc(2, below(29)) : from_ms(pick<std::int64_t>({smallest, 0, -1, largest}));
  }
  std::string name() {
    return pick<std::string>({"payments", "it's", "a\nb\x1b[2J", "\xff\xfe", "$(reboot)", "", "-x",
                              std::string(70'000, 'y'), "naïve \u202e"});
  }
  Reason reason() {
    return pick({Reason::no_data, Reason::monitor_stale, Reason::beyond_log_end, Reason::data_loss,
                 Reason::caught_up, Reason::blocked_by_transaction, Reason::stopped, Reason::rewind,
                 Reason::stalled, Reason::falling_behind, Reason::warming_up, Reason::catching_up,
                 Reason::keeping_up, Reason::burrow_stop});
  }
  Speed speed() { return {rate(), rate(), rate()}; }

  void change(MemberEvidence& of) {
    of.name = name();
    of.host = maybe() ? name() : of.host;
    of.live = maybe();
    of.left_at = opt(when());
    of.joined = count();
    of.left = count();
    of.assigned = opt(count());
  }
  void change(PartitionEvidence& of) {
    if (maybe()) return;
    of.partition = PartitionId{maybe() ? of.partition.get() : pick({-1, 99'999})};
    of.status = pick({PartitionStatus::ok, PartitionStatus::stalled, PartitionStatus::stopped,
                      PartitionStatus::rewind, PartitionStatus::unknown});
    of.reason = reason();
    of.bad = maybe();
    of.owner = opt(index());
    of.last_owner = opt(index());
    of.committed_offset = Offset{pick<std::int64_t>({0, 991'204, smallest, largest})};
    of.committed_at = when();
    of.standing_since = when();
    of.lag = opt(pick<std::int64_t>({0, 1, 60'000, -5, smallest, largest}));
    of.unread_since = opt(when());
    of.leader = broker();
    of.log_end = opt(Offset{pick<std::int64_t>({0, 1'000'100, largest})});
    of.lso = opt(Offset{pick<std::int64_t>({0, 991'204, smallest})});
    of.lso_since = opt(when());
    of.produced = opt(speed());
    of.consumed = opt(speed());
  }
  void change(TopicEvidence& of) {
    of.topic = TopicName{name()};
    for (PartitionEvidence& each : of.partitions) change(each);
    for (auto& each : of.produced) {
      if (random_() % 8 == 0) each = opt(rate());
    }
    if (maybe()) of.produced.resize(random_() % 20);
    of.settings.retention = opt(Duration{pick<std::int64_t>({-1, 0, 3'600'000, largest})});
    of.settings.deletes = maybe();
    of.settings_known = maybe();
    of.groups = count();
    of.bad_groups = count();
    of.bad_since_first = opt(when());
    of.bad_since_last = opt(when());
  }

  std::mt19937_64 random_;
};

bool is_one_line(const std::string& text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

void expect_good_text(const std::string& text) {
  EXPECT_TRUE(is_one_line(text)) << text;
  EXPECT_FALSE(first_not_utf8(text)) << text;
  EXPECT_LT(text.size(), 2000U);
  EXPECT_EQ(text.find("nan"), std::string::npos) << text;
  EXPECT_EQ(text.find("inf"), std::string::npos) << text;
}

void expect_good_number(const FindingNumber& number) {
  if (const double* value = std::get_if<double>(&number)) {
    EXPECT_TRUE(std::isfinite(*value));
    EXPECT_GE(*value, 0);
  }
}

void expect_good(const Finding& finding) {
  expect_good_text(finding.sentence);
  ASSERT_FALSE(finding.sentence.empty());
  EXPECT_EQ(finding.sentence.back(), '.');
  EXPECT_TRUE(is_one_line(finding.next_step)) << finding.next_step;
  EXPECT_FALSE(first_not_utf8(finding.next_step)) << finding.next_step;
  EXPECT_FALSE(finding.numbers.empty());
  for (const auto& [name, number] : finding.numbers) expect_good_number(number);
}

void expect_good(const Outlook& of) {
  for (const auto& each : {of.soonest, of.likely, of.latest}) {
    EXPECT_GE(each.value_or(Duration{0}), Duration{0});
  }
  const auto never_last = [](const std::optional<Duration>& each) {
    return each.value_or(Duration::max());
  };
  EXPECT_LE(never_last(of.soonest), never_last(of.likely));
  EXPECT_LE(never_last(of.likely), never_last(of.latest));
}

void expect_good(const Speed& of) {
  EXPECT_LE(0, of.low);
  EXPECT_LE(of.low, of.likely);
  EXPECT_LE(of.likely, of.high);
}

TEST(AnyEvidence, of_nothing_leads_to_nothing) { EXPECT_TRUE(find_causes({}).empty()); }

TEST(AnyEvidence, leads_to_findings_in_order_a_few_of_a_kind_that_can_be_read) {
  std::vector<int> seen(32);
  for (std::uint32_t seed = 0; seed < 6000; ++seed) {
    const auto found = find_causes(Wild(seed).evidence());
    EXPECT_TRUE(std::is_sorted(found.begin(), found.end(),
                               [](const auto& a, const auto& b) { return a.kind < b.kind; }));
    for (const Finding& each : found) {
      expect_good(each);
      ++seen[static_cast<std::size_t>(each.kind)];
      EXPECT_LE(std::count_if(found.begin(), found.end(),
                              [&](const auto& other) { return other.kind == each.kind; }),
                3);
    }
    if (testing::Test::HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GE(std::count_if(seen.begin(), seen.end(), [](int times) { return times > 0; }), 8)
      << "most kinds occur";
}

TEST(AnyEvidence, leads_to_forecasts_in_order_that_are_never_negative) {
  int made = 0;
  for (std::uint32_t seed = 0; seed < 6000; ++seed) {
    const Forecast of = forecast(Wild(seed).evidence());
    if (of.produced) expect_good(*of.produced);
    if (of.consumed) expect_good(*of.consumed);
    if (of.catch_up) expect_good(*of.catch_up);
    if (of.until_loss) expect_good(*of.until_loss);
    EXPECT_GT(of.faster_to_hold.value_or(2), 1);
    expect_good_text(of.sentence);
    made += of.catch_up && of.catch_up->soonest ? 1 : 0;
    if (testing::Test::HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GT(made, 20);
}

TEST(AnyEvidence, is_not_changed_and_leads_to_the_same_twice) {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    const GroupEvidence evidence = Wild(seed).evidence();
    const auto first = find_causes(evidence);
    const auto second = find_causes(evidence);
    ASSERT_EQ(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i].sentence, second[i].sentence);
    EXPECT_EQ(forecast(evidence).sentence, forecast(evidence).sentence);
  }
}

}  // namespace
}  // namespace tidemark::test
