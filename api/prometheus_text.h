// Writes Prometheus' text format 0.0.4 in pieces, so that a scrape of a million series needs no
// more memory than one of ten. Used by one thread, for one scrape.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/http_message.h"
#include "core/time.h"

namespace tidemark {

// "cluster="PROD",group="a \"b\""": names as they are, values escaped, and what is not UTF-8 as
// U+FFFD.
class Labels {
 public:
  Labels& add(std::string_view name, std::string_view value);
  // Takes back what was added since the text had this size.
  Labels& cut(std::size_t size);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class Samples {
 public:
  explicit Samples(const BodySink& sink);
  // Writes nothing, only counts.
  Samples() = default;

  // What follows belongs to this family, until the next one begins.
  void family(std::string_view name, std::string_view type, std::string_view help);

  void put(const Labels& labels, std::int64_t value);
  void put(const Labels& labels, double value);
  void put(const Labels& labels, Duration value);  // in seconds

  // Rows that differ in one last label alone, "partition": first what they share, then each.
  void rows(const Labels& labels);
  void row(std::int32_t partition, std::int64_t value);
  void row(std::int32_t partition, Duration value);

  void raw(std::string_view text);  // in the same format; not counted

  void flush();
  // The client has gone: the rest need not be made.
  [[nodiscard]] bool gone() const { return gone_; }
  // So many were put.
  [[nodiscard]] std::uint64_t series() const { return series_; }

 private:
  char* room(std::size_t bytes);
  void done(const char* end);
  template <class Value>
  void line(const Labels& labels, Value value);
  template <class Value>
  void partition_line(std::int32_t partition, Value value);

  const BodySink* sink_ = nullptr;
  std::string_view name_;
  std::string shared_;  // of rows: all that stands before the partition
  std::vector<char> piece_;
  std::size_t used_ = 0;
  std::uint64_t series_ = 0;
  bool gone_ = false;
};

}  // namespace tidemark
