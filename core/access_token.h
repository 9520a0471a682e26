// What somebody may change, and by which token: as the configuration says it and the API asks it.
// Plain values.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/strong.h"

namespace tidemark {

enum class Right : std::uint8_t { silence, acknowledge, forget, reload };

constexpr std::array<std::pair<std::string_view, Right>, 4> all_rights{
    {{"silence", Right::silence},
     {"acknowledge", Right::acknowledge},
     {"forget", Right::forget},
     {"reload", Right::reload}}};

constexpr std::string_view to_string(Right right) {
  return all_rights.at(static_cast<std::size_t>(right)).first;
}

// Never logged, never served.
using TokenText = Strong<struct TokenTextTag, std::string>;

struct AccessToken {
  std::string name;  // the author of what is done with it
  TokenText text;
  std::vector<Right> rights;

  [[nodiscard]] bool has(Right right) const {
    return std::find(rights.begin(), rights.end(), right) != rights.end();
  }
};

}  // namespace tidemark
