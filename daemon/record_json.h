// Decoded records of the offsets topic as one line of JSON, under the schemas' field names in
// snake_case. Pure. Text that is not valid UTF-8 comes out with U+FFFD in place of what is broken.
#pragma once

#include <string>
#include <string_view>

#include "collectors/record.h"

namespace tidemark {

std::string to_json(const DecodedRecord& record);
std::string error_json(std::string_view message);  // {"error": message}

}  // namespace tidemark
