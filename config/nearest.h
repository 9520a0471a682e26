// What a person probably meant to type.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace tidemark {

// Steps from one word to the other: letters inserted, deleted, changed, or swapped with the next.
// Letter case counts for nothing, nor does "-" for "_".
std::size_t edit_distance(std::string_view a, std::string_view b);

// The nearest of the known words, the first of equals; null if none is near enough to be meant.
std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view>& known);

}  // namespace tidemark
