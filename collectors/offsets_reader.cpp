#include "collectors/offsets_reader.h"

#include <utility>

#include "collectors/metadata_poller.h"

namespace tidemark {
namespace {

constexpr Duration fetch_wait{100};
constexpr Duration fetch_wait_in_haste{10};
constexpr std::chrono::seconds longest_haste{60};  // a partition may be away
// In one batch. Batches that wait are fresh memory, and longer ones gain nothing.
constexpr std::size_t most_records = 2000;
constexpr std::size_t most_bytes = 4'000'000;  // of keys and values
constexpr std::chrono::milliseconds first_log_ends_within{5000};

}  // namespace

OffsetsReader::OffsetsReader(const CollectorSettings& settings, Outlet& outlet, ClusterBoard& board,
                             LinkTracker& link, const Clock& clock)
    : settings_(settings),
      outlet_(outlet),
      board_(board),
      link_(link),
      clock_(clock),
      reads_({offsets_topic, "offsets", [&link](bool allowed) { link.reading_allowed(allowed); }},
             settings, outlet, clock) {}

void OffsetsReader::run(const std::stop_token& stop) {
  if (!wait_for_topic(stop) || !open(HandleUse::backlog, stop) || !wait_for_beginnings(stop)) {
    return;
  }
  adopt(stop);  // librdkafka fetches while log ends are still asked for
  board_.wait_for_first_round(first_log_ends_within, stop);
  const auto haste_until = clock_.steady() + longest_haste;
  while (!stop.stop_requested()) {
    adopt(stop);
    read(stop);
    if (in_haste_ && (reads_.caught_up() || clock_.steady() >= haste_until)) leave_haste(stop);
  }
  client_->be_quiet();
}

bool OffsetsReader::wait_for_topic(const std::stop_token& stop) {
  auto plan = board_.plan();
  while (!plan || plan->offsets_partitions == 0) {
    plan = board_.wait_for_plan(plan ? plan->version : 0, first_log_ends_within, stop);
    if (stop.stop_requested()) return false;
  }
  return true;
}

bool OffsetsReader::open(HandleUse use, const std::stop_token& stop) {
  auto opened = open_client(
      settings_, Isolation::read_committed, stop,
      [this](const KafkaError& error) { link_.failed(error); }, use);
  if (!opened) return false;
  if (client_) client_->be_quiet();
  client_ = std::move(opened);
  return true;
}

// Which lie within the log only if log ends say so.
bool OffsetsReader::wait_for_beginnings(const std::stop_token& stop) {
  if (!settings_.resumes) return true;
  auto resume = board_.wait_for_resume(stop);
  const auto plan = board_.plan();
  const bool ours = resume && resume->cluster_id == plan->cluster_id &&
                    resume->positions.size() == static_cast<std::size_t>(plan->offsets_partitions);
  if (ours) {
    board_.wait_for_first_round(first_log_ends_within, stop);
    resume_ = std::move(*resume);
  }
  reads_.begin_at([this](std::int32_t partition) { return begin_of(partition); });
  return !stop.stop_requested();
}

void OffsetsReader::adopt(const std::stop_token& stop) {
  reads_.adopt(board_.plan()->offsets_partitions, client_, stop,
               [this] { note_errors(*client_, link_, outlet_); });
}

void OffsetsReader::read(const std::stop_token& stop) {
  const Fetched fetched =
      client_->fetch(in_haste_ ? fetch_wait_in_haste : fetch_wait, most_records);
  if (drain_.drained(client_->waiting())) client_->wake_fetching();
  for (std::span left(fetched.records()); !left.empty();) {
    const auto part = first_part(left, most_bytes);
    take(part, stop);
    left = left.subspan(part.size());
  }
  reads_.resume(*client_);
  if (note_errors(*client_, link_, outlet_)) board_.need_metadata();
}

void OffsetsReader::leave_haste(const std::stop_token& stop) {
  if (!open(HandleUse::bulk, stop)) return;
  reads_.change_client();
  in_haste_ = false;
}

// A position that the partition does not reach is of a topic that is no more.
std::optional<Offset> OffsetsReader::begin_of(std::int32_t partition) {
  const auto at = static_cast<std::size_t>(partition);
  if (at >= resume_.positions.size() || resume_.positions[at] < Offset{0}) return std::nullopt;
  const Offset position = resume_.positions[at];
  const auto bounds = board_.offsets_bounds(partition);
  if (!bounds || (bounds->begin <= position && position <= bounds->until)) return position;
  log::warn(
      "cluster {}: {}-{} was read up to {} and has {} to {} now: it is read from its beginning",
      settings_.cluster.get(), offsets_topic, partition, position.get(), bounds->begin.get(),
      bounds->until.get());
  begun_anew_.push_back(partition);
  return std::nullopt;
}

void OffsetsReader::take(std::span<const FetchedRecord> fetched, const std::stop_token& stop) {
  BuiltBatch built = build_batch(fetched, clock_.now());
  built.batch.positions = reads_.note(fetched);
  built.batch.begun_anew = reads_.take_begun_anew();
  for (const std::int32_t each : std::exchange(begun_anew_, {})) {
    built.batch.begun_anew.push_back(each);
  }
  outlet_.count(built.counters);
  tell_strange(built);
  const OffsetsBatch& batch = built.batch;
  if (batch.records == 0 && batch.positions.empty() && batch.begun_anew.empty()) return;
  outlet_.send(std::move(built.batch), stop);
}

void OffsetsReader::tell_strange(const BuiltBatch& built) {
  if (!built.first_damage.empty() && damage_limit_.pass(clock_.steady())) {
    log::warn("cluster {}: damaged record in {} ({} batches with others before)",
              settings_.cluster.get(), built.first_damage, damage_limit_.suppressed());
  }
  if (!built.first_unknown.empty() && unknown_limit_.pass(clock_.steady())) {
    log::warn("cluster {}: skipped a record of a kind that is not known, in {} ({} batches before)",
              settings_.cluster.get(), built.first_unknown, unknown_limit_.suppressed());
  }
}

}  // namespace tidemark
