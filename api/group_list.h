// The list of groups across clusters: filtered, sorted and cut into pages. Pure. A page begins
// after the key of the last row of the page before, so that walking all pages meets every group
// that was there all the time exactly once, whatever comes, goes or changes its name's neighbours
// meanwhile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/lookup.h"
#include "core/result.h"

namespace tidemark {

enum class GroupSort : std::uint8_t { name, lag, time_lag, status };

// Where a row stands in the order: by name, or by a number (unknown last) and then by name.
struct GroupPlace {
  bool unknown = false;
  std::int64_t number = 0;
  std::string_view group;
  std::string_view cluster;
};

struct GroupOrder {
  GroupSort by = GroupSort::name;
  bool descending = false;

  [[nodiscard]] bool before(const GroupPlace& a, const GroupPlace& b) const;
  [[nodiscard]] std::string text() const;  // "-lag"
};
// "name", "lag", "time_lag" or "status", with '-' in front for descending.
std::optional<GroupOrder> group_order_from(std::string_view text);

// The end of a page, as an opaque word of hexadecimal digits. It belongs to one order.
struct GroupCursor {
  bool unknown = false;
  std::int64_t number = 0;
  std::string group;
  std::string cluster;

  [[nodiscard]] std::string text(const GroupOrder& order) const;
  // The error says what is wrong with the word.
  static Result<GroupCursor> parse(std::string_view text, const GroupOrder& order);
};

struct GroupQuery {
  std::optional<std::string> cluster;
  std::vector<GroupStatus> statuses;  // empty: any
  std::string q;                      // part of the name, in any letter case
  GroupOrder order;
  int limit = 100;
  std::optional<GroupCursor> after;
};

struct GroupRow {
  const ClusterReport* cluster = nullptr;
  const GroupReport* group = nullptr;
};

GroupPlace place_of(const GroupRow& row, GroupSort by);
// Of a status as a number: worse is greater.
std::int64_t severity(GroupStatus status);

struct GroupPage {
  std::vector<GroupRow> rows;
  std::optional<std::string> next_cursor;
  std::size_t total = 0;  // on all pages
};

// The rows look into `reports`.
GroupPage page_of(const Reports& reports, const GroupQuery& query);

}  // namespace tidemark
