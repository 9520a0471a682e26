// Writes Prometheus' text format 0.0.4 in pieces, so that a scrape of a million series needs no
// more memory than one of ten. Used by one thread, for one scrape.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/http_message.h"

namespace tidemark {

// "cluster="PROD",group="a \"b\""": names as they are, values escaped, and what is not UTF-8 as
// U+FFFD.
class Labels {
 public:
  Labels& add(std::string_view name, std::string_view value);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class Samples {
 public:
  explicit Samples(const BodySink& sink) : sink_(sink) {}

  // What follows belongs to this family, until the next one begins.
  void family(std::string_view name, std::string_view type, std::string_view help);

  void put(const Labels& labels, std::int64_t value);
  void put(const Labels& labels, double value);
  // The same with one more label, "partition".
  void put(const Labels& labels, std::int32_t partition, std::int64_t value);
  void put(const Labels& labels, std::int32_t partition, double value);
  void raw(std::string_view text);  // in the same format

  void flush();
  // The client has gone: the rest need not be made.
  [[nodiscard]] bool gone() const { return gone_; }

 private:
  template <class Value>
  void line(const Labels& labels, const std::int32_t* partition, Value value);

  const BodySink& sink_;
  std::string_view name_;
  std::string piece_;
  bool gone_ = false;
};

}  // namespace tidemark
