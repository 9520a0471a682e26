#include "tests/bench/settings.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace tidemark::bench {

void fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

void Settings::read(int count, char** words, int first) const {
  for (int i = first; i < count; ++i) set(words[i]);
}

void Settings::set(const std::string& word) const {
  const auto split = word.find('=');
  if (split == std::string::npos) fail("\"" + word + "\" is not name=value");
  const std::string name = word.substr(0, split);
  const std::string value = word.substr(split + 1);
  for (const auto& [known, place] : places_) {
    if (known != name) continue;
    if (const auto text = std::get_if<std::string*>(&place)) {
      **text = value;
      return;
    }
    const char* const end = value.data() + value.size();
    const auto parsed = std::from_chars(value.data(), end, *std::get<int*>(place));
    if (parsed.ec != std::errc{} || parsed.ptr != end) fail(name + ": no number: " + value);
    return;
  }
  fail("unknown setting " + name);
}

}  // namespace tidemark::bench
