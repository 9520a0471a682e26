// Records of the offsets topic, encoded as brokers write them: what the demo's groups leave behind.
// Pure; any thread. The opposite of collectors/record.h, for the kinds that the demo needs.
//
// Source: Apache Kafka's OffsetCommitValue (version 3 by brokers up to 4.0, version 4 from 4.1) and
// GroupMetadataValue (version 3).
#pragma once

#include <cstdint>
#include <string>

#include "collectors/group_values.h"
#include "collectors/record.h"

namespace tidemark::demo {

struct Record {
  std::string key;
  std::string value;
};

enum class CommitVersion : std::int16_t { v3 = 3, v4 = 4 };

// Of `commit`: group, topic, partition, offset, leader_epoch, metadata, commit_timestamp and, by
// version 4, topic_id unless it is all zero.
Record encode_commit(const OffsetCommit& commit, CommitVersion version);

// A group of protocol type "consumer"; members without a subscription or an assignment have empty
// bytes there.
Record encode_group(const std::string& group, const GroupMetadata& metadata);

}  // namespace tidemark::demo
