// A whole small file.
#pragma once

#include <cstddef>
#include <string>

#include "core/result.h"

namespace tidemark {

// The error says what is wrong with the path without naming it: "does not exist", "is a directory".
Result<std::string> read_file(const std::string& path, std::size_t most_bytes);

}  // namespace tidemark
