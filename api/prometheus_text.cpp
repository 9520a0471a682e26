#include "api/prometheus_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "core/utf8.h"

namespace tidemark {
namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kNumber = 32;  // the longest

char* write(char* to, std::string_view text) {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

char* write(char* to, std::int64_t value) { return std::to_chars(to, to + kNumber, value).ptr; }

char* write(char* to, double value) {
  if (std::isnan(value)) return write(to, std::string_view("NaN"));
  if (std::isinf(value)) return write(to, std::string_view(value > 0 ? "+Inf" : "-Inf"));
  return std::to_chars(to, to + kNumber, value).ptr;
}

// Seconds with as many digits as milliseconds need.
char* write(char* to, Duration value) {
  std::int64_t ms = value.count();
  if (ms < 0) {
    *to++ = '-';
    ms = -ms;
  }
  to = write(to, ms / 1000);
  std::int64_t rest = ms % 1000;
  if (rest == 0) return to;
  *to++ = '.';
  for (std::int64_t digit = 100; rest > 0; digit /= 10) {
    *to++ = static_cast<char>('0' + rest / digit);
    rest %= digit;
  }
  return to;
}

// Nearly every name is: it can be copied as it is.
bool is_plain(std::string_view value) {
  bool plain = true;
  for (const char c : value) plain = plain & (c >= ' ') & (c != '"') & (c != '\\');
  return plain;
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
  if (is_plain(value)) {
    text_ += value;
  } else {
    append_escaped(text_, value);
  }
  text_ += '"';
  return *this;
}

Labels& Labels::cut(std::size_t size) {
  text_.resize(std::min(size, text_.size()));
  return *this;
}

Samples::Samples(const BodySink& sink) : sink_(&sink), piece_(kPiece) {}

char* Samples::room(std::size_t bytes) {
  if (used_ + bytes > piece_.size()) {
    flush();
    if (bytes > piece_.size()) piece_.resize(bytes);
  }
  return piece_.data() + used_;
}

void Samples::done(const char* end) { used_ = static_cast<std::size_t>(end - piece_.data()); }

void Samples::family(std::string_view name, std::string_view type, std::string_view help) {
  name_ = name;
  for (const std::string_view part :
       {std::string_view("# HELP "), name, std::string_view(" "), help,
        std::string_view("\n# TYPE "), name, std::string_view(" "), type, std::string_view("\n")}) {
    raw(part);
  }
}

template <class Value>
void Samples::line(const Labels& labels, Value value) {
  ++series_;
  if (sink_ == nullptr) return;
  char* at = room(name_.size() + labels.text().size() + kNumber + 8);
  at = write(at, name_);
  if (!labels.text().empty()) {
    *at++ = '{';
    at = write(at, std::string_view(labels.text()));
    *at++ = '}';
  }
  *at++ = ' ';
  at = write(at, value);
  *at++ = '\n';
  done(at);
}

void Samples::put(const Labels& labels, std::int64_t value) { line(labels, value); }
void Samples::put(const Labels& labels, double value) { line(labels, value); }
void Samples::put(const Labels& labels, Duration value) { line(labels, value); }

void Samples::rows(const Labels& labels) {
  shared_ = name_;
  shared_ += '{';
  shared_ += labels.text();
  shared_ += labels.text().empty() ? "partition=\"" : ",partition=\"";
}

template <class Value>
void Samples::partition_line(std::int32_t partition, Value value) {
  ++series_;
  if (sink_ == nullptr) return;
  char* at = room(shared_.size() + 2 * kNumber + 8);
  at = write(at, std::string_view(shared_));
  at = write(at, std::int64_t{partition});
  at = write(at, std::string_view("\"} "));
  at = write(at, value);
  *at++ = '\n';
  done(at);
}

void Samples::row(std::int32_t partition, std::int64_t value) { partition_line(partition, value); }
void Samples::row(std::int32_t partition, Duration value) { partition_line(partition, value); }

void Samples::raw(std::string_view text) {
  if (sink_ != nullptr) done(write(room(text.size()), text));
}

void Samples::flush() {
  if (sink_ != nullptr && !gone_ && used_ > 0) gone_ = !(*sink_)({piece_.data(), used_});
  used_ = 0;
}

}  // namespace tidemark
