// The records of `__consumer_offsets`, decoded: every kind of key and value, as plain values under
// the field names of Kafka's schemas. Pure; any thread. Bytes are hostile until checked: every
// length is held against what remains, and a damaged record is an error that says what and where.
// What Kafka's own decoder takes is taken, and what it refuses is refused.
//
// Source: Apache Kafka's group-coordinator schemas (OffsetCommitKey/Value, GroupMetadataKey/Value,
// ConsumerGroup*Key/Value), versions 3.9 to 4.3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "collectors/group_values.h"
#include "core/ids.h"
#include "evaluator/observation.h"

namespace tidemark {

// What is wrong with a record; the words are metric labels.
enum class Damage : std::uint8_t {
  short_key,        // missing, or ends inside a field
  short_value,      // ends inside a field
  bad_length,       // of a string or array: more than what remains, or than it may ever be
  null_field,       // a null where the schema allows none
  bad_varint,       // more than five bytes
  unknown_version,  // a value version that no release writes
  empty_value,      // 0 bytes: neither a value nor a tombstone
};
std::string_view to_string(Damage damage);

struct DecodeError {
  Damage damage = Damage::short_key;
  bool in_key = false;
  std::size_t at = 0;   // byte position in key or value
  std::string message;  // one sentence: kind of record, field, what is wrong, position

  friend bool operator==(const DecodeError&, const DecodeError&) = default;
};

// The fast path: one OffsetCommit (key types 0 and 1). `group` and `topic` look into the key,
// `metadata` into the value.
struct OffsetCommit {
  std::int16_t key_type = 1;
  std::string_view group;
  std::string_view topic;
  std::int32_t partition = 0;
  bool tombstone = false;           // the rest is not set then
  std::int16_t value_version = -1;  // −1: a tombstone
  std::int64_t offset = 0;
  std::int32_t leader_epoch = -1;
  std::string_view metadata;
  std::int64_t commit_timestamp = 0;   // ms
  std::int64_t expire_timestamp = -1;  // ms; −1: not in this version
  TopicUuid topic_id{};

  friend bool operator==(const OffsetCommit&, const OffsetCommit&) = default;
};

// A record of a group protocol whose value is used (or its tombstone).
struct DecodedGroupRecord {
  std::int16_t key_type = -1;
  std::string_view kind;  // the schema's name: "GroupMetadata", "ConsumerGroupMetadata", …
  bool tombstone = false;
  std::optional<std::int16_t> value_version;  // null: a tombstone
  std::string group;
  std::optional<std::string> member_id;  // where the key has one
  std::optional<std::string> regex;      // likewise
  GroupValue value;                      // the alternative of this key type

  friend bool operator==(const DecodedGroupRecord&, const DecodedGroupRecord&) = default;
};

// A kind whose value nobody needs: the key alone, the value is not looked into. Also one of a share
// or streams group whose value can't be read: releases differ in them.
struct SkippedRecord {
  std::int16_t key_type = -1;
  std::string_view
      kind;  // the schema's name, "ShareGroupMetadata", …; "Unknown" if no release has it
  bool tombstone = false;
  std::optional<std::int16_t> value_version;
  std::optional<std::string> group;  // null: the key type is unknown
  std::optional<std::string> member_id;
  // Set only for the records that stand for the group itself: share (type 11), streams (type 17).
  GroupKind group_kind = GroupKind::none;

  friend bool operator==(const SkippedRecord&, const SkippedRecord&) = default;
};

using DecodedRecord = std::variant<OffsetCommit, DecodedGroupRecord, SkippedRecord, DecodeError>;

// `value` null: a tombstone.
DecodedRecord decode_record(std::string_view key, std::optional<std::string_view> value);

// The same for the millions: true if it is an OffsetCommit without damage, which is then in `into`
// (fresh before); else decode_record tells what it is.
bool decode_commit(std::string_view key, std::optional<std::string_view> value, OffsetCommit& into);

// What a pipeline wants to know of such a record; null: nothing (target assignments, the tombstone
// of partition metadata, unknown kinds).
std::optional<GroupRecord> observed(DecodedGroupRecord record);
std::optional<GroupRecord> observed(const SkippedRecord& record);

// The offsets partition of a group: abs(Java's String.hashCode) mod `partitions`. 0 if there are
// none.
std::int32_t offsets_partition_of(std::string_view group, std::int32_t partitions);

}  // namespace tidemark
