#include "daemon/pipeline/pipeline.h"

#include <future>
#include <utility>
#include <variant>

namespace tidemark {
namespace {

constexpr std::size_t inlet_capacity = 200'000;  // records and partitions
constexpr std::chrono::milliseconds tick_every{1000};
constexpr std::chrono::milliseconds detail_limit{1000};

std::shared_ptr<const ClusterReport> first_report(const CollectorSettings& settings,
                                                  const Clock& clock) {
  auto report = std::make_shared<ClusterReport>();
  report->cluster = settings.cluster;
  report->bootstrap = settings.bootstrap;
  report->as_of = clock.now();
  report->as_of_broker = report->as_of;
  return report;
}

}  // namespace

Pipeline::Pipeline(CollectorSettings settings, const PolicyTable& policies, const Clock& clock)
    : cluster_(settings.cluster.get()),
      clock_(clock),
      inlet_("inlet", inlet_capacity),
      state_({cluster_, settings.bootstrap, settings.refresh}, policies),
      published_(first_report(settings, clock)),
      collector_(std::make_unique<ClusterCollector>(std::move(settings), inlet_, clock)),
      thread_(std::make_unique<Worker>("pipe " + cluster_,
                                       [this](const std::stop_token& stop) { run(stop); })) {}

Pipeline::~Pipeline() {
  request_stop();
  collector_.reset();
  thread_.reset();
}

void Pipeline::request_stop() {
  collector_->request_stop();
  thread_->request_stop();
  inlet_.close();
}

void Pipeline::run(const std::stop_token& stop) {
  auto next_tick = clock_.steady() + tick_every;
  while (!stop.stop_requested()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next_tick - clock_.steady());
    for (Observation& seen : inlet_.take(std::max(left, std::chrono::milliseconds{0}))) {
      take(std::move(seen));
    }
    if (state_.take_wants_refresh()) collector_->refresh_soon();
    if (clock_.steady() < next_tick) continue;
    tick();
    next_tick = clock_.steady() + tick_every;
  }
}

void Pipeline::take(Observation&& seen) {
  std::visit(
      [&](auto&& each) {
        if constexpr (std::is_same_v<std::decay_t<decltype(each)>, Command>) {
          each.act();
        } else {
          state_.apply(std::forward<decltype(each)>(each));
        }
      },
      std::move(seen));
}

void Pipeline::tick() {
  const auto began = clock_.steady();
  auto report = state_.tick(clock_.now());
  ClusterHealth& health = report->health;
  CollectorCounters counters = collector_->counters();
  health.records_read = counters.records_read;
  health.decode_errors.merge(counters.decode_errors);
  health.skipped_records = std::move(counters.skipped_records);
  health.collector_errors = std::move(counters.errors);
  health.queues.push_back(inlet_.stats());
  health.last_tick = last_tick_;
  health.ticks = ++ticks_;
  published_.publish(std::move(report));
  last_tick_ = std::chrono::duration_cast<Duration>(clock_.steady() - began);
}

Result<GroupDetail> Pipeline::detail(std::string_view group, bool trace) {
  const auto answer = std::make_shared<std::promise<Result<GroupDetail>>>();
  auto arrives = answer->get_future();
  Command ask{[this, answer, trace, name = std::string(group)] {
    answer->set_value(state_.detail(name, trace, clock_.now()));
  }};
  const Error late{"cluster " + cluster_ + " did not answer for group \"" + std::string(group) +
                   "\" within " + std::to_string(detail_limit.count()) + " ms"};
  if (!inlet_.push(std::move(ask), 1, detail_limit)) return late;
  if (arrives.wait_for(detail_limit) != std::future_status::ready) return late;
  return arrives.get();
}

}  // namespace tidemark
