#include "api/event_list.h"

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

// All clusters' events in one order, and how far each is read.
class Merged {
 public:
  Merged(EventSight& sight, const EventQuery& query, EventOrder order) : order_(order) {
    for (std::size_t i = 0; i < sight.reports.size(); ++i) {
      const EventMemory& memory = sight.memory[i];
      const std::string& name = sight.reports[i]->cluster.get();
      const bool wanted = !query.cluster || *query.cluster == name;
      const EventSpan span = wanted ? span_of(query, memory, i) : EventSpan{1, 0};
      readers_.emplace_back(memory, sight.source, name, span, query.filter, order);
      ends_.push_back(end_of(query, memory, i, wanted));
    }
  }

  // The next row but for its cursor; without an event at the end.
  std::pair<std::size_t, std::shared_ptr<const Event>> take() {
    std::size_t first = readers_.size();
    for (std::size_t i = 0; i < readers_.size(); ++i) {
      if (readers_[i].head() && (first == readers_.size() || comes_first(i, first))) first = i;
    }
    if (first == readers_.size()) return {};
    auto event = readers_[first].head();
    readers_[first].advance();
    return {first, std::move(event)};
  }

  // Behind what was taken.
  [[nodiscard]] EventCursor cursor(std::uint64_t run) const {
    EventCursor out{run, ends_};
    for (std::size_t i = 0; i < readers_.size(); ++i) {
      if (!readers_[i].head()) continue;
      const std::uint64_t next = readers_[i].head()->sequence;
      out.read[i] = order_ == EventOrder::oldest_first ? next - 1 : next + 1;
    }
    return out;
  }

 private:
  [[nodiscard]] EventSpan span_of(const EventQuery& query, const EventMemory& memory,
                                  std::size_t i) const {
    if (query.cursor_of_another_run) return {memory.whole_from, UINT64_MAX};
    if (!query.cursor) return {};
    const std::uint64_t read = query.cursor->read[i];
    if (order_ == EventOrder::oldest_first) return {read + 1, UINT64_MAX};
    return read > 0 ? EventSpan{1, read - 1} : EventSpan{1, 0};
  }

  // How far a cluster is read when nothing of it is left.
  [[nodiscard]] std::uint64_t end_of(const EventQuery& query, const EventMemory& memory,
                                     std::size_t i, bool wanted) const {
    if (!wanted && query.cursor) return query.cursor->read[i];
    if (order_ == EventOrder::newest_first) return wanted ? 0 : memory.last + 1;
    return memory.last;
  }

  [[nodiscard]] bool comes_first(std::size_t i, std::size_t before) const {
    const Instant at = readers_[i].head()->shown();
    const Instant other = readers_[before].head()->shown();
    return order_ == EventOrder::oldest_first ? at < other : at >= other;
  }

  const EventOrder order_;
  std::vector<EventReader> readers_;
  std::vector<std::uint64_t> ends_;
};

EventPage read_page(EventSight& sight, const EventQuery& query, EventOrder order) {
  EventPage page;
  Merged merged(sight, query, order);
  while (true) {
    auto [cluster, event] = merged.take();
    if (!event) return page;
    if (page.rows.size() == static_cast<std::size_t>(query.limit)) break;
    page.rows.push_back({sight.reports[cluster].get(), std::move(event), merged.cursor(query.run)});
  }
  page.next = page.rows.back().cursor.text();
  return page;
}

// The newest, but the newest of them last: their cursors lead on to what comes after them.
EventPage newest_page(EventSight& sight, const EventQuery& query) {
  EventPage page = read_page(sight, query, EventOrder::newest_first);
  EventCursor cursor{query.run, {}};
  for (const EventMemory& memory : sight.memory) cursor.read.push_back(memory.last);
  for (EventRow& row : page.rows) {
    const auto at = std::find_if(sight.reports.begin(), sight.reports.end(),
                                 [&](const auto& each) { return each.get() == row.cluster; });
    row.cursor = cursor;
    cursor.read[static_cast<std::size_t>(at - sight.reports.begin())] = row.event->sequence - 1;
  }
  std::reverse(page.rows.begin(), page.rows.end());
  return page;
}

std::size_t count_in_memory(const EventSight& sight, const EventQuery& query) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < sight.reports.size(); ++i) {
    if (query.cluster && *query.cluster != sight.reports[i]->cluster.get()) continue;
    const auto& events = sight.memory[i].events;
    out += static_cast<std::size_t>(
        std::count_if(events.begin(), events.end(),
                      [&](const auto& event) { return query.filter.matches(*event); }));
  }
  return out;
}

}  // namespace

EventPage page_of(EventSight& sight, const EventQuery& query) {
  const bool from_somewhere = query.cursor || query.cursor_of_another_run;
  const bool newest_last = !query.order && !from_somewhere && !query.filter.from;
  EventPage page = newest_last
                       ? newest_page(sight, query)
                       : read_page(sight, query, query.order.value_or(EventOrder::oldest_first));
  if (!from_somewhere && !page.next) {
    page.total = page.rows.size();
  } else if (!sight.source.there()) {
    page.total = count_in_memory(sight, query);
  }
  if (newest_last) page.next.reset();
  return page;
}

}  // namespace tidemark
