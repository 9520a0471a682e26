// The values of share groups (KIP-932), by key type, up to the last field that is used:
// what follows differs between releases that call it the same version. What can't be read is the
// reader's to say, and no damage, for the same reason.
#pragma once

#include <cstdint>

#include "collectors/byte_reader.h"
#include "collectors/group_values.h"

namespace tidemark {

// Nothing for other key types.
GroupValue read_share_group_value(std::int16_t type, ByteReader& value);

}  // namespace tidemark
