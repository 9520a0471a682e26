// The identities of Kafka's world under their Kafka names.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/strong.h"

namespace tidemark {

using ClusterName = Strong<struct ClusterTag, std::string>;
using GroupName = Strong<struct GroupTag, std::string>;
using TopicName = Strong<struct TopicTag, std::string>;
using PartitionId = Strong<struct PartitionTag, std::int32_t>;

// A position in a partition's log: of the next record to read (committed offset), after the newest
// record (log end), of the oldest one kept (log start).
using Offset = Strong<struct OffsetTag, std::int64_t>;

// A count of records between two positions.
constexpr std::int64_t operator-(Offset a, Offset b) { return a.get() - b.get(); }

// Kafka's 16-byte topic id (KIP-516). All zero means "not given".
using TopicUuid = std::array<std::uint8_t, 16>;

// As Kafka prints it: base64url without padding, 22 characters.
std::string to_string(const TopicUuid& id);

}  // namespace tidemark
