#include "collectors/commit_record.h"

#include "collectors/key_types.h"

namespace tidemark {
namespace {

constexpr std::string_view kind = "OffsetCommit";
constexpr std::int16_t newest_version = 4;
constexpr std::int16_t newest_legacy_version = 0;  // no release wrote another under the legacy key
constexpr std::int16_t first_flexible_version = 4;
constexpr std::int32_t topic_id_tag = 0;

void read_value(OffsetCommit& commit, ByteReader& value) {
  const std::int16_t version = commit.value_version;
  commit.offset = value.int64("offset");
  if (version >= 3) commit.leader_epoch = value.int32("leader_epoch");
  commit.metadata = value.string("metadata");
  commit.commit_timestamp = value.int64("commit_timestamp");
  if (version == 1) commit.expire_timestamp = value.int64("expire_timestamp");
  value.tagged_fields([&](std::int32_t tag) {
    if (tag != topic_id_tag) return false;
    commit.topic_id = value.uuid("topic_id");
    return true;
  });
}

}  // namespace

std::optional<DecodeError> read_commit(std::int16_t type, ByteReader& key,
                                       std::optional<std::string_view> value,
                                       OffsetCommit& commit) {
  commit.key_type = type;
  commit.group = key.string("group");
  commit.topic = key.string("topic");
  commit.partition = key.int32("partition");
  if (!key.ok()) return key.error(kind);
  commit.tombstone = !value;
  if (!value) return std::nullopt;

  ByteReader reader(*value, ByteReader::Part::value);
  const bool legacy = type == key_type::legacy_offset_commit;
  const std::int16_t newest = legacy ? newest_legacy_version : newest_version;
  if (const auto version = reader.version(newest, first_flexible_version)) {
    commit.value_version = *version;
    read_value(commit, reader);
  }
  if (!reader.ok()) return reader.error(kind);
  return std::nullopt;
}

}  // namespace tidemark
