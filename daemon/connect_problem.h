// Why a connection can't be made, in the system's words.
#pragma once

#include <string>

namespace tidemark {

// Tries once more, two seconds at most: "connection refused", "no such host", "no answer in time".
std::string connect_problem(const std::string& host, int port);

}  // namespace tidemark
