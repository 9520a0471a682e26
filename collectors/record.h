// The records of `__consumer_offsets`, decoded: every kind of docs' table, as plain values under the
// field names of Kafka's schemas. Pure; any thread. Bytes are hostile until checked: every length is
// held against what remains, and a damaged record is an error that says what and where.
//
// Source: Apache Kafka's group-coordinator schemas (OffsetCommitKey/Value, GroupMetadataKey/Value,
// ConsumerGroup*Key/Value), versions 3.9 to 4.3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.h"
#include "evaluator/observation.h"

namespace tidemark {

// What is wrong with a record; the words are metric labels.
enum class Damage : std::uint8_t {
  short_key,        // ends inside a field of the key
  short_value,      // ends inside a field of the value
  bad_length,       // negative, or more than what remains
  null_field,       // a null where the schema allows none
  bad_varint,       // more than five bytes
  unknown_version,  // a value version that no release writes
  empty_value,      // 0 bytes: neither a value nor a tombstone
};
std::string_view to_string(Damage damage);

struct DecodeError {
  Damage damage;
  bool in_key = false;
  std::size_t at = 0;   // byte position in key or value
  std::string message;  // one sentence with both
};

// The fast path: one OffsetCommit (key types 0 and 1). Views point into `key`.
struct OffsetCommit {
  std::int16_t key_type = 1;
  std::string_view group;
  std::string_view topic;
  std::int32_t partition = 0;
  bool tombstone = false;
  std::int16_t value_version = -1;
  std::int64_t offset = 0;
  std::int32_t leader_epoch = -1;
  std::string_view metadata;
  std::int64_t commit_timestamp = 0;  // ms
  std::int64_t expire_timestamp = -1;  // ms; −1: not in this version
  TopicUuid topic_id{};
};

// A kind whose value nobody needs: the key alone. `kind` is the schema's name.
struct SkippedRecord {
  std::int16_t key_type = -1;
  std::string_view kind;  // "ShareGroupMetadata", …; "Unknown" for a key type of no release
  bool tombstone = false;
  std::optional<std::int16_t> value_version;
  std::optional<std::string> group;      // where the key has one and can be read
  std::optional<std::string> member_id;
  GroupKind group_kind = GroupKind::none;  // share or streams where the type tells so
};

struct DecodedGroupRecord {
  std::int16_t key_type = -1;
  std::string_view kind;
  bool tombstone = false;
  std::optional<std::int16_t> value_version;
  GroupRecord record;
};

using DecodedRecord = std::variant<OffsetCommit, DecodedGroupRecord, SkippedRecord, DecodeError>;

// `value` null: a tombstone.
DecodedRecord decode_record(std::string_view key, std::optional<std::string_view> value);

// The offsets partition of a group: abs(Java's String.hashCode) mod `partitions`.
std::int32_t offsets_partition_of(std::string_view group, std::int32_t partitions);

}  // namespace tidemark
