// Values as bytes, member by member, as a snapshot keeps them: numbers as varints; each offset as
// its distance from the offset written before, and each instant likewise, for those that stand
// together are close to each other. FieldReader takes the same calls and reads them back.
//
// A type of its own says what its members are, to both: either by a static member
// `fields(self, visit)`, or by a function `fields(visit, value)` beside it. One thread.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "storage/varint.h"

namespace tidemark {

// For a `fields(visit, value)` that both writers and readers call.
template <class T, class Of>
concept Fields = std::same_as<std::remove_const_t<T>, Of>;

// An offset or instant before any: the first of a string of bytes is near neither of them.
struct FieldsBefore {
  std::uint64_t offset = 0;
  std::uint64_t ms = 0;
};

class FieldWriter {
 public:
  static constexpr bool reads = false;

  // Appends to it; it outlives the writer. `near`: about when the instants are.
  explicit FieldWriter(std::string& to, Instant near = Instant{})
      : to_(to), before_{0, static_cast<std::uint64_t>(to_ms(near))} {}

  template <class... Each>
  void operator()(const Each&... each) {
    (put(each), ...);
  }
  // Up to 64 of them in one number.
  template <class... Each>
  void flags(const Each&... each) {
    std::uint64_t bits = 0;
    unsigned place = 0;
    ((bits |= std::uint64_t{each ? 1U : 0U} << place++), ...);
    put_varint(to_, bits);
  }

 private:
  void put(bool value) { to_.push_back(value ? '\1' : '\0'); }
  template <std::unsigned_integral T>
  void put(T value) {
    put_varint(to_, value);
  }
  template <std::signed_integral T>
  void put(T value) {
    put_signed(to_, value);
  }
  template <class T>
  requires std::is_enum_v<T>
  void put(T value) { put_varint(to_, static_cast<std::uint64_t>(value)); }
  void put(Duration value) { put_signed(to_, value.count()); }
  void put(Instant value) { put_step(static_cast<std::uint64_t>(to_ms(value)), before_.ms); }
  void put(Offset value) { put_step(static_cast<std::uint64_t>(value.get()), before_.offset); }
  void put(PartitionId value) { put_signed(to_, value.get()); }
  void put(const GroupName& value) { put_text(to_, value.get()); }
  void put(const TopicName& value) { put_text(to_, value.get()); }
  void put(const std::string& value) { put_text(to_, value); }
  void put(const TopicUuid& value) {
    to_.append(reinterpret_cast<const char*>(value.data()), value.size());
  }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class A, class B>
  void put(const std::pair<A, B>& value) {
    put(value.first);
    put(value.second);
  }
  template <class T>
  void put(const std::vector<T>& values) {
    put_varint(to_, values.size());
    for (const T& each : values) put(each);
  }
  template <class T, class Less>
  void put(const std::set<T, Less>& values) {
    put_varint(to_, values.size());
    for (const T& each : values) put(each);
  }
  template <class K, class V, class Less>
  void put(const std::map<K, V, Less>& values) {
    put_varint(to_, values.size());
    for (const auto& each : values) put(each);
  }
  template <class T>
  requires requires(const T& value, FieldWriter& visit) { T::fields(value, visit); }
  void put(const T& value) { T::fields(value, *this); }
  template <class T>
  requires requires(const T& value, FieldWriter& visit) { fields(visit, value); }
  void put(const T& value) { fields(*this, value); }

  // Any distance fits: it wraps around.
  void put_step(std::uint64_t value, std::uint64_t& before) {
    put_signed(to_, static_cast<std::int64_t>(value - before));
    before = value;
  }

  std::string& to_;
  FieldsBefore before_;
};

}  // namespace tidemark
