#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "config/node.h"

namespace tidemark {
namespace {

ConfigNode convert(const toml::node& from);

void convert_table(const toml::table& from, ConfigNode& to) {
  to.kind = ConfigNode::Kind::table;
  for (const auto& [key, value] : from) {
    to.entries.push_back({std::string{key.str()}, convert(value)});
    // The key's own line: a table that is only implied by dotted keys has none.
    if (const auto line = key.source().begin.line; line != 0 && !value.is_array_of_tables()) {
      to.entries.back().node.line = line;
    }
  }
}

void convert_list(const toml::array& from, ConfigNode& to) {
  to.kind = ConfigNode::Kind::list;
  for (const auto& item : from) to.items.push_back(convert(item));
}

void convert_scalar(const toml::node& from, ConfigNode& to) {
  to.kind = ConfigNode::Kind::time;
  if (const auto* text = from.as_string()) {
    to.kind = ConfigNode::Kind::text;
    to.text = text->get();
  } else if (const auto* integer = from.as_integer()) {
    to.kind = ConfigNode::Kind::integer;
    to.integer = integer->get();
  } else if (const auto* real = from.as_floating_point()) {
    to.kind = ConfigNode::Kind::real;
    to.real = real->get();
  } else if (const auto* boolean = from.as_boolean()) {
    to.kind = ConfigNode::Kind::boolean;
    to.boolean = boolean->get();
  }
}

ConfigNode convert(const toml::node& from) {
  ConfigNode to;
  to.line = from.source().begin.line;
  if (const auto* table = from.as_table()) {
    convert_table(*table, to);
  } else if (const auto* list = from.as_array()) {
    convert_list(*list, to);
  } else {
    convert_scalar(from, to);
  }
  return to;
}

// What the library says of mistakes that people make often, and what we say instead.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> clearer{{
    {"could not determine value type",
     "this value is of no kind that TOML knows; text stands in quotes: key = \"text\""},
    {"is not representable in 64 bits", "this whole number is too large"},
    {"could not be interpreted as a value", "this number is too large, or not a number"},
    {"parsing string: encountered end-of-file", "the text is not closed: a quote is missing"},
    {"parsing literal string: encountered end-of-file",
     "the text is not closed: a quote is missing"},
    {"parsing key-value pair: encountered end-of-file",
     "the file ends in the middle of this line; write key = value"},
}};

// Their sentences may cite a value, which may be a secret, only where `clearer` replaces them.
std::string reworded(std::string_view theirs) {
  for (const auto& [sign, ours] : clearer) {
    if (theirs.find(sign) != std::string_view::npos) return std::string{ours};
  }
  std::string out{theirs};
  if (!out.empty() && out.front() == 'E') out.front() = 'e';
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

// The line of a key of more parts than anyone writes; 0 if there is none. The library's tables, one
// in the other, would take the whole stack. Dots elsewhere may be counted too, but never so many.
std::uint32_t line_of_endless_key(std::string_view text) {
  constexpr std::size_t most_dots = 500;
  std::uint32_t line = 1;
  std::size_t dots = 0;
  for (const char c : text) {
    if (c == '.') ++dots;
    if (dots > most_dots) return line;
    if (std::string_view{"\n=,{}[]#"}.find(c) != std::string_view::npos) dots = 0;
    if (c == '\n') ++line;
  }
  return 0;
}

}  // namespace

std::variant<ConfigNode, Problem> parse_toml(std::string_view text) {
  if (const auto line = line_of_endless_key(text); line != 0) {
    return Problem{"", line, "", "has a key of more than 500 parts"};
  }
  try {
    return convert(toml::parse(text));
  } catch (const toml::parse_error& error) {
    const auto& at = error.source().begin;
    return Problem{"", at.line, "",
                   "not valid TOML at column " + std::to_string(at.column) + ": " +
                       reworded(error.description())};
  }
}

}  // namespace tidemark
