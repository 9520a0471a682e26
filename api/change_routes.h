// Whether a request is one that changes something, so that its body is worth reading.
#pragma once

#include <string>

namespace tidemark {

// False also for what is served nowhere.
bool is_change(const std::string& method, const std::string& target);

}  // namespace tidemark
