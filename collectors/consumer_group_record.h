// The values of groups of the KIP-848 protocol (all of version 0, flexible), by key type. Each is
// read whole; the damage, if any, is the reader's.
#pragma once

#include <cstdint>

#include "collectors/byte_reader.h"
#include "collectors/group_values.h"

namespace tidemark {

// Nothing for other key types.
GroupValue read_consumer_group_value(std::int16_t type, ByteReader& value);

}  // namespace tidemark
