// Reads back what a FieldWriter wrote, by the same calls. Bytes that are no such thing break it:
// from there on it gives values as they are made, and says so. What is read has no more items than
// there are bytes, and no enum beyond its last. One thread.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "storage/field_writer.h"

namespace tidemark {

class FieldReader {
 public:
  static constexpr bool reads = true;

  // `bytes` outlive it; `near` as they were written with.
  explicit FieldReader(std::string_view bytes, Instant near = Instant{})
      : bytes_(bytes), before_{0, static_cast<std::uint64_t>(to_ms(near))} {}

  template <class... Each>
  void operator()(Each&... each) {
    (take(each), ...);
  }
  template <class... Each>
  void flags(Each&... each) {
    std::uint64_t bits = bytes_.varint();
    ((each = (bits & 1U) != 0, bits >>= 1U), ...);
    if (bits != 0) broken_ = true;
  }

  [[nodiscard]] bool ok() const { return !broken_ && bytes_.ok(); }
  // All of it was read, and made sense.
  [[nodiscard]] bool done() const { return ok() && bytes_.rest().empty(); }
  // What was read makes no sense to the one who reads it.
  void refuse() { broken_ = true; }

 private:
  void take(bool& value) { value = bytes_.varint_up_to(1) != 0; }
  template <std::unsigned_integral T>
  void take(T& value) {
    value = static_cast<T>(bytes_.varint_up_to(std::numeric_limits<T>::max()));
  }
  template <std::signed_integral T>
  void take(T& value) {
    const std::int64_t wide = bytes_.signed_varint();
    if (wide < std::numeric_limits<T>::min() || wide > std::numeric_limits<T>::max()) refuse();
    value = static_cast<T>(wide);
  }
  template <class T>
  requires std::is_enum_v<T>
  void take(T& value) {
    value = static_cast<T>(bytes_.varint_up_to(static_cast<std::uint64_t>(last_of(T{}))));
  }
  void take(Duration& value) { value = Duration{bytes_.signed_varint()}; }
  void take(Instant& value) { value = from_ms(take_step(before_.ms)); }
  void take(Offset& value) { value = Offset{take_step(before_.offset)}; }
  void take(PartitionId& value) {
    std::int32_t number = 0;
    take(number);
    value = PartitionId{number};
  }
  void take(std::string& value) { value = std::string(bytes_.text()); }
  void take(GroupName& value) { value = GroupName{std::string(bytes_.text())}; }
  void take(TopicName& value) { value = TopicName{std::string(bytes_.text())}; }
  void take(TopicUuid& value) {
    const std::string_view raw = bytes_.raw(value.size());
    std::copy(raw.begin(), raw.end(), reinterpret_cast<char*>(value.data()));
  }
  template <class T>
  void take(std::optional<T>& value) {
    bool there = false;
    take(there);
    value.reset();
    if (!there) return;
    T made{};
    take(made);
    value = std::move(made);
  }
  template <class A, class B>
  void take(std::pair<A, B>& value) {
    take(value.first);
    take(value.second);
  }
  template <class T>
  void take(std::vector<T>& values) {
    values.clear();
    for (std::uint64_t left = bytes_.varint(); left > 0 && ok(); --left) {
      take(values.emplace_back());
    }
  }
  template <class T, class Less>
  void take(std::set<T, Less>& values) {
    values.clear();
    for (std::uint64_t left = bytes_.varint(); left > 0 && ok(); --left) {
      T each{};
      take(each);
      values.insert(std::move(each));
    }
  }
  template <class K, class V, class Less>
  void take(std::map<K, V, Less>& values) {
    values.clear();
    for (std::uint64_t left = bytes_.varint(); left > 0 && ok(); --left) {
      K key{};
      take(key);
      take(values[std::move(key)]);
    }
  }
  template <class T>
  requires requires(T& value, FieldReader& visit) { T::fields(value, visit); }
  void take(T& value) { T::fields(value, *this); }
  template <class T>
  requires requires(T& value, FieldReader& visit) { fields(visit, value); }
  void take(T& value) { fields(*this, value); }

  std::int64_t take_step(std::uint64_t& before) {
    before += static_cast<std::uint64_t>(bytes_.signed_varint());
    return static_cast<std::int64_t>(before);
  }

  ByteReader bytes_;
  FieldsBefore before_;
  bool broken_ = false;
};

}  // namespace tidemark
