#include "collectors/offsets_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "collectors/kafka_settings.h"
#include "collectors/metadata_poller.h"
#include "collectors/patient_call.h"

namespace tidemark {
namespace {

constexpr Duration fetch_wait{100};
constexpr std::size_t most_records = 10'000;  // in one batch
constexpr std::chrono::milliseconds first_log_ends_within{5000};
constexpr Duration first_backoff{1000};
constexpr Duration last_backoff{10'000};

}  // namespace

OffsetsReader::OffsetsReader(const CollectorSettings& settings, Outlet& outlet, ClusterBoard& board,
                             LinkTracker& link, const Clock& clock)
    : settings_(settings), outlet_(outlet), board_(board), link_(link), clock_(clock) {}

void OffsetsReader::run(const std::stop_token& stop) {
  if (!wait_for_start(stop)) return;
  client_ = open_client(settings_, Isolation::read_committed, stop,
                        [&](const KafkaError& error) { link_.failed(error); });
  if (!client_) return;
  while (!stop.stop_requested()) {
    adopt_partitions(stop);
    take(client_->fetch(fetch_wait, most_records), stop);
    resume();
    if (note_errors(*client_, link_, outlet_)) board_.need_metadata();
  }
  client_->be_quiet();
}

bool OffsetsReader::wait_for_start(const std::stop_token& stop) {
  auto plan = board_.plan();
  while (!plan || plan->offsets_partitions == 0) {
    plan = board_.wait_for_plan(plan ? plan->version : 0, first_log_ends_within, stop);
    if (stop.stop_requested()) return false;
  }
  board_.wait_for_first_round(first_log_ends_within, stop);
  return !stop.stop_requested();
}

void OffsetsReader::adopt_partitions(const std::stop_token& stop) {
  const auto plan = board_.plan();
  const auto count = static_cast<std::size_t>(plan->offsets_partitions);
  if (count <= partitions_.size() || clock_.steady() < next_adoption_) return;
  next_adoption_ = clock_.steady() + first_backoff;
  // This handle must know of them before they are assigned; else it says that they don't exist.
  const Duration limit = request_limit(settings_.kafka);
  const auto known = call_patiently<KafkaAnswer<TopicLeaders>>(
      stop, [client = client_, limit] { return client->topic_metadata(offsets_topic, limit); },
      [&] { note_errors(*client_, link_, outlet_); });
  if (!known) return;
  if (!known->ok() || known->value.leaders.size() < count) {
    outlet_.failed("offsets_topic",
                   known->ok() ? known->value.error.message : known->error.message);
    return;
  }
  for (std::size_t p = partitions_.size(); p < count; ++p) {
    partitions_.emplace_back();
    client_->read_from(offsets_topic, static_cast<std::int32_t>(p), std::nullopt);
  }
}

void OffsetsReader::take(const Fetched& fetched, const std::stop_token& stop) {
  if (fetched.records().empty()) return;
  BuiltBatch built = build_batch(fetched.records(), clock_.now());
  std::vector<bool> moved(partitions_.size());
  for (const FetchedRecord& record : fetched.records()) note(record, moved);
  for (std::size_t p = 0; p < moved.size(); ++p) {
    if (!moved[p]) continue;
    built.batch.positions.push_back({static_cast<std::int32_t>(p), *partitions_[p].position});
  }
  outlet_.count(built.counters);
  tell_strange(built);
  if (built.batch.records == 0 && built.batch.positions.empty()) return;
  const std::size_t weight = built.batch.records;
  outlet_.send(std::move(built.batch), weight, stop);
}

void OffsetsReader::note(const FetchedRecord& record, std::vector<bool>& moved) {
  if (record.partition < 0 || static_cast<std::size_t>(record.partition) >= partitions_.size()) {
    outlet_.failed("client", std::string(record.value));  // an error of no partition of ours
    return;
  }
  const bool is_record = record.fault == KafkaFault::none;
  if (!is_record && record.fault != KafkaFault::end_of_log) {
    note_fault(record.partition, record);
    return;
  }
  Partition& partition = at(record.partition);
  partition.position = Offset{record.offset + (is_record ? 1 : 0)};
  moved[static_cast<std::size_t>(record.partition)] = true;
  partition.resume_at.reset();
  partition.backoff = Duration{0};
  if (std::exchange(partition.fault, KafkaFault::none) == KafkaFault::not_authorized) {
    link_.reading_allowed(true);
  }
}

void OffsetsReader::note_fault(std::int32_t number, const FetchedRecord& record) {
  Partition& partition = at(number);
  partition.fault = record.fault;
  const bool outside = record.fault == KafkaFault::out_of_range;
  outlet_.failed(outside ? "offsets_out_of_range" : "offsets_fetch",
                 fmt::format("{}-{}: {}; resuming at {}", offsets_topic, number, record.value,
                             outside ? "log start" : "the same position"));
  if (outside) partition.position.reset();
  if (record.fault == KafkaFault::not_authorized) link_.reading_allowed(false);
  if (partition.resume_at) return;
  partition.backoff = std::clamp(partition.backoff * 2, first_backoff, last_backoff);
  partition.resume_at = clock_.steady() + partition.backoff;
}

void OffsetsReader::resume() {
  const auto now = clock_.steady();
  for (std::size_t p = 0; p < partitions_.size(); ++p) {
    Partition& partition = partitions_[p];
    if (!partition.resume_at || now < *partition.resume_at) continue;
    partition.resume_at.reset();  // a record, an end or the next error will come
    const auto from = partition.position ? std::optional(partition.position->get()) : std::nullopt;
    const KafkaError error = client_->read_from(offsets_topic, static_cast<std::int32_t>(p), from);
    if (!error.ok()) outlet_.failed("offsets_fetch", error.message);
  }
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
