// A big cluster at work: groups commit at a steady rate, written past the coordinator, while
// records arrive in their topics. The topics have to be there (fill_offsets). Ends after `seconds`
// (0: never) or at SIGTERM: then every moving group commits what it has read once more, so that
// nothing waits for it. Prints one line of JSON, from which every newest offset follows: those of a
// moving group are `log_ends` of its topic (number group % topics), those of a stalled or stopped
// one `began_at`, if it had read everything before; `longest_gaps` are the seconds that each group
// went without a commit at most, as the broker has them.
//
//   commit_stream BOOTSTRAP [rate=N] [seconds=N] [records=N] [batch=N] [stalled_every=N]
//                 [stopped_every=N] [groups=N] [topics=N] [partitions=N] [offsets_partitions=N]
//
//   rate=N           commits a second (20000)
//   records=N        records a second into all topics (-1: one a topic partition while each group
//                    and partition commits once)
//   batch=N          partitions in one request, which follow each other (10)
//   stalled_every=N  one group of so many commits one offset again and again (0: none)
//   stopped_every=N  one group of so many does not commit any more (0: none)
#include <chrono>
#include <cstdio>
#include <thread>

#include "collectors/record.h"
#include "core/clock.h"
#include "tests/bench/commit_gaps.h"
#include "tests/bench/live_groups.h"
#include "tests/bench/producer.h"
#include "tests/bench/settings.h"
#include "tests/bench/stop_signal.h"
#include "tests/bench/topic_ends.h"
#include "tests/bench/world.h"

namespace tidemark::bench {
namespace {

using std::chrono::steady_clock;

constexpr const char* offsets_topic = "__consumer_offsets";
constexpr std::chrono::milliseconds commits_every{5};
constexpr std::chrono::milliseconds records_every{500};

struct Plan {
  World world;
  Habits habits;
  std::string bootstrap;
  int rate = 20'000;
  int seconds = 0;
  int records = -1;
};

Plan plan_from(int count, char** words) {
  if (count < 2) fail("usage: commit_stream BOOTSTRAP [name=value…]");
  Plan plan;
  plan.bootstrap = words[1];
  Settings settings;
  plan.world.take(settings);
  settings.take("rate", &plan.rate);
  settings.take("seconds", &plan.seconds);
  settings.take("records", &plan.records);
  settings.take("batch", &plan.habits.batch);
  settings.take("stalled_every", &plan.habits.stalled_every);
  settings.take("stopped_every", &plan.habits.stopped_every);
  settings.read(count, words, 2);
  if (plan.rate < 1 || plan.habits.batch < 1) fail("rate and batch have to be 1 or more");
  if (plan.records < 0) {
    plan.records = static_cast<int>(std::int64_t{plan.rate} * plan.world.topics /
                                    std::max(1, plan.world.groups));
  }
  return plan;
}

std::string as_json(std::int64_t number) { return std::to_string(number); }
std::string as_json(Duration span) { return std::to_string(to_seconds(span)); }

template <typename Item>
std::string as_json(const std::vector<Item>& items) {
  std::string out = "[";
  for (const Item& item : items) {
    if (out.size() > 1) out += ", ";
    out += as_json(item);
  }
  return out + "]";
}

// How many of `rate` a second are due, and have not been done yet.
class Pace {
 public:
  explicit Pace(int rate) : rate_(rate) {}

  std::int64_t due() const {
    const std::chrono::duration<double> since = steady_clock::now() - began_;
    return static_cast<std::int64_t>(since.count() * rate_) - done_;
  }
  void did(std::int64_t count) { done_ += count; }

 private:
  steady_clock::time_point began_ = steady_clock::now();
  int rate_;
  std::int64_t done_ = 0;
};

class Stream {
 public:
  explicit Stream(const Plan& plan)
      : plan_(plan),
        // Apart, because a producer looks at all partitions of its broker whenever it wakes up.
        commits_({plan.bootstrap, "10000", "2"},
                 [this](const Taken& taken) {
                   CommitGaps::taken(*static_cast<CommitGaps::Place*>(taken.place),
                                     from_ms(taken.sent_ms), clock_.now());
                 }),
        records_({plan.bootstrap, "10000", "100"},
                 [](const Taken& taken) {
                   auto& log_end = *static_cast<std::int64_t*>(taken.place);
                   log_end = std::max(log_end, taken.offset + 1);
                 }),
        ends_(topic_ends(records_.handle(), plan.world.all_topics(), plan.world.partitions)),
        groups_(plan.world, plan.habits, ends_),
        gaps_(plan.world, plan.habits, clock_.now()) {}

