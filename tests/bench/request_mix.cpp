#include "tests/bench/request_mix.h"

#include <charconv>
#include <string_view>

#include "tests/bench/settings.h"

namespace tidemark::bench {
namespace {

int number(std::string_view text, const std::string& whole) {
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) fail("no number in " + whole);
  return value;
}

std::string number_of(std::string_view range, const std::string& whole, std::mt19937_64& random) {
  const auto dash = range.find('-');
  if (dash == std::string_view::npos) fail("no range {FIRST-LAST} in " + whole);
  const int first = number(range.substr(0, dash), whole);
  const int last = number(range.substr(dash + 1), whole);
  if (last < first) fail("an empty range in " + whole);
  std::string digits = std::to_string(std::uniform_int_distribution<int>(first, last)(random));
  return digits.insert(0, dash - std::min(dash, digits.size()), '0');
}

}  // namespace

RequestKind request_kind(const std::string& word) {
  const auto equals = word.find('=');
  const auto colon = word.find(':', equals == std::string::npos ? 0 : equals);
  if (equals == std::string::npos || colon == std::string::npos) {
    fail("\"" + word + "\" is not name=weight:target");
  }
  const std::string_view text = word;
  const int weight = number(text.substr(equals + 1, colon - equals - 1), word);
  if (weight < 1) fail("a weight has to be 1 or more: " + word);
  return {word.substr(0, equals), weight, word.substr(colon + 1)};
}

std::string drawn(const std::string& target, std::mt19937_64& random) {
  std::string out;
  std::size_t at = 0;
  while (true) {
    const auto open = target.find('{', at);
    if (open == std::string::npos) return out + target.substr(at);
    const auto close = target.find('}', open);
    if (close == std::string::npos) fail("a { without } in " + target);
    out += target.substr(at, open - at);
    out += number_of(std::string_view(target).substr(open + 1, close - open - 1), target, random);
    at = close + 1;
  }
}

RequestMix::RequestMix(std::vector<RequestKind> kinds) : kinds_(std::move(kinds)) {
  for (const RequestKind& kind : kinds_) weights_ += kind.weight;
}

std::size_t RequestMix::draw(std::mt19937_64& random) const {
  int left = std::uniform_int_distribution<int>(1, weights_)(random);
  std::size_t index = 0;
  while ((left -= kinds_[index].weight) > 0) ++index;
  return index;
}

}  // namespace tidemark::bench
