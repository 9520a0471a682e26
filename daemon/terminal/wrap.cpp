#include "daemon/terminal/wrap.h"

#include <algorithm>
#include <vector>

#include "daemon/terminal/text.h"

namespace tidemark::terminal {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Stays with the number before it.
bool is_unit(std::string_view word) {
  return word == "s" || word == "ms" || word == "min" || word == "h" || word == "d";
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool joined = !out.empty() && !out.back().empty() && is_digit(out.back().back()) &&
                        is_unit(word.substr(0, word.find_first_of(",;:.)")));
    if (joined) {
      out.back() += " " + std::string{word};
    } else {
      out.emplace_back(word);
    }
  }
  return out;
}

std::vector<std::string> lines_of(std::string_view text, std::size_t width) {
  std::vector<std::string> out{""};
  for (const std::string& word : words_of(text)) {
    std::string& line = out.back();
    if (line.empty()) {
      line = word;
    } else if (width_of(line) + 1 + width_of(word) <= width) {
      line += " " + word;
    } else {
      out.push_back(word);
    }
  }
  return out;
}

// Without the codes of its colours.
std::size_t shown_width(std::string_view text) {
  std::size_t out = 0;
  while (!text.empty()) {
    const std::size_t code = std::min(text.find('\x1b'), text.size());
    out += width_of(text.substr(0, code));
    const std::size_t end = text.find('m', code);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace

std::string wrapped(std::string_view first, std::string_view sentence, const Look& look,
                    Tone tone) {
  const std::size_t indent = shown_width(first);
  const std::size_t least = 20;  // for words, however narrow the terminal
  const std::size_t width =
      look.width ? std::max(*look.width, indent + least) - indent : static_cast<std::size_t>(-1);
  std::string out;
  for (const std::string& line : lines_of(printable(sentence), width)) {
    out += out.empty() ? std::string{first} : std::string(indent, ' ');
    out += toned(line, tone, look) + "\n";
  }
  return out;
}

}  // namespace tidemark::terminal
