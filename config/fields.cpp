#include "config/fields.h"

#include "config/keys.h"
#include "config/nearest.h"

namespace tidemark {
namespace {

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) {
    out += out.empty() ? "" : ", ";
    out += word;
  }
  return out;
}

// In which other section the key would be right; empty if in none.
std::string_view home_of(std::string_view key) {
  for (const KeyInfo& known : known_keys()) {
    if (known.key == key) return header_of(known.section);
  }
  return {};
}

}  // namespace

void say_unknown(const ConfigValue& value, std::string_view key,
                 const std::vector<std::string_view>& known_here) {
  std::string message = "is not a known key";
  if (const auto meant = nearest(key, known_here)) {
    message += "; did you mean \"" + std::string{*meant} + "\"?";
  } else if (const auto home = home_of(key); !home.empty()) {
    message += " here; it belongs to " + std::string{home};
  } else {
    message += "; known here: " + joined(known_here);
  }
  value.wrong(std::move(message));
}

void say_if_twice(const ConfigValue& table, std::string_view key, std::string_view instead) {
  const ConfigNode* one = table.node().find(key);
  const ConfigNode* other = table.node().find(instead);
  if (other == nullptr || one->text.empty() || other->text.empty()) return;
  table.entry(std::string{key}, *one)
      .wrong("says what " + std::string{instead} + " (line " + std::to_string(other->line) +
             ") says already; one of them has to go");
}

void say_no_word(const ConfigValue& value, std::string_view word,
                 const std::vector<std::string_view>& words) {
  std::string message = value.cite(word) + " is none of " + joined(words);
  if (const auto meant = nearest(word, words)) {
    message += "; did you mean \"" + std::string{*meant} + "\"?";
  }
  value.wrong(std::move(message));
}

}  // namespace tidemark
