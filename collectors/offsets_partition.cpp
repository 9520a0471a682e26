// Which partition of the offsets topic holds a group, as the brokers compute it.
#include <bit>
#include <cstdint>

#include "collectors/record.h"
#include "core/utf8.h"

namespace tidemark {
namespace {

// Java's String.hashCode: over UTF-16 code units, wrapping at 32 bits.
class JavaHash {
 public:
  void add(char32_t code_point) {
    constexpr char32_t first_of_two_units = 0x10000;
    if (code_point < first_of_two_units) return add_unit(code_point);
    const char32_t rest = code_point - first_of_two_units;
    add_unit(0xD800 + (rest >> 10U));
    add_unit(0xDC00 + (rest & 0x3FFU));
  }
  [[nodiscard]] std::int32_t value() const { return static_cast<std::int32_t>(hash_); }

 private:
  void add_unit(std::uint32_t unit) { hash_ = 31U * hash_ + unit; }

  std::uint32_t hash_ = 0;
};

}  // namespace

std::int32_t offsets_partition_of(std::string_view group, std::int32_t partitions) {
  if (partitions <= 0) return 0;
  JavaHash hash;
  while (!group.empty()) hash.add(next_code_point(group));
  const std::int32_t h = hash.value();
  constexpr std::int32_t without_absolute = INT32_MIN;
  if (h == without_absolute) return 0;
  return (h < 0 ? -h : h) % partitions;
}

}  // namespace tidemark
