#include "collectors/partition_reads.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "collectors/kafka_settings.h"
#include "collectors/patient_call.h"

namespace tidemark {
namespace {

constexpr Duration first_backoff{1000};
constexpr Duration last_backoff{10'000};

std::optional<std::int64_t> raw(std::optional<Offset> position) {
  return position ? std::optional(position->get()) : std::nullopt;
}

}  // namespace

PartitionReads::PartitionReads(Topic topic, const CollectorSettings& settings, Outlet& outlet,
                               const Clock& clock)
    : topic_(std::move(topic)), settings_(settings), outlet_(outlet), clock_(clock) {}

void PartitionReads::adopt(std::int32_t wanted, const std::shared_ptr<KafkaClient>& client,
                           const std::stop_token& stop, const std::function<void()>& meanwhile) {
  const auto count = static_cast<std::size_t>(std::max(wanted, 0));
  if (count <= adopted_ || clock_.steady() < next_adoption_) return;
  next_adoption_ = clock_.steady() + first_backoff;
  // This handle must know of them before they are assigned; else it says that they don't exist.
  const Duration limit = request_limit(settings_.kafka);
  const auto known = call_patiently<KafkaAnswer<TopicLeaders>>(
      stop, [client, limit, name = topic_.name] { return client->topic_metadata(name, limit); },
      meanwhile);
  if (!known) return;
  if (!known->ok() || known->value.leaders.size() < count) {
    outlet_.failed(topic_.label + "_topic",
                   known->ok() ? known->value.error.message : known->error.message);
    return;
  }
  for (; adopted_ < count; ++adopted_) {
    const auto number = static_cast<std::int32_t>(adopted_);
    if (adopted_ == partitions_.size()) {
      const auto begin = begins_at_ ? begins_at_(number) : std::nullopt;
      partitions_.emplace_back().position = begin;
    }
    client->read_from(topic_.name, number, raw(partitions_[adopted_].position));
  }
}

std::vector<OffsetsPosition> PartitionReads::note(std::span<const FetchedRecord> fetched) {
  std::vector<bool> moved(partitions_.size());
  for (const FetchedRecord& record : fetched) note(record, moved);
  std::vector<OffsetsPosition> out;
  for (std::size_t p = 0; p < moved.size(); ++p) {
    if (moved[p]) out.push_back({static_cast<std::int32_t>(p), *partitions_[p].position});
  }
  return out;
}

void PartitionReads::note(const FetchedRecord& record, std::vector<bool>& moved) {
  if (record.partition < 0 || static_cast<std::size_t>(record.partition) >= partitions_.size()) {
    outlet_.failed("client", std::string(record.value));  // an error of no partition of ours
    return;
  }
  const bool is_record = record.fault == KafkaFault::none;
  if (!is_record && record.fault != KafkaFault::end_of_log) {
    note_fault(record.partition, record);
    return;
  }
  const auto number = static_cast<std::size_t>(record.partition);
  Partition& partition = partitions_[number];
  partition.position = Offset{record.offset + (is_record ? 1 : 0)};
  partition.seen_end = partition.seen_end || !is_record;
  moved[number] = true;
  partition.resume_at.reset();
  partition.backoff = Duration{0};
  if (std::exchange(partition.fault, KafkaFault::none) == KafkaFault::not_authorized) {
    topic_.reading_allowed(true);
  }
}

void PartitionReads::note_fault(std::int32_t number, const FetchedRecord& record) {
  Partition& partition = partitions_[static_cast<std::size_t>(number)];
  partition.fault = record.fault;
  const bool outside = record.fault == KafkaFault::out_of_range;
  outlet_.failed(topic_.label + (outside ? "_out_of_range" : "_fetch"),
                 fmt::format("{}-{}: {}; resuming at {}", topic_.name, number, record.value,
                             outside ? "log start" : "the same position"));
  if (outside) {
    partition.position.reset();
    begun_anew_.push_back(number);
  }
  if (record.fault == KafkaFault::not_authorized) topic_.reading_allowed(false);
  if (partition.resume_at) return;
  partition.backoff = std::clamp(partition.backoff * 2, first_backoff, last_backoff);
  partition.resume_at = clock_.steady() + partition.backoff;
}

void PartitionReads::resume(KafkaClient& client) {
  const auto now = clock_.steady();
  for (std::size_t p = 0; p < partitions_.size(); ++p) {
    Partition& partition = partitions_[p];
    if (!partition.resume_at || now < *partition.resume_at) continue;
    partition.resume_at.reset();  // a record, an end or the next error will come
    const KafkaError error =
        client.read_from(topic_.name, static_cast<std::int32_t>(p), raw(partition.position));
    if (!error.ok()) outlet_.failed(topic_.label + "_fetch", error.message);
  }
}

bool PartitionReads::caught_up() const {
  return !partitions_.empty() && std::ranges::all_of(partitions_, [](const Partition& each) {
    return each.seen_end || each.fault != KafkaFault::none;
  });
}

void PartitionReads::change_client() {
  adopted_ = 0;
  next_adoption_ = {};
  for (Partition& partition : partitions_) partition.resume_at.reset();
}

}  // namespace tidemark
