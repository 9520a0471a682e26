// The values of a group of the KIP-848 protocol (all of version 0, flexible). Each reads a whole
// value; the damage, if any, is the reader's.
#pragma once

#include "collectors/byte_reader.h"
#include "collectors/group_values.h"

namespace tidemark {

ConsumerGroupMetadata read_consumer_group_metadata(ByteReader& value);
ConsumerGroupPartitionMetadata read_consumer_group_partition_metadata(ByteReader& value);
ConsumerGroupMemberMetadata read_consumer_group_member_metadata(ByteReader& value);
ConsumerGroupTargetAssignmentMetadata read_target_assignment_metadata(ByteReader& value);
ConsumerGroupTargetAssignmentMember read_target_assignment_member(ByteReader& value);
ConsumerGroupCurrentMemberAssignment read_current_member_assignment(ByteReader& value);
ConsumerGroupRegularExpression read_regular_expression(ByteReader& value);

}  // namespace tidemark
