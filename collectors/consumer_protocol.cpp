#include "collectors/consumer_protocol.h"

#include "collectors/byte_reader.h"
#include "collectors/fields.h"

namespace tidemark {
namespace {

// A version that is newer than what we know begins with the fields of the old ones.
bool begins_well(ByteReader& reader) { return reader.int16("version") >= 0 && reader.ok(); }

}  // namespace

std::optional<std::vector<std::string>> read_subscribed_topics(std::string_view subscription) {
  ByteReader reader(subscription, ByteReader::Part::value);
  if (!begins_well(reader)) return std::nullopt;
  auto topics = read_strings(reader, "topics");
  reader.nullable_bytes("user_data");
  if (!reader.ok()) return std::nullopt;
  return topics;
}

std::optional<std::map<std::string, std::vector<std::int32_t>>> read_assigned_partitions(
    std::string_view assignment) {
  ByteReader reader(assignment, ByteReader::Part::value);
  if (!begins_well(reader)) return std::nullopt;
  std::map<std::string, std::vector<std::int32_t>> assigned;
  const std::int32_t topics = reader.array("assigned_partitions");
  for (std::int32_t i = 0; i < topics && reader.ok(); ++i) {
    auto& partitions = assigned[std::string(reader.string("topic"))];
    const auto more = read_int32s(reader, "partitions");
    partitions.insert(partitions.end(), more.begin(), more.end());
  }
  reader.nullable_bytes("user_data");
  if (!reader.ok()) return std::nullopt;
  return assigned;
}

}  // namespace tidemark
