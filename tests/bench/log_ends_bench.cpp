// What a refresh of all log ends, log starts and last stable offsets of a cluster costs, from the
// first request until the pipeline's state has taken the last answer: metadata poller, log-end
// poller and state as the daemon has them, and nothing else. Prints one line of JSON.
//
//   log_ends_bench BOOTSTRAP [rounds=N] [refresh_ms=N] [metadata_ms=N]
#include <sys/resource.h>
#include <time.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "collectors/cluster_board.h"
#include "collectors/link_tracker.h"
#include "collectors/log_end_poller.h"
#include "collectors/metadata_poller.h"
#include "config/policy_table.h"
#include "core/worker.h"
#include "daemon/pipeline/cluster_state.h"
#include "tests/bench/settings.h"

namespace tidemark::bench {
namespace {

constexpr std::chrono::seconds limit{120};

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double cpu_of_process() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
}

double cpu_of_thread() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Options {
  std::string bootstrap;
  int rounds = 5;
  int refresh_ms = 3000;
  int metadata_ms = 600'000;
};

Options options_from(int count, char** words) {
  if (count < 2) fail("usage: log_ends_bench BOOTSTRAP [name=value…]");
  Options out;
  out.bootstrap = words[1];
  Settings settings;
  settings.take("rounds", &out.rounds);
  settings.take("refresh_ms", &out.refresh_ms);
  settings.take("metadata_ms", &out.metadata_ms);
  settings.read(count, words, 2);
  return out;
}

// One refresh as the pipeline sees it.
struct Round {
  double seconds = 0;
  double cpu_seconds = 0;        // of the process
  double state_cpu_seconds = 0;  // of it, the pipeline's thread
};

class Bench {
 public:
  explicit Bench(const Options& options)
      : settings_{ClusterName{"bench"},
                  options.bootstrap,
                  {},
                  Duration{options.refresh_ms},
                  Duration{options.metadata_ms}},
        state_({"bench", options.bootstrap, settings_.refresh}, policies_) {}

  // The first round, with its metadata and connections, comes before those that are counted.
  std::vector<Round> run(int rounds) {
    std::vector<Round> out;
    for (int i = 0; i <= rounds; ++i) {
      const double cpu = cpu_of_process();
      const double own = cpu_of_thread();
      const Instant began = take_round();
      const Duration took = clock_.now() - began;
      out.push_back(
          {static_cast<double>(took.count()) / 1e3, cpu_of_process() - cpu, cpu_of_thread() - own});
    }
    out.erase(out.begin());
    return out;
  }

  [[nodiscard]] std::size_t partitions() const { return partitions_; }

 private:
  // Returns when it began.
  Instant take_round() {
    ++round_;
    const auto end = clock_.steady() + limit;
    Instant began = Instant::max();
    std::size_t told = 0;
    while (partitions_ == 0 || told < partitions_) {
      if (clock_.steady() > end) fail("not all log ends came in time");
      for (Observation& seen : inlet_.take(std::chrono::milliseconds{100})) {
        if (const auto* ends = std::get_if<LogEndsSeen>(&seen)) {
          began = std::min(began, ends->taken_at);
          for (const TopicOffsets& topic : ends->topics) told += newly_told(topic);
        }
        if (const auto* topics = std::get_if<TopicsSeen>(&seen)) count(*topics);
        std::visit([this](auto&& each) { state_.apply(std::forward<decltype(each)>(each)); },
                   std::move(seen));
      }
    }
    return began;
  }

  // Complete, and for the first time in this round: after an error brokers are asked again.
  std::size_t newly_told(const TopicOffsets& topic) {
    std::vector<int>& rounds = told_in_[topic.topic.get()];
    std::size_t out = 0;
    for (const PartitionOffsets& each : topic.partitions) {
      const auto at = static_cast<std::size_t>(each.partition.get());
      if (at >= rounds.size()) rounds.resize(at + 1);
      if (each.end && each.start && each.lso && std::exchange(rounds[at], round_) != round_) ++out;
    }
    return out;
  }

  void count(const TopicsSeen& seen) {
    partitions_ = static_cast<std::size_t>(seen.offsets_topic_partitions);
    for (const TopicSeen& topic : seen.topics) {
      partitions_ += static_cast<std::size_t>(topic.partitions);
    }
  }

  const CollectorSettings settings_;
  const SystemClock clock_;
  const PolicyTable policies_;
  ClusterState state_;
  std::size_t partitions_ = 0;
  int round_ = 0;
  std::map<std::string, std::vector<int>> told_in_;  // the newest round, by partition
  Channel<Observation> inlet_{"inlet", {200'000, 100'000'000}};
  Outlet outlet_{"bench", inlet_};
  ClusterBoard board_;
  LinkTracker link_{settings_.bootstrap};
  MetadataPoller metadata_{settings_, outlet_, board_, link_, clock_};
  LogEndPoller log_ends_{settings_, outlet_, board_, clock_};
  Worker metadata_thread_{"meta", [this](const std::stop_token& stop) { metadata_.run(stop); }};
  Worker log_ends_thread_{"ends", [this](const std::stop_token& stop) { log_ends_.run(stop); }};
};

int run(const Options& options) {
  Bench bench(options);
  const std::vector<Round> rounds = bench.run(options.rounds);
  std::printf("{\"partitions\": %zu, \"rounds\": [", bench.partitions());
  const char* comma = "";
  for (const Round& each : rounds) {
    std::printf("%s{\"seconds\": %.3f, \"cpu_seconds\": %.3f, \"state_cpu_seconds\": %.3f}", comma,
                each.seconds, each.cpu_seconds, each.state_cpu_seconds);
    comma = ", ";
  }
  std::printf("]}\n");
  return 0;
}

}  // namespace
}  // namespace tidemark::bench

int main(int count, char** words) {
  return tidemark::bench::run(tidemark::bench::options_from(count, words));
}
