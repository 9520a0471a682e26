#include "api/prometheus_text.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/utf8.h"

namespace tidemark {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

void append_number(std::string& to, std::int64_t value) {
  std::array<char, 24> text{};
  to.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr);
}

void append_number(std::string& to, double value) {
  if (std::isnan(value)) {
    to += "NaN";
  } else if (std::isinf(value)) {
    to += value > 0 ? "+Inf" : "-Inf";
  } else {
    std::array<char, 32> text{};
    to.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr);
  }
}

void append_escaped(std::string& to, std::string_view value) {
  while (!value.empty()) {
    const auto character = first_utf8(value);
    const std::size_t length = character ? character->bytes : 0;
    switch (value.front()) {
      case '\\':
        to += "\\\\";
        break;
      case '"':
        to += "\\\"";
        break;
      case '\n':
        to += "\\n";
        break;
      default:
        to += length > 0 ? value.substr(0, length) : std::string_view("\uFFFD");
    }
    value.remove_prefix(length > 0 ? length : 1);
  }
}

}  // namespace

Labels& Labels::add(std::string_view name, std::string_view value) {
  if (!text_.empty()) text_ += ',';
  text_ += name;
  text_ += "=\"";
  append_escaped(text_, value);
  text_ += '"';
  return *this;
}

void Samples::family(std::string_view name, std::string_view type, std::string_view help) {
  name_ = name;
  for (const std::string_view part :
       {std::string_view("# HELP "), name, std::string_view(" "), help,
        std::string_view("\n# TYPE "), name, std::string_view(" "), type, std::string_view("\n")}) {
    piece_ += part;
  }
}

template <class Value>
void Samples::line(const Labels& labels, const std::int32_t* partition, Value value) {
  piece_ += name_;
  if (partition != nullptr || !labels.text().empty()) {
    piece_ += '{';
    piece_ += labels.text();
    if (partition != nullptr) {
      piece_ += labels.text().empty() ? "partition=\"" : ",partition=\"";
      append_number(piece_, std::int64_t{*partition});
      piece_ += '"';
    }
    piece_ += '}';
  }
  piece_ += ' ';
  append_number(piece_, value);
  piece_ += '\n';
  if (piece_.size() >= kPiece) flush();
}

void Samples::put(const Labels& labels, std::int64_t value) { line(labels, nullptr, value); }
void Samples::put(const Labels& labels, double value) { line(labels, nullptr, value); }
void Samples::put(const Labels& labels, std::int32_t partition, std::int64_t value) {
  line(labels, &partition, value);
}
void Samples::put(const Labels& labels, std::int32_t partition, double value) {
  line(labels, &partition, value);
}

void Samples::raw(std::string_view text) {
  piece_ += text;
  if (piece_.size() >= kPiece) flush();
}

void Samples::flush() {
  if (!gone_ && !piece_.empty()) gone_ = !sink_(piece_);
  piece_.clear();
}

}  // namespace tidemark
