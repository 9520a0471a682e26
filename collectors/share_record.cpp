#include "collectors/share_record.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "collectors/byte_reader.h"
#include "collectors/fields.h"
#include "collectors/record.h"

namespace tidemark {
namespace {

constexpr std::int16_t snapshot_type = 0;
constexpr std::int16_t update_type = 1;
constexpr std::int8_t accepted = 2;
constexpr std::int8_t archived = 4;

ShareRecord::Batch read_batch(ByteReader& value) {
  ShareRecord::Batch out;
  out.first = value.int64("first_offset");
  out.last = value.int64("last_offset");
  const std::int8_t state = value.int8("delivery_state");
  value.int16("delivery_count");
  value.tagged_fields();
  out.done = state == accepted || state == archived;
  return out;
}

void read_batches(ShareRecord& record, ByteReader value) {
  record.batches = read_elements(value, value.array("state_batches"), read_batch);
  if (!value.ok()) record.batches.clear();
}

// 4.1 put two timestamps before the batches of a snapshot without a new version. Where the bytes
// end shows which of both it is.
bool batches_are_next(ByteReader value) {
  read_elements(value, value.array("state_batches"), read_batch);
  value.tagged_fields();
  return value.ok() && value.remaining() == 0;
}

}  // namespace

std::optional<ShareRecord> decode_share_record(std::string_view key,
                                               std::optional<std::string_view> value) {
  ByteReader reader(key, ByteReader::Part::key);
  const std::int16_t type = reader.int16("key type");
  if (!reader.ok() || (type != snapshot_type && type != update_type)) return std::nullopt;
  ShareRecord out;
  out.update = type == update_type;
  out.group = reader.string("group");
  out.topic_id = reader.uuid("topic_id");
  out.partition = reader.int32("partition");
  out.tombstone = !value;
  if (!reader.ok() || out.partition < 0) return std::nullopt;
  if (!value) return out;

  ByteReader fields(*value, ByteReader::Part::value);
  if (!fields.version(0, 0)) return std::nullopt;
  fields.int32("snapshot_epoch");
  if (!out.update) fields.int32("state_epoch");
  fields.int32("leader_epoch");
  out.start = fields.int64("start_offset");
  if (!fields.ok()) return std::nullopt;
  if (!out.update && !batches_are_next(fields)) {
    fields.int64("create_timestamp");
    fields.int64("write_timestamp");
  }
  read_batches(out, fields);
  return out;
}

std::int32_t share_state_partition_of(std::string_view group, const TopicUuid& topic_id,
                                      std::int32_t partition, std::int32_t partitions) {
  std::string key(group);
  key += ":" + to_string(topic_id) + ":" + std::to_string(partition);
  return offsets_partition_of(key, partitions);
}

ShareStateSeen ShareProgress::take(const ShareRecord& record, Instant written_at) {
  ShareStateSeen out;
  out.group = GroupName(record.group);
  out.topic_id = record.topic_id;
  out.partition = PartitionId{record.partition};
  out.written_at = written_at;
  out.tombstone = record.tombstone;
  Key key{record.group, record.topic_id, record.partition};
  if (record.tombstone) {
    states_.erase(key);
    return out;
  }
  State& state = states_[std::move(key)];
  if (!record.update) state = State{};
  if (!record.update || record.start >= 0) state.start = record.start;
  for (const ShareRecord::Batch& batch : record.batches) set(state, batch);
  settle(state);
  if (state.start >= 0) out.start = Offset{state.start};
  return out;
}

// What a batch says replaces what was known of its offsets.
void ShareProgress::set(State& state, const ShareRecord::Batch& batch) {
  if (batch.last < batch.first) return;
  auto& done = state.done;
  std::int64_t first = batch.first;
  std::int64_t last = batch.last;
  auto at = done.upper_bound(first);
  if (at != done.begin() && std::prev(at)->second >= first - 1) --at;
  while (at != done.end() && at->first <= last + 1) {
    const auto [known_first, known_last] = *at;
    at = done.erase(at);
    if (batch.done) {
      first = std::min(first, known_first);
      last = std::max(last, known_last);
      continue;
    }
    if (known_first < first) done.emplace(known_first, std::min(known_last, first - 1));
    if (known_last > last) done.emplace(std::max(known_first, last + 1), known_last);
  }
  if (batch.done) done.emplace(first, last);
}

// The start moves over what is done there; what is below it says no more.
void ShareProgress::settle(State& state) {
  if (state.start < 0) return;
  auto& done = state.done;
  while (!done.empty() && done.begin()->first <= state.start) {
    state.start = std::max(state.start, done.begin()->second + 1);
    done.erase(done.begin());
  }
}

}  // namespace tidemark
