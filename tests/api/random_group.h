// Groups and windows in which anything may be anything.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "api/group_json.h"

namespace tidemark::test {

// Values that are at an edge more often than not.
class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}

  std::uint64_t below(std::uint64_t limit) { return engine_() % limit; }
  bool maybe() { return below(2) == 0; }
  template <class T, class Make>
  std::optional<T> maybe(Make make) {
    return maybe() ? std::optional<T>(make()) : std::nullopt;
  }

  std::int64_t number();
  double real();
  Duration span() { return Duration{number() / 4}; }
  Instant instant() { return from_ms(static_cast<std::int64_t>(below(4'000'000'000'000))); }
  std::string text();

 private:
  std::mt19937_64 engine_;
};

// Of topics "orders" and "unheard", each of six partitions.
std::shared_ptr<GroupReport> random_group(Random& random);
// For some of these.
AskedWindows random_windows(Random& random);

}  // namespace tidemark::test
