// Everything that is wrong with one file, gathered while it is read. One thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"

namespace tidemark {

class Problems {
 public:
  explicit Problems(std::string file) : file_(std::move(file)) {}

  void add(std::uint32_t line, std::string key, std::string message);
  [[nodiscard]] bool none() const { return found_.empty(); }
  [[nodiscard]] std::size_t count() const { return found_.size(); }
  // In the order of the file, those of the whole file first.
  std::vector<Problem> take();

 private:
  std::string file_;
  std::vector<Problem> found_;
};

// In quotes, control characters escaped, cut if it is very long.
std::string quote(std::string_view text);

}  // namespace tidemark
