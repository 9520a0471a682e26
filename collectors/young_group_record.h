// The values of share groups (KIP-932) and streams groups (KIP-1071), up to the last field that is
// used: what follows differs between releases that call it the same version. Null: can't be read,
// which is no damage, for the same reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "collectors/group_values.h"

namespace tidemark {

std::optional<GroupValue> read_young_value(std::int16_t key_type, std::string_view value);

}  // namespace tidemark