  void run() {
    const auto began = steady_clock::now();
    Pace commits(plan_.rate);
    Pace records(plan_.records);
    auto records_at = began;
    while (!stop_asked() && !over(began)) {
      latest_ = std::max(latest_, static_cast<double>(commits.due()) / plan_.rate);
      while (commits.due() > 0) commits.did(commit(groups_.next()));
      if (steady_clock::now() >= records_at) {
        for (auto due = records.due(); due > 0; --due) records.did(produce());
        records_at += records_every;
      }
      commits_.poll();
      records_.poll();
      std::this_thread::sleep_for(commits_every);
    }
    streamed_ = commits_.sent();
    late_ = latest_ + std::chrono::duration<double>(commits_.longest()).count();
    took_ = steady_clock::now() - began;
  }

  void finish() {
    const auto began = steady_clock::now();
    records_.finish();
    for (auto left = groups_.requests_a_round(); left > 0; --left) {
      const Request request = groups_.next();
      if (groups_.kind(request.group) == LiveGroups::Kind::moving) commit(request);
    }
    commits_.finish();
    last_round_took_ = steady_clock::now() - began;
  }

  void print() const {
    std::printf(
        "{\"commits\": %llu, \"streamed\": %llu, \"seconds\": %.3f, \"commits_per_second\": %.0f, "
        "\"records\": %llu, \"late_seconds\": %.3f, \"last_round_seconds\": %.3f",
        static_cast<unsigned long long>(commits_.sent()),
        static_cast<unsigned long long>(streamed_), took_.count(),
        static_cast<double>(streamed_) / std::max(took_.count(), 0.001),
        static_cast<unsigned long long>(records_.sent()), late_, last_round_took_.count());
    std::printf(", \"stalled\": %s, \"stopped\": %s, \"began_at\": %s, \"log_ends\": %s",
                as_json(groups_.of_kind(LiveGroups::Kind::stalled)).c_str(),
                as_json(groups_.of_kind(LiveGroups::Kind::stopped)).c_str(),
                as_json(groups_.began_at()).c_str(), as_json(ends_).c_str());
    std::printf(", \"longest_gaps\": %s}\n", as_json(gaps_.longest()).c_str());
  }

 private:
  [[nodiscard]] bool over(steady_clock::time_point began) const {
    return plan_.seconds > 0 && steady_clock::now() - began > std::chrono::seconds{plan_.seconds};
  }

  // A stopped group's turn passes as if it had committed, so that the others do not hurry.
  std::int64_t commit(const Request& request) {
    if (groups_.kind(request.group) != LiveGroups::Kind::stopped) {
      const std::string group = plan_.world.group(request.group);
      const int to = offsets_partition_of(group, plan_.world.offsets_partitions);
      for (int p = request.first; p < request.end; ++p) {
        commits_.send(
            offsets_topic, to, plan_.world.key(request.group, p),
            plan_.world.value_of(request.group, groups_.offset(request.group, p), clock_.now()),
            p + 1 == request.end ? &gaps_.of(request) : nullptr);
      }
    }
    return request.end - request.first;
  }

  std::int64_t produce() {
    const int topics = plan_.world.topics;
    const auto topic = static_cast<std::size_t>(next_record_ % topics);
    const auto partition = static_cast<std::size_t>(next_record_ / topics % plan_.world.partitions);
    records_.send(plan_.world.topic(static_cast<int>(topic)), static_cast<int>(partition), "", "x",
                  &ends_[topic][partition]);
    ++next_record_;
    return 1;
  }

  const Plan& plan_;
  SystemClock clock_;
  Producer commits_;
  Producer records_;
  LogEnds ends_;
  LiveGroups groups_;
  CommitGaps gaps_;
  std::int64_t next_record_ = 0;
  std::uint64_t streamed_ = 0;
  double latest_ = 0;  // seconds behind the rate, at most
  double late_ = 0;    // … until it was with the broker
  std::chrono::duration<double> took_{0};
  std::chrono::duration<double> last_round_took_{0};
};

}  // namespace
}  // namespace tidemark::bench

int main(int count, char** words) {
  using namespace tidemark::bench;
  const Plan plan = plan_from(count, words);
  watch_for_stop();
  Stream stream(plan);
  stream.run();
  stream.finish();
  stream.print();
  return 0;
}
