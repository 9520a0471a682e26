// Writes TOML: what a program writes for people to read and go on with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

class TomlText {
 public:
  TomlText& header(std::string_view words);  // "[[cluster]]", after an empty line
  TomlText& comment(std::string_view words);
  TomlText& text(std::string_view key, std::string_view value);
  TomlText& texts(std::string_view key, const std::vector<std::string>& values);
  // As it is: a number, true, a reference to the environment in quotes.
  TomlText& raw(std::string_view key, std::string_view value);

  [[nodiscard]] const std::string& str() const { return out_; }

 private:
  std::string out_;
};

// In quotes. What would be taken for ${NAME} stays as it is.
std::string toml_quoted(std::string_view text);

}  // namespace tidemark
