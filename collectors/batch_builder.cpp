#include "collectors/batch_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "collectors/record.h"

namespace tidemark {
namespace {

class Builder {
 public:
  Builder(std::span<const FetchedRecord> records, Instant received_at) {
    std::size_t commits = 0;
    // More than a string keeps inside itself: its bytes stay where they are when it is moved.
    std::size_t bytes = 64;
    for (const FetchedRecord& record : records) {
      if (record.fault != KafkaFault::none) continue;
      ++commits;
      bytes += record.key.size();
    }
    out_.batch.bytes.reserve(bytes);
    out_.batch.commits.reserve(commits);
    out_.batch.received_at = received_at;
  }

  void add(const FetchedRecord& record) {
    if (record.fault != KafkaFault::none) return;
    ++out_.batch.records;
    at_ = &record;
    const auto value = record.value_null ? std::nullopt : std::optional(record.value);
    OffsetCommit commit;
    if (decode_commit(record.key, value, commit)) {
      take(commit);
    } else {
      std::visit([&](auto&& decoded) { take(std::forward<decltype(decoded)>(decoded)); },
                 decode_record(record.key, value));
    }
  }

  BuiltBatch done() {
    out_.counters.records_read = out_.batch.records;
    return std::move(out_);
  }

 private:
  void take(const OffsetCommit& commit) {
    std::string& bytes = out_.batch.bytes;
    const std::size_t begin = bytes.size();
    bytes.append(at_->key);
    const std::string_view key(bytes.data() + begin, at_->key.size());
    const auto same = [&](std::string_view part) {
      return key.substr(static_cast<std::size_t>(part.data() - at_->key.data()), part.size());
    };
    CommitSeen& seen = out_.batch.commits.emplace_back();
    seen.key = key;
    seen.group = same(commit.group);
    seen.topic = same(commit.topic);
    seen.partition = PartitionId{commit.partition};
    seen.tombstone = commit.tombstone;
    seen.offset = Offset{commit.offset};
    seen.committed_at = from_ms(commit.commit_timestamp);
    seen.topic_id = commit.topic_id;
    seen.offsets_partition = at_->partition;
  }

  void take(DecodedGroupRecord&& record) { keep(observed(std::move(record))); }

  void take(const SkippedRecord& record) {
    ++out_.counters.skipped_records[std::string(record.kind)];
    if (record.kind == "Unknown" && out_.first_unknown.empty()) {
      out_.first_unknown = here(fmt::format("key type {}", record.key_type));
    }
    keep(observed(record));
  }

  void take(const DecodeError& error) {
    ++out_.counters.decode_errors[std::string(to_string(error.damage))];
    if (out_.first_damage.empty()) out_.first_damage = here(error.message);
  }

  [[nodiscard]] std::string here(std::string_view what) const {
    return fmt::format("__consumer_offsets-{} at offset {}: {}", at_->partition, at_->offset, what);
  }

  void keep(std::optional<GroupRecord> record) {
    if (!record) return;
    out_.batch.group_records.push_back({out_.batch.commits.size(), std::move(*record)});
  }

  BuiltBatch out_;
  const FetchedRecord* at_ = nullptr;
};

}  // namespace

std::span<const FetchedRecord> first_part(std::span<const FetchedRecord> records,
                                          std::size_t most_bytes) {
  std::size_t bytes = 0;
  std::size_t count = 0;
  for (; count < records.size(); ++count) {
    bytes += records[count].key.size() + records[count].value.size();
    if (bytes > most_bytes && count > 0) break;
  }
  return records.first(count);
}

BuiltBatch build_batch(std::span<const FetchedRecord> records, Instant received_at) {
  Builder builder(records, received_at);
  for (const FetchedRecord& record : records) builder.add(record);
  return builder.done();
}

}  // namespace tidemark
