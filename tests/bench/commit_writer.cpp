#include "tests/bench/commit_writer.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "tests/bench/commit_batches.h"
#include "tests/bench/produce_connection.h"

namespace tidemark::bench {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t request_bytes = 4'000'000;

// Writes what falls to one connection: some of the offsets partitions, all rounds of them.
class Lane {
 public:
  Lane(const World& world, const CommitWriterSettings& settings, Instant now)
      : world_(world), now_(now), connection_(settings.bootstrap) {}

  void take(CommitBatch batch) {
    records_ += static_cast<std::int64_t>(batch.records());
    batches_.push_back(std::move(batch));
  }

  // `rate` is of this lane alone.
  void run(double rate) {
    const auto began = steady_clock::now();
    for (int round = 0; round < world_.rounds; ++round) {
      for (std::size_t first = 0; first < batches_.size();) {
        if (rate > 0) {
          const std::chrono::duration<double> due{static_cast<double>(written_) / rate};
          std::this_thread::sleep_until(began +
                                        std::chrono::duration_cast<steady_clock::duration>(due));
        }
        first = send_some(first, round);
      }
    }
    connection_.finish();
  }

  [[nodiscard]] std::int64_t records() const { return records_; }
  [[nodiscard]] std::int64_t written() const { return written_; }

 private:
  // One request: from the batch `first` on, until it is large or a partition comes again. Returns
  // the first batch that it has left.
  std::size_t send_some(std::size_t first, int round) {
    std::vector<const CommitBatch*> request;
    std::size_t bytes = 0;
    std::size_t at = first;
    for (; at < batches_.size() && bytes < request_bytes; ++at) {
      CommitBatch& batch = batches_[at];
      if (!request.empty() && request.back()->offsets_partition() == batch.offsets_partition()) {
        break;
      }
      batch.set_round(world_, round, now_);
      request.push_back(&batch);
      bytes += batch.bytes().size();
      written_ += static_cast<std::int64_t>(batch.records());
    }
    connection_.send(request);
    return at;
  }

  const World& world_;
  const Instant now_;
  ProduceConnection connection_;
  std::vector<CommitBatch> batches_;
  std::int64_t records_ = 0;  // of one round
  std::int64_t written_ = 0;
};

// Each offsets partition belongs to one lane: what is written to it stays in order.
std::vector<std::unique_ptr<Lane>> lanes_of(const World& world,
                                            const CommitWriterSettings& settings) {
  std::vector<std::unique_ptr<Lane>> lanes;
  const Instant now = SystemClock().now();
  for (int i = 0; i < std::max(1, settings.connections); ++i) {
    lanes.push_back(std::make_unique<Lane>(world, settings, now));
  }
  for (CommitBatch& batch : commit_batches(world, static_cast<std::size_t>(settings.batch))) {
    const auto which = static_cast<std::size_t>(batch.offsets_partition()) % lanes.size();
    lanes[which]->take(std::move(batch));
  }
  return lanes;
}

}  // namespace

Written write_commits(const World& world, const CommitWriterSettings& settings) {
  const auto lanes = lanes_of(world, settings);
  std::int64_t round = 0;
  for (const auto& lane : lanes) round += lane->records();
  const auto began = steady_clock::now();
  {
    std::vector<std::jthread> threads;
    for (const auto& lane : lanes) {
      const double share = static_cast<double>(lane->records()) / static_cast<double>(round);
      threads.emplace_back(
          [&lane = *lane, rate = static_cast<double>(settings.rate) * share] { lane.run(rate); });
    }
  }
  Written out;
  out.seconds = std::chrono::duration<double>(steady_clock::now() - began).count();
  for (const auto& lane : lanes) out.commits += lane->written();
  return out;
}

}  // namespace tidemark::bench
