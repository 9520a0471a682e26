// People and tools that ask the daemon for answers: keep-alive connections, each asking for one
// thing after another. Prints one line of JSON at the end, or at SIGTERM: per kind of request how
// many, how many failed (another status than 200, or no answer), and how long they took from the
// first byte sent to the last received; "late_ms" is how far the tool itself fell behind its rate
// at most.
//
//   rest_load URL [connections=N] [rate=N] [seconds=N] [gzip=1] KIND=WEIGHT:TARGET…
//
//   connections=N       (8)
//   rate=N              requests a second, all connections together (0: as many as are answered)
//
//   seconds=N           (0: until SIGTERM)
//
//   gzip=1              asks for compressed answers, and does not unpack them
//
//   KIND=WEIGHT:TARGET  such as group=5:/api/v1/clusters/PROD/groups/g{000-999}: see request_mix.h
#include <chrono>
#include <cstdio>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/http_load.h"
#include "tests/bench/latencies.h"
#include "tests/bench/request_mix.h"
#include "tests/bench/settings.h"
#include "tests/bench/stop_signal.h"

namespace tidemark::bench {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds silence_limit{30};
constexpr std::chrono::milliseconds nap{50};

struct Plan {
  std::string url;
  int connections = 8;
  int rate = 0;
  int seconds = 0;
  int gzip = 0;
  std::vector<RequestKind> kinds;
};

Plan plan_from(int count, char** words) {
  if (count < 3) fail("usage: rest_load URL [name=value…] KIND=WEIGHT:TARGET…");
  Plan plan;
  plan.url = words[1];
  Settings settings;
  settings.take("connections", &plan.connections);
  settings.take("rate", &plan.rate);
  settings.take("seconds", &plan.seconds);
  settings.take("gzip", &plan.gzip);
  for (int i = 2; i < count; ++i) {
    if (std::string(words[i]).find(":/") != std::string::npos) {
      plan.kinds.push_back(request_kind(words[i]));
    } else {
      settings.read(i + 1, words, i);
    }
  }
  if (plan.kinds.empty()) fail("nothing to ask for");
  if (plan.connections < 1) fail("connections: has to be 1 or more");
  return plan;
}

struct Outcome {
  std::vector<Latencies> kinds;
  Seconds late{0};
  std::string problem;  // of the newest request that failed
};

// One connection and its thread.
class Asker {
 public:
  Asker(const Plan& plan, const RequestMix& mix, int number)
      : plan_(plan), mix_(mix), number_(number), random_(static_cast<unsigned>(number) + 1) {
    outcome_.kinds.resize(mix.kinds().size());
    set_up(client_, silence_limit);
    client_.set_default_headers(accepting(plan.gzip != 0));
  }

  void run(const LoadTime& time) {
    const Seconds every{plan_.rate > 0 ? double(plan_.connections) / plan_.rate : 0.0};
    const Seconds offset = every * number_ / plan_.connections;  // not all at once
    for (long turn = 0; !time.over(); ++turn) {
      if (plan_.rate > 0) {
        const auto due = time.began() + std::chrono::duration_cast<steady_clock::duration>(
                                            offset + every * static_cast<double>(turn));
        if (!time.wait_until(due)) return;
        outcome_.late = std::max(outcome_.late, Seconds(steady_clock::now() - due));
      }
      ask();
    }
  }

  [[nodiscard]] const Outcome& outcome() const { return outcome_; }

 private:
  void ask() {
    const std::size_t kind = mix_.draw(random_);
    const std::string target = drawn(mix_.kinds()[kind].target, random_);
    const auto sent = steady_clock::now();
    const auto answer = client_.Get(target.c_str());
    const Seconds took = steady_clock::now() - sent;
    if (answer && answer->status == 200) {
      outcome_.kinds[kind].add(took.count());
      return;
    }
    outcome_.kinds[kind].failed();
    outcome_.problem = target + ": " +
                       (answer ? "HTTP status " + std::to_string(answer->status)
                               : httplib::to_string(answer.error()));
    std::this_thread::sleep_for(nap);  // where nothing answers, asking faster helps nobody
  }

  const Plan& plan_;
  const RequestMix& mix_;
  const int number_;
  httplib::Client client_{plan_.url};
  std::mt19937_64 random_;
  Outcome outcome_;
};

Outcome sum_of(const std::vector<std::unique_ptr<Asker>>& askers) {
  Outcome sum = askers.front()->outcome();
  for (std::size_t i = 1; i < askers.size(); ++i) {
    const Outcome& other = askers[i]->outcome();
    for (std::size_t k = 0; k < sum.kinds.size(); ++k) sum.kinds[k].add(other.kinds[k]);
    sum.late = std::max(sum.late, other.late);
    if (sum.problem.empty()) sum.problem = other.problem;
  }
  return sum;
}

void print(const RequestMix& mix, const Outcome& sum, Seconds took) {
  std::printf("{\"seconds\": %.3f, \"late_ms\": %.3f, \"kinds\": {", took.count(),
              sum.late.count() * 1e3);
  for (std::size_t k = 0; k < sum.kinds.size(); ++k) {
    std::printf("%s\"%s\": %s", k > 0 ? ", " : "", mix.kinds()[k].name.c_str(),
                sum.kinds[k].json().c_str());
  }
  std::printf("}}\n");
  if (!sum.problem.empty()) std::fprintf(stderr, "%s\n", sum.problem.c_str());
}

void run(const Plan& plan) {
  const RequestMix mix(plan.kinds);
  std::vector<std::unique_ptr<Asker>> askers;
  std::vector<std::thread> threads;
  const LoadTime time(plan.seconds);
  for (int i = 0; i < plan.connections; ++i) {
    askers.push_back(std::make_unique<Asker>(plan, mix, i));
    threads.emplace_back([&asker = *askers.back(), &time] { asker.run(time); });
  }
  for (auto& thread : threads) thread.join();
  print(mix, sum_of(askers), time.taken());
}

}  // namespace
}  // namespace tidemark::bench

int main(int count, char** words) {
  const auto plan = tidemark::bench::plan_from(count, words);
  tidemark::bench::watch_for_stop();
  tidemark::bench::run(plan);
  return 0;
}
