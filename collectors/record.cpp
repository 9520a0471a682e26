#include "collectors/record.h"

#include <algorithm>
#include <array>
#include <utility>

#include "collectors/byte_reader.h"
#include "collectors/classic_group_record.h"
#include "collectors/commit_record.h"
#include "collectors/consumer_group_record.h"
#include "collectors/key_types.h"
#include "collectors/share_group_record.h"
#include "collectors/streams_group_record.h"

namespace tidemark {
namespace {

// What a key has after the group.
enum class KeyRest : std::uint8_t { nothing, member_id, regex };
// `share`, `streams`: by the reader for such groups; a value that can't be read is skipped, and no
// damage.
enum class Treatment : std::uint8_t { decode, share, streams, skip };

struct Kind {
  std::int16_t key_type;
  std::string_view name;
  KeyRest rest;
  Treatment treatment;
  GroupKind group_kind = GroupKind::none;
};

using enum KeyRest;
using enum Treatment;
constexpr std::array kinds{
    Kind{2, "GroupMetadata", nothing, decode},
    Kind{3, "ConsumerGroupMetadata", nothing, decode},
    Kind{4, "ConsumerGroupPartitionMetadata", nothing, decode},
    Kind{5, "ConsumerGroupMemberMetadata", member_id, decode},
    Kind{6, "ConsumerGroupTargetAssignmentMetadata", nothing, decode},
    Kind{7, "ConsumerGroupTargetAssignmentMember", member_id, decode},
    Kind{8, "ConsumerGroupCurrentMemberAssignment", member_id, decode},
    Kind{9, "ShareGroupPartitionMetadata", nothing, skip},
    Kind{10, "ShareGroupMemberMetadata", member_id, share},
    Kind{11, "ShareGroupMetadata", nothing, share, GroupKind::share},
    Kind{12, "ShareGroupTargetAssignmentMetadata", nothing, skip},
    Kind{13, "ShareGroupTargetAssignmentMember", member_id, skip},
    Kind{14, "ShareGroupCurrentMemberAssignment", member_id, share},
    Kind{15, "ShareGroupStatePartitionMetadata", nothing, share},
    Kind{16, "ConsumerGroupRegularExpression", regex, decode},
    Kind{17, "StreamsGroupMetadata", nothing, streams, GroupKind::streams},
    Kind{19, "StreamsGroupMemberMetadata", member_id, streams},
    Kind{20, "StreamsGroupTargetAssignmentMetadata", nothing, skip},
    Kind{21, "StreamsGroupTargetAssignmentMember", member_id, skip},
    Kind{22, "StreamsGroupCurrentMemberAssignment", member_id, streams},
    Kind{23, "StreamsGroupTopology", nothing, streams},
};

const Kind* find_kind(std::int16_t type) {
  const auto* found = std::find_if(kinds.begin(), kinds.end(),
                                   [&](const Kind& kind) { return kind.key_type == type; });
  return found == kinds.end() ? nullptr : found;
}

bool is_commit(std::int16_t type) {
  return type == key_type::offset_commit || type == key_type::legacy_offset_commit;
}

constexpr std::int16_t newest_group_metadata = 4;
constexpr std::int16_t flexible_group_metadata = 4;

void read_group_value(DecodedGroupRecord& record, ByteReader& value) {
  const bool classic = record.key_type == key_type::group_metadata;
  record.value_version =
      classic ? value.version(newest_group_metadata, flexible_group_metadata) : value.version(0, 0);
  if (!record.value_version) return;
  record.value = classic ? GroupValue(read_group_metadata(value, *record.value_version))
                         : read_consumer_group_value(record.key_type, value);
}

// Null: can't be read.
std::optional<GroupValue> read_leniently(const Kind& kind, std::string_view bytes) {
  ByteReader value(bytes, ByteReader::Part::value);
  if (!value.version(0, 0)) return std::nullopt;
  GroupValue out = kind.treatment == share ? read_share_group_value(kind.key_type, value)
                                           : read_streams_group_value(kind.key_type, value);
  if (!value.ok()) return std::nullopt;
  return out;
}

// A value that is not looked into may hold anything, even nothing.
std::optional<std::int16_t> version_if_any(std::optional<std::string_view> value) {
  if (!value || value->size() < 2) return std::nullopt;
  return ByteReader(*value, ByteReader::Part::value).int16("version");
}

DecodedRecord skip_record(const Kind& kind, ByteReader& key,
                          std::optional<std::string_view> value) {
  SkippedRecord record;
  record.key_type = kind.key_type;
  record.kind = kind.name;
  record.tombstone = !value;
  record.value_version = version_if_any(value);
  record.group_kind = kind.group_kind;
  record.group = key.string("group");
  if (kind.rest == member_id) record.member_id = key.string("member_id");
  if (!key.ok()) return key.error(kind.name);
  return record;
}

DecodedRecord decode_group_record(const Kind& kind, ByteReader& key,
                                  std::optional<std::string_view> value) {
  ByteReader whole_key = key;
  DecodedGroupRecord record;
  record.key_type = kind.key_type;
  record.kind = kind.name;
  record.group = key.string("group");
  if (kind.rest == member_id) record.member_id = key.string("member_id");
  if (kind.rest == regex) record.regex = key.string("regex");
  if (!key.ok()) return key.error(kind.name);
  record.tombstone = !value;
  if (!value) return record;

  if (kind.treatment == share || kind.treatment == streams) {
    auto read = read_leniently(kind, *value);
    if (!read) return skip_record(kind, whole_key, value);
    record.value_version = version_if_any(value);
    record.value = std::move(*read);
    return record;
  }
  ByteReader reader(*value, ByteReader::Part::value);
  read_group_value(record, reader);
  if (!reader.ok()) return reader.error(kind.name);
  return record;
}

DecodedRecord unknown_record(std::int16_t type, std::optional<std::string_view> value) {
  SkippedRecord record;
  record.key_type = type;
  record.kind = "Unknown";
  record.tombstone = !value;
  record.value_version = version_if_any(value);
  return record;
}

}  // namespace

std::string_view to_string(Damage damage) {
  switch (damage) {
    case Damage::short_key:
      return "short_key";
    case Damage::short_value:
      return "short_value";
    case Damage::bad_length:
      return "bad_length";
    case Damage::null_field:
      return "null_field";
    case Damage::bad_varint:
      return "bad_varint";
    case Damage::unknown_version:
      return "unknown_version";
    case Damage::empty_value:
      return "empty_value";
  }
  return "";
}

bool decode_commit(std::string_view key, std::optional<std::string_view> value,
                   OffsetCommit& into) {
  ByteReader reader(key, ByteReader::Part::key);
  const std::int16_t type = reader.int16("key type");
  return reader.ok() && is_commit(type) && !read_commit(type, reader, value, into);
}

DecodedRecord decode_record(std::string_view key, std::optional<std::string_view> value) {
  ByteReader reader(key, ByteReader::Part::key);
  const std::int16_t type = reader.int16("key type");
  if (!reader.ok()) return reader.error("record");
  if (is_commit(type)) {
    OffsetCommit commit;
    if (auto error = read_commit(type, reader, value, commit)) return std::move(*error);
    return commit;
  }
  const Kind* kind = find_kind(type);
  if (kind == nullptr) return unknown_record(type, value);
  return kind->treatment == skip ? skip_record(*kind, reader, value)
                                 : decode_group_record(*kind, reader, value);
}

}  // namespace tidemark
