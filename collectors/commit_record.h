// OffsetCommit: the record that there are millions of. No allocation, no copy, unless it is
// damaged.
#pragma once

#include <optional>
#include <string_view>

#include "collectors/byte_reader.h"
#include "collectors/record.h"

namespace tidemark {

// `key` stands after the key type. Null: it is in `into`, which was fresh before.
std::optional<DecodeError> read_commit(std::int16_t type, ByteReader& key,
                                       std::optional<std::string_view> value, OffsetCommit& into);

}  // namespace tidemark
