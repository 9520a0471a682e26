// What the history thread pays for a sample of a whole cluster, sampling and writing together, and
// what a chart of a day costs the server. `changed`: in percent, of the partitions.
#include <benchmark/benchmark.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "daemon/history/recorder.h"
#include "storage/history_query.h"
#include "storage/history_schema.h"
#include "tests/support/temporary_folder.h"

namespace tidemark::bench {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr int partitions_of_group = 100;
const Instant midnight = from_ms(1'700'000'000'000 / 86'400'000 * 86'400'000);

class MovedClock final : public Clock {
 public:
  void advance(Duration span) { now_ += span; }
  [[nodiscard]] Instant now() const override { return now_; }
  [[nodiscard]] Duration step() const override { return Duration{0}; }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return {}; }

 private:
  Instant now_ = midnight;
};

// Groups of 100 partitions each, all of one topic; `changed` percent of them move at each look.
class Life {
 public:
  Life(int groups, int changed) : groups_(groups), changed_(changed) {}

  std::shared_ptr<const ClusterReport> next() {
    ++round_;
    auto out = std::make_shared<ClusterReport>();
    out->cluster = ClusterName{"PROD"};
    out->health.caught_up = true;
    out->topics.push_back(topic());
    for (int g = 0; g < groups_; ++g) out->groups.push_back(group(g));
    return out;
  }

 private:
  // Some 300 records a second.
  [[nodiscard]] std::int64_t end_of(int partition) const {
    return 1'000'000'000 + (moves(partition) ? round_ * (9'000 + partition * 7) : 0);
  }
  [[nodiscard]] bool moves(int partition) const { return partition < changed_; }

  [[nodiscard]] std::shared_ptr<const TopicReport> topic() const {
    auto out = std::make_shared<TopicReport>();
    out->topic = TopicName{"orders"};
    for (int p = 0; p < partitions_of_group; ++p) {
      TopicPartitionReport partition;
      partition.partition = PartitionId{p};
      partition.end = Offset{end_of(p)};
      out->partitions.push_back(partition);
    }
    return out;
  }
  [[nodiscard]] std::shared_ptr<const GroupReport> group(int number) const {
    auto out = std::make_shared<GroupReport>();
    out->name = GroupName{"group-" + std::to_string(number)};
    out->status = GroupStatus::ok;
    TopicOfGroup of;
    of.topic = TopicName{"orders"};
    std::int64_t lag = 0;
    for (int p = 0; p < partitions_of_group; ++p) {
      PartitionReport partition;
      partition.partition = PartitionId{p};
      partition.committed = true;
      partition.status = PartitionStatus::ok;
      const std::int64_t behind = moves(p) ? (round_ * 31 + number + p) % 500 : 0;
      partition.committed_offset = Offset{end_of(p) - behind};
      partition.lag = behind;
      lag += behind;
      of.partitions.push_back(partition);
    }
    out->lag = lag;
    out->topics.push_back(std::move(of));
    return out;
  }

  int groups_;
  int changed_;
  std::int64_t round_ = 0;
};

void write_history(benchmark::State& state) {
  const auto groups = static_cast<int>(state.range(0));
  Life life(groups, static_cast<int>(state.range(1)));
  const test::TemporaryFolder folder;
  MovedClock clock;
  auto report = life.next();
  Recorder recorder(
      {{folder / "history.db"}}, [&] { return ClusterReports{report}; }, clock);
  recorder.work();
  clock.advance(seconds(30));
  recorder.work();  // the first ones are whole
  const auto before = recorder.status()->bytes;
  for (auto _ : state) {
    state.PauseTiming();
    report = life.next();
    clock.advance(seconds(30));
    state.ResumeTiming();
    recorder.work();
  }
  const auto samples = state.iterations() * groups * partitions_of_group;
  state.SetItemsProcessed(samples);
  state.counters["bytes_a_sample"] =
      static_cast<double>(recorder.status()->bytes - before) / static_cast<double>(samples);
  if (recorder.status()->state != HistoryStatus::State::recording) {
    state.SkipWithError(recorder.status()->reason.c_str());
  }
}
BENCHMARK(write_history)
    ->Name("history_write")
    ->ArgNames({"groups", "changed"})
    ->Args({10'000, 100})
    ->Args({10'000, 1})
    ->Args({10'000, 0})
    ->Iterations(10)
    ->Unit(benchmark::kMillisecond);

// 24 hours of a group of 50 partitions, as a chart asks for them.
void day_of_a_group(benchmark::State& state) {
  Life life(1, 50);
  const test::TemporaryFolder folder;
  MovedClock clock;
  auto report = life.next();
  Recorder recorder(
      {{folder / "history.db"}}, [&] { return ClusterReports{report}; }, clock);
  for (int i = 0; i < 24 * 120; ++i) {
    recorder.work();
    report = life.next();
    clock.advance(seconds(30));
  }
  std::size_t seen = 0;
  for (auto _ : state) {
    const auto found =
        samples_of(folder / "history.db", {"PROD", "group-0", midnight, midnight + hours(24)});
    seen = found ? found.value().samples.size() : 0;
  }
  state.counters["samples"] = static_cast<double>(seen);
}
BENCHMARK(day_of_a_group)->Name("history_day")->Unit(benchmark::kMillisecond);

// What a year leaves of groups of which only totals are kept: steps of an hour, and of five minutes
// for its last 90 days.
void year_of_totals(benchmark::State& state) {
  const auto groups = static_cast<int>(state.range(0));
  const test::TemporaryFolder folder;
  const std::string path = folder / "history.db";
  for (auto _ : state) {
    MovedClock clock;
    std::mt19937 random(1);
    auto report = std::make_shared<ClusterReport>();
    RecorderSettings settings{{path}};
    settings.file.max_age = hours(2);
    settings.interval = std::chrono::minutes(5);
    Recorder recorder(
        settings, [&] { return ClusterReports{report}; }, clock);
    for (int look = 0; look < 365 * 24 * 12; ++look) {
      report = std::make_shared<ClusterReport>();
      report->cluster = ClusterName{"PROD"};
      report->health.caught_up = true;
      for (int g = 0; g < groups; ++g) {
        auto group = std::make_shared<GroupReport>();
        group->name = GroupName{"group-" + std::to_string(100'000 + g)};
        group->status = random() % 50 == 0 ? GroupStatus::warning : GroupStatus::ok;
        group->lag = static_cast<std::int64_t>(random() % 3'000);
        report->groups.push_back(std::move(group));
      }
      clock.advance(settings.interval);
      while (recorder.work()) {
      }
    }
  }
  Database file;
  if (!file.open({path, history_migrations(), Durability::last_ones_may_be_lost, true}).ok()) {
    state.SkipWithError("the file can't be read");
    return;
  }
  const auto bytes_of = [&](std::string_view table) {
    Statement sum = file.prepare("SELECT ifnull(sum(length(bytes)), 0) FROM " + std::string(table));
    return sum.step() ? static_cast<double>(sum.number(0)) / groups : -1;
  };
  state.counters["by_hour_a_group"] = bytes_of(one_hour.table);
  state.counters["by_5_minutes_a_group"] = bytes_of(five_minutes.table);
  state.counters["samples_a_group"] = bytes_of("blocks") + bytes_of("pieces");
}
BENCHMARK(year_of_totals)
    ->Name("history_year")
    ->ArgName("groups")
    ->Arg(20)
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace tidemark::bench
