#include "api/group_list.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <utility>

namespace tidemark {
namespace {

constexpr std::array<std::pair<std::string_view, GroupSort>, 4> kSorts = {{
    {"name", GroupSort::name},
    {"lag", GroupSort::lag},
    {"time_lag", GroupSort::time_lag},
    {"status", GroupSort::status},
}};

std::optional<std::int64_t> number_of(const GroupRow& row, GroupSort by) {
  switch (by) {
    case GroupSort::name:
      return 0;
    case GroupSort::lag:
      return row.group->lag;
    case GroupSort::status:
      return severity(row.group->status);
    case GroupSort::time_lag:
      break;
  }
  const auto lag = row.group->time_lag(row.cluster->as_of_broker);
  return lag ? std::optional<std::int64_t>(lag->count()) : std::nullopt;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += {digits[byte >> 4U], digits[byte & 15U]};
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    unsigned value = 0;
    const char* const end = text.data() + i + 2;
    if (std::from_chars(text.data() + i, end, value, 16).ptr != end) return std::nullopt;
    out += static_cast<char>(value);
  }
  return out;
}

// Takes what stands before the next '|' off the front.
std::string_view take_field(std::string_view& text) {
  const std::size_t bar = std::min(text.find('|'), text.size());
  const std::string_view field = text.substr(0, bar);
  text.remove_prefix(std::min(bar + 1, text.size()));
  return field;
}

template <class Number>
bool take_number(std::string_view& text, Number& into) {
  const std::string_view field = take_field(text);
  const char* const end = field.data() + field.size();
  return !field.empty() && std::from_chars(field.data(), end, into).ptr == end;
}

}  // namespace

std::int64_t severity(GroupStatus status) {
  switch (status) {
    case GroupStatus::ok:
      return 0;
    case GroupStatus::unknown:
      return 1;
    case GroupStatus::warning:
      return 2;
    case GroupStatus::error:
      return 3;
  }
  return 0;
}

GroupPlace place_of(const GroupRow& row, GroupSort by) {
  const auto number = number_of(row, by);
  return {!number, number.value_or(0), row.group->name.get(), row.cluster->cluster.get()};
}

bool GroupOrder::before(const GroupPlace& a, const GroupPlace& b) const {
  const auto names = [](const GroupPlace& at) { return std::tie(at.group, at.cluster); };
  if (by == GroupSort::name) return descending ? names(b) < names(a) : names(a) < names(b);
  if (a.unknown != b.unknown) return b.unknown;
  if (a.number != b.number) return descending ? a.number > b.number : a.number < b.number;
  return names(a) < names(b);
}

std::string GroupOrder::text() const {
  std::string out = descending ? "-" : "";
  for (const auto& [name, sort] : kSorts) {
    if (sort == by) out += name;
  }
  return out;
}

std::optional<GroupOrder> group_order_from(std::string_view text) {
  const bool descending = !text.empty() && text.front() == '-';
  if (descending) text.remove_prefix(1);
  for (const auto& [name, sort] : kSorts) {
    if (name == text) return GroupOrder{sort, descending};
  }
  return std::nullopt;
}

std::string GroupCursor::text(const GroupOrder& order) const {
  return to_hex(order.text() + "|" + (unknown ? "1" : "0") + "|" + std::to_string(number) + "|" +
                std::to_string(group.size()) + "|" + group + cluster);
}

Result<GroupCursor> GroupCursor::parse(std::string_view text, const GroupOrder& order) {
  const Error malformed{"this is not a cursor that an answer gave as next_cursor"};
  const auto bytes = from_hex(text);
  if (!bytes) return malformed;
  std::string_view rest = *bytes;
  const std::string_view made_for = take_field(rest);
  if (!group_order_from(made_for)) return malformed;
  if (made_for != order.text()) {
    return Error{"this cursor belongs to sort=" + std::string(made_for) +
                 ", not to sort=" + order.text()};
  }
  GroupCursor out;
  int unknown = 0;
  std::size_t size = 0;
  if (!take_number(rest, unknown) || !take_number(rest, out.number) || !take_number(rest, size) ||
      size > rest.size()) {
    return malformed;
  }
  out.unknown = unknown != 0;
  out.group = rest.substr(0, size);
  out.cluster = rest.substr(size);
  return out;
}

}  // namespace tidemark
