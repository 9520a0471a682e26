#include "config/toml_text.h"

#include <fmt/format.h>

namespace tidemark {

std::string toml_quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04X}", byte);
    } else if (c == '$' && text.substr(i + 1, 1) == "{") {
      out += "$$";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

TomlText& TomlText::header(std::string_view words) {
  out_ += fmt::format("\n{}\n", words);
  return *this;
}

TomlText& TomlText::comment(std::string_view words) {
  out_ += fmt::format("# {}\n", words);
  return *this;
}

TomlText& TomlText::text(std::string_view key, std::string_view value) {
  return raw(key, toml_quoted(value));
}

TomlText& TomlText::texts(std::string_view key, const std::vector<std::string>& values) {
  std::string list;
  for (const std::string& value : values) list += (list.empty() ? "" : ", ") + toml_quoted(value);
  return raw(key, "[" + list + "]");
}

TomlText& TomlText::raw(std::string_view key, std::string_view value) {
  out_ += fmt::format("{} = {}\n", key, value);
  return *this;
}

}  // namespace tidemark
