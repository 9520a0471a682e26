// One page of the list of groups. Of each cluster only as many rows as a page may hold are found
// and put in order: its groups are in the order of their names already, and what else they are
// sorted by stands in columns.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "api/group_list.h"
#include "core/block_pool.h"
#include "evaluator/group_columns.h"

namespace tidemark {
namespace {

// A row of one cluster by what it is sorted by: the smaller one comes first.
struct Key {
  bool unknown = false;
  std::int64_t number = 0;  // complemented where the order is descending
  std::uint32_t row = 0;

  friend auto operator<=>(const Key&, const Key&) = default;
};

using Keys = std::vector<Key, PooledAllocator<Key>>;

// The `most` smallest of the keys that it is given.
class Smallest {
 public:
  explicit Smallest(std::size_t most) : most_(most) { kept_.reserve(2 * most); }

  void add(const Key& key) {
    if (full_ && worst_ < key) return;
    kept_.push_back(key);
    if (kept_.size() == 2 * most_) cut();
  }

  Keys take() {
    if (kept_.size() > most_) cut();
    return std::move(kept_);
  }

 private:
  void cut() {
    const auto last = kept_.begin() + static_cast<std::ptrdiff_t>(most_) - 1;
    std::nth_element(kept_.begin(), last, kept_.end());
    kept_.resize(most_);
    worst_ = kept_.back();
    full_ = true;
  }

  const std::size_t most_;
  Keys kept_;
  bool full_ = false;  // so many smaller ones than `worst_` were seen, itself included
  Key worst_;
};

// The rows of one cluster that a query asks for. Uses what it is given while it is there.
class ClusterRows {
 public:
  ClusterRows(const ClusterReport& cluster, const GroupQuery& query)
      : cluster_(cluster), query_(query) {
    if (query.order.by != GroupSort::name || !query.statuses.empty()) {
      columns_ = &cluster.group_columns();
    }
    if (query.after) start_ = key_after(*query.after);
  }

  // How many match; of those that come after the cursor the first `most` are added.
  std::size_t find(std::size_t most, std::vector<GroupRow>& into) const {
    switch (query_.order.by) {
      case GroupSort::name:
        return scan(most, into, [](std::size_t) { return std::optional<std::int64_t>(0); });
      case GroupSort::lag:
        return scan(most, into,
                    [&](std::size_t i) -> std::optional<std::int64_t> { return columns_->lag[i]; });
      case GroupSort::time_lag:
        return scan(most, into,
                    [&](std::size_t i) { return columns_->time_lag(i, cluster_.as_of_broker); });
      case GroupSort::status:
        break;
    }
    return scan(most, into,
                [&](std::size_t i) { return std::optional(severity(columns_->status[i])); });
  }

 private:
  template <class NumberAt>
  std::size_t scan(std::size_t most, std::vector<GroupRow>& into, NumberAt number_at) const {
    std::size_t total = 0;
    Smallest first(most);
    const auto look_at = [&](std::size_t i) {
      if (!has_wanted_status(i)) return;
      ++total;
      const std::optional<std::int64_t> number = number_at(i);
      const Key key = key_of(!number, number.value_or(0), i);
      if (!(key < start_)) first.add(key);
    };
    if (query_.q.empty()) {
      for (std::size_t i = 0; i < cluster_.groups.size(); ++i) look_at(i);
    } else {
      for (const std::uint32_t i : cluster_.groups_with(query_.q)) look_at(i);
    }
    for (const Key& key : first.take()) into.push_back({&cluster_, group_at(key)});
    return total;
  }

  [[nodiscard]] bool has_wanted_status(std::size_t i) const {
    const auto& wanted = query_.statuses;
    return wanted.empty() ||
           std::find(wanted.begin(), wanted.end(), columns_->status[i]) != wanted.end();
  }

  [[nodiscard]] bool names_descend() const {
    return query_.order.descending && query_.order.by == GroupSort::name;
  }

  [[nodiscard]] Key key_of(bool unknown, std::int64_t number, std::size_t i) const {
    const std::size_t row = names_descend() ? cluster_.groups.size() - 1 - i : i;
    return {unknown, query_.order.descending ? ~number : number, static_cast<std::uint32_t>(row)};
  }

  [[nodiscard]] const GroupReport* group_at(const Key& key) const {
    const std::size_t row = key.row;
    return cluster_.groups[names_descend() ? cluster_.groups.size() - 1 - row : row].get();
  }

  // Of the first row that comes after the cursor, whether or not its group is still there.
  [[nodiscard]] Key key_after(const GroupCursor& cursor) const {
    const auto& groups = cluster_.groups;
    const auto at = std::lower_bound(
        groups.begin(), groups.end(), cursor.group,
        [](const auto& group, const std::string& name) { return group->name.get() < name; });
    auto i = static_cast<std::size_t>(at - groups.begin());
    const bool there = at != groups.end() && (*at)->name.get() == cursor.group;
    const std::string& name = cluster_.cluster.get();
    if (names_descend()) {
      if (there && name < cursor.cluster) ++i;
      Key key = key_of(false, 0, i);
      ++key.row;
      return key;
    }
    if (there && name <= cursor.cluster) ++i;
    return key_of(cursor.unknown, cursor.number, i);
  }

  const ClusterReport& cluster_;
  const GroupQuery& query_;
  const GroupColumns* columns_ = nullptr;  // null: not needed
  Key start_{false, std::numeric_limits<std::int64_t>::min(), 0};
};

}  // namespace

GroupPage page_of(const Reports& reports, const GroupQuery& query) {
  GroupPage page;
  const auto limit = static_cast<std::size_t>(query.limit);
  for (const auto& report : reports) {
    if (query.cluster && report->cluster.get() != *query.cluster) continue;
    page.total += ClusterRows(*report, query).find(limit + 1, page.rows);
  }
  const auto before = [&](const GroupRow& a, const GroupRow& b) {
    return query.order.before(place_of(a, query.order.by), place_of(b, query.order.by));
  };
  std::sort(page.rows.begin(), page.rows.end(), before);
  if (page.rows.size() > limit) {
    page.rows.resize(limit);
    const GroupPlace last = place_of(page.rows.back(), query.order.by);
    page.next_cursor =
        GroupCursor{last.unknown, last.number, std::string(last.group), std::string(last.cluster)}
            .text(query.order);
  }
  return page;
}

}  // namespace tidemark
