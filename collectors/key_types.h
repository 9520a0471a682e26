// The key types whose records are decoded. The others stand in the table of record.cpp.
#pragma once

#include <cstdint>

namespace tidemark::key_type {

constexpr std::int16_t legacy_offset_commit = 0;
constexpr std::int16_t offset_commit = 1;
constexpr std::int16_t group_metadata = 2;
constexpr std::int16_t consumer_group_metadata = 3;
constexpr std::int16_t consumer_group_partition_metadata = 4;
constexpr std::int16_t consumer_group_member_metadata = 5;
constexpr std::int16_t target_assignment_metadata = 6;
constexpr std::int16_t target_assignment_member = 7;
constexpr std::int16_t current_member_assignment = 8;
constexpr std::int16_t share_member_metadata = 10;
constexpr std::int16_t share_group_metadata = 11;
constexpr std::int16_t share_current_assignment = 14;
constexpr std::int16_t share_state_partitions = 15;
constexpr std::int16_t regular_expression = 16;
constexpr std::int16_t streams_group_metadata = 17;
constexpr std::int16_t streams_member_metadata = 19;
constexpr std::int16_t streams_current_assignment = 22;
constexpr std::int16_t streams_topology = 23;

}  // namespace tidemark::key_type
