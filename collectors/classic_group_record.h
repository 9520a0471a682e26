// GroupMetadata: the one record of a group of the classic protocol, with all its members.
#pragma once

#include "collectors/byte_reader.h"
#include "collectors/group_values.h"

namespace tidemark {

// Reads a whole value; the damage, if any, is the reader's.
GroupMetadata read_group_metadata(ByteReader& value, std::int16_t version);

}  // namespace tidemark
