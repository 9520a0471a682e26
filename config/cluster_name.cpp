#include "config/cluster_name.h"

#include <algorithm>

#include "config/problems.h"

namespace tidemark {
namespace {

constexpr std::size_t longest = 200;  // bytes

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

}  // namespace

Status check_cluster_name(std::string_view name) {
  if (name.empty()) return Error{"is empty; name the cluster as people call it, \"PROD\" say"};
  if (name.size() > longest) return Error{quote(name) + " is longer than 200 bytes"};
  if (std::any_of(name.begin(), name.end(), is_control)) {
    return Error{quote(name) + " has a control character"};
  }
  if (name.front() == ' ' || name.back() == ' ') {
    return Error{quote(name) + " begins or ends with a blank"};
  }
  if (name == "." || name == "..") {
    return Error{quote(name) + " can't be part of a URL; choose another name"};
  }
  return Done{};
}

std::string folded(std::string_view name) {
  std::string out{name};
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

}  // namespace tidemark
