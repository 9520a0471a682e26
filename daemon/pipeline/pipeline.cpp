#include "daemon/pipeline/pipeline.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/log.h"
#include "core/urgency.h"
#include "daemon/pipeline/spare_memory.h"

namespace tidemark {
namespace {

// Records and partitions, and what they hold. So much may wait, and as much again is on the
// pipeline thread's desk while it works on what it took.
constexpr Load inlet_room{100'000, 16'000'000};
constexpr std::chrono::milliseconds tick_every{1000};
constexpr std::chrono::milliseconds between_snapshot_steps{5};
constexpr std::chrono::milliseconds soonest_tick{200};  // after the one before
constexpr std::chrono::seconds forget_within{5};

std::shared_ptr<const ClusterReport> first_report(const CollectorSettings& settings,
                                                  const Clock& clock, std::uint64_t last_event) {
  auto report = std::make_shared<ClusterReport>();
  report->cluster = settings.cluster;
  report->bootstrap = settings.bootstrap;
  report->as_of = clock.now();
  report->as_of_broker = report->as_of;
  report->last_event = last_event;
  return report;
}

CollectorSettings resuming(CollectorSettings settings) {
  settings.resumes = true;
  return settings;
}

}  // namespace

Pipeline::Pipeline(CollectorSettings settings, SnapshotSettings snapshots,
                   const PolicyTable& policies, const Clock& clock, const EventStart& start,
                   EventQueue* events)
    : cluster_(settings.cluster.get()),
      clock_(clock),
      inlet_("inlet", inlet_room),
      questions_(
          cluster_,
          [this](std::string_view group, bool trace) {
            return state_.detail(group, trace, clock_.now());
          },
          [this] { inlet_.wake(); }),
      errands_([this] { inlet_.wake(); }),
      state_({cluster_, settings.bootstrap, settings.refresh}, policies),
      snapshots_(cluster_, std::move(snapshots), clock),
      events_(events),
      published_(first_report(settings, clock, start.last)),
      catch_up_log_(clock.steady()),
      collector_(std::make_unique<ClusterCollector>(resuming(std::move(settings)), inlet_, clock)),
      thread_(
          std::make_unique<Worker>("pipe " + cluster_, [this, start](const std::stop_token& stop) {
            state_.begin_events(start, clock_.now());
            run(stop);
          })) {}

Pipeline::~Pipeline() {
  request_stop();
  thread_.reset();  // it asks the collector
  collector_.reset();
}

void Pipeline::request_stop() {
  collector_->request_stop();
  thread_->request_stop();
  inlet_.close();
  questions_.close();
}

void Pipeline::run(const std::stop_token& stop) {
  take_longest_turns();
  state_.call_in_pauses([this] { questions_.let_look(Questions::When::in_a_pause); },
                        work_between_pauses);
  collector_->resume_from(snapshots_.restore(state_));
  auto ticked = clock_.steady();
  auto next_tick = ticked;  // what was restored is shown at once
  while (!stop.stop_requested()) {
    auto left = std::chrono::ceil<std::chrono::milliseconds>(next_tick - clock_.steady());
    if (snapshots_.step(state_)) left = std::min(left, between_snapshot_steps);
    left = std::max(left, std::chrono::milliseconds{0});
    for (Observation& seen : questions_.asleep([&] { return inlet_.take(left); })) {
      take(std::move(seen));
      questions_.let_look(Questions::When::between_observations);
    }
    questions_.let_look(Questions::When::between_observations);
    errands_.work();
    free_replaced();
    if (state_.take_wants_refresh()) collector_->refresh_soon();
    ask_probes();
    if (state_.take_released()) next_tick = std::min(next_tick, ticked + soonest_tick);
    if (clock_.steady() < next_tick && !state_.take_caught_up()) continue;
    tick();
    ask_probes();  // at once: a verdict waits for the answer
    ticked = clock_.steady();
    next_tick = ticked + tick_every;
  }
  errands_.work();
  errands_.close();
  snapshots_.write_last(state_);
}

std::optional<bool> Pipeline::forget_group(const std::string& group, const std::string& author) {
  return errands_
      .ask<bool>(
          [this, group, author] {
            const bool known = state_.forget_group(group, author, clock_.now());
            if (known) snapshots_.write_soon();
            hand_on_events();
            return known;
          },
          forget_within)
      .value;
}

void Pipeline::tell(Event event) {
  const bool taken = errands_.post([this, event = std::move(event)]() mutable {
    const Instant now = clock_.now();
    event.at = event.at == Instant{} ? now : std::min(event.at - clock_.step(), now);
    state_.tell(std::move(event));
    hand_on_events();
  });
  if (!taken) log::warn("cluster {}: too busy to note what somebody did as an event", cluster_);
}

void Pipeline::ask_probes() {
  for (const ProbeQuestion& question : state_.take_probes()) {
    if (!collector_->probe(question)) state_.put_back_probe(question);
  }
}

// By value: what was looked at is gone before the next.
void Pipeline::take(Observation seen) {
  std::visit([&](auto&& each) { state_.apply(std::forward<decltype(each)>(each)); },
             std::move(seen));
}

void Pipeline::tick() {
  const auto began = clock_.steady();
  const Duration step = clock_.step();
  state_.note_clock(step, clock_.now());
  state_.note_inlet(inlet_.stats(), clock_.now());
  auto report = state_.tick(clock_.now());
  report->clock_step = step;
  ClusterHealth& health = report->health;
  CollectorCounters counters = collector_->counters();
  health.clock_shift += report->clock_step;
  health.records_read = counters.records_read;
  health.decode_errors.merge(counters.decode_errors);
  health.skipped_records = std::move(counters.skipped_records);
  health.collector_errors = std::move(counters.errors);
  health.queues.push_back(inlet_.stats());
  health.queues.push_back(questions_.stats());
  health.snapshot = snapshots_.health(state_);
  hand_on_events();
  if (events_ != nullptr) health.queues.push_back(events_->stats());
  health.last_tick = last_tick_;
  health.ticks = ++ticks_;
  write_progress(*report);
  const bool caught_up = health.caught_up;
  free_replaced();  // at the latest: the next one comes
  const GroupList groups = report->groups;
  replaced_.take(published_.publish(std::move(report)), groups);
  last_tick_ = std::chrono::duration_cast<Duration>(clock_.steady() - began);
  if (caught_up) give_backs_.ticked(groups.size(), replaced_.size());
}

// Before the report that tells of them, so that no answer misses one.
void Pipeline::hand_on_events() {
  auto events = state_.take_new_events();
  if (events_ != nullptr && !events.empty()) events_->add(std::move(events));
}

void Pipeline::free_replaced() {
  while (replaced_.free_some()) questions_.let_look(Questions::When::between_observations);
  if (replaced_.size() == 0 && give_backs_.due()) give_back_spare_memory();
}

void Pipeline::write_progress(const ClusterReport& report) {
  const auto line = catch_up_log_.line(report.health, report.groups.size(), clock_.steady());
  if (!line.empty()) log::info("cluster {}: {}", cluster_, line);
}

}  // namespace tidemark
