// What a cluster may be called: anything that a path of a URL and a line of a terminal can hold.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace tidemark {

Status check_cluster_name(std::string_view name);

// The same for names that differ in the case of their (ASCII) letters alone.
std::string folded(std::string_view name);

}  // namespace tidemark
