#include "tests/bench/loaded_cluster.h"

#include <cstdint>
#include <utility>

namespace tidemark::bench {
namespace {

constexpr Duration refresh_every = std::chrono::seconds{10};
constexpr Instant epoch = from_ms(1'700'000'000'000);

}  // namespace

LoadedCluster::LoadedCluster(World world)
    : world_(world),
      state_(std::make_unique<ClusterState>(
          ClusterStateSettings{"bench", "nowhere:9092", refresh_every}, policies_)),
      end_(epoch + world.between * world.rounds),
      now_(epoch) {
  state_->apply(topics_of(world_));
  state_->apply(caught_up(world_));
  refresh_at(epoch, log_end_at(epoch));
}

std::int64_t LoadedCluster::log_end_at(Instant at) const {
  return world_.log_end * ((at - epoch).count() + world_.between.count()) /
         (world_.between.count() * world_.rounds);
}

void LoadedCluster::refresh_at(Instant at, std::int64_t log_end) {
  now_ = at;
  log_end_ = log_end;
  state_->apply(log_ends_of(world_, log_end, at));
}

void LoadedCluster::live() {
  const int quarter = world_.groups / World::quarters;
  for (int round = 0; round < world_.rounds; ++round) {
    for (int q = 0; q < World::quarters; ++q) {
      const Instant at =
          epoch + world_.between * round + world_.between / World::quarters * (q + 1);
      OffsetsBatch batch = batch_of(world_, q * quarter, (q + 1) * quarter, round, end_);
      batch.received_at = at;
      state_->apply(std::move(batch));
      refresh_at(at, log_end_at(at));
    }
  }
}

void LoadedCluster::start_up() {
  for (int round = 0; round < world_.rounds; ++round) {
    state_->apply(batch_of(world_, 0, world_.groups, round, end_));
  }
  refresh_at(end_, log_end_at(end_));
}

void LoadedCluster::refresh() {
  const std::int64_t usual = log_end_at(now_ + refresh_every) - log_end_at(now_);
  const auto more =
      static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(2 * usual + 1));
  refresh_at(now_ + refresh_every, log_end_ + more);
}

void LoadedCluster::refresh_now() {
  const Instant now = now_;
  now_ -= refresh_every;
  refresh();
  now_ = now;
}

void LoadedCluster::quiet_refresh() { refresh_at(now_ + refresh_every, log_end_); }

void LoadedCluster::commit(int first_group, int end_group) {
  World as_of_now = world_;
  as_of_now.log_end = static_cast<int>(log_end_);
  OffsetsBatch batch = batch_of(as_of_now, first_group, end_group, world_.rounds - 1, now_);
  batch.received_at = now_;
  state_->apply(std::move(batch));
}

OffsetsBatch LoadedCluster::second_of_stream(int second, int period) const {
  World as_of_now = world_;
  as_of_now.log_end = static_cast<int>(log_end_);
  OffsetsBatch batch = batch_of(as_of_now, 0, world_.groups, world_.rounds - 1, now_);
  batch.received_at = now_;
  std::erase_if(batch.commits, [&](const CommitSeen& each) {
    return each.partition.get() % period != second % period;
  });
  for (CommitSeen& each : batch.commits) each.committed_at = now_;
  batch.records = batch.commits.size();
  return batch;
}

std::shared_ptr<const ClusterReport> LoadedCluster::tick() {
  now_ += std::chrono::seconds{1};
  return state_->tick(now_);
}

void LoadedCluster::answer_probes() {
  for (auto asked = state_->take_probes(); !asked.empty(); asked = state_->take_probes()) {
    for (ProbeQuestion& question : asked) {
      ProbeSeen seen;
      seen.outcome = ProbeSeen::Outcome::record;
      seen.empty_to = question.from;
      seen.question = std::move(question);
      state_->apply(std::move(seen));
    }
  }
}

}  // namespace tidemark::bench
