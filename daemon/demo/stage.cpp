#include "daemon/demo/stage.h"

#include <algorithm>
#include <functional>
#include <future>
#include <utility>

#include "core/log.h"
#include "daemon/demo/event_records.h"

namespace tidemark::demo {
namespace {

constexpr std::chrono::milliseconds step{500};
// A process that was paused goes on where it was, instead of doing hours of work at once.
constexpr Duration longest_step = std::chrono::seconds{10};
constexpr std::chrono::seconds flush_within{30};
constexpr std::chrono::seconds say_every{30};

MockSettings settings_of(const ClusterPlan& plan) {
  MockSettings out;
  out.cluster = plan.name;
  out.brokers = plan.brokers;
  out.topics.push_back({offsets_topic_name(), plan.offsets_partitions});
  for (const TopicPlan& topic : plan.topics) out.topics.push_back({topic.name, topic.partitions});
  return out;
}

}  // namespace

Result<std::unique_ptr<Stage>> Stage::open(const std::vector<ClusterPlan>& plans,
                                           const Clock& clock) {
  const Instant curtain = clock.now();
  std::vector<std::future<Result<Scenery>>> being_set;  // all at once: brokers take a second or so
  for (const ClusterPlan& plan : plans) {
    being_set.push_back(std::async(std::launch::async, set_scenery, std::cref(plan), curtain));
  }
  std::unique_ptr<Stage> out(new Stage(clock));
  for (auto& each : being_set) {
    auto scenery = each.get();
    if (!scenery) return scenery.error();
    out->sceneries_.push_back(std::move(scenery.value()));
  }
  return out;
}

Result<Stage::Scenery> Stage::set_scenery(const ClusterPlan& plan, Instant curtain) {
  auto kafka = MockKafka::start(settings_of(plan));
  if (!kafka) return kafka.error();
  Scenery out{Script(plan), std::move(kafka.value())};
  const Status past = play(out, out.script.beginning(), Duration{0}, curtain);
  if (!past) return past.error();
  const Status written = out.kafka->flush(flush_within);
  if (!written) return written.error();
  return out;
}

std::vector<StageAddress> Stage::addresses() const {
  std::vector<StageAddress> out;
  for (const Scenery& each : sceneries_) {
    out.push_back({each.script.plan().name, each.kafka->bootstrap()});
  }
  return out;
}

Status Stage::play(Scenery& scenery, Duration from, Duration to, Instant now) {
  Status out = scenery.kafka->serve();
  for (const Event& event : scenery.script.between(from, to)) {
    const Instant at = now - (to - event.at);
    write_event(scenery.script.plan(), event, at, [&](const WrittenRecord& record) {
      const Status written = scenery.kafka->append(record.topic, record.partition, record.key,
                                                   record.value, record.at);
      if (!written) out = written;
    });
  }
  return out;
}

void Stage::begin() {
  player_ =
      std::make_unique<Worker>("demo", [this](const std::stop_token& stop) { play_on(stop); });
}

void Stage::play_on(const std::stop_token& stop) {
  log::RateLimit complaints(say_every);
  Duration played{0};
  auto before = clock_.steady();
  while (!stopped_within(stop, step)) {
    const auto now = clock_.steady();
    const auto passed = std::chrono::duration_cast<Duration>(now - before);
    before += passed;
    const Duration until = played + std::min(passed, longest_step);
    const Instant wall = clock_.now();
    for (Scenery& scenery : sceneries_) {
      const Status status = play(scenery, played, until, wall);
      if (!status && complaints.pass(now)) log::warn("demo: {}", status.error().message);
    }
    played = until;
  }
}

}  // namespace tidemark::demo
