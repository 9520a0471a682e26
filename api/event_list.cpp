#include "api/event_list.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tidemark {
namespace {

constexpr std::array all_kinds = {
    EventKind::status,     EventKind::condition,  EventKind::data_loss,
    EventKind::group_gone, EventKind::group_new,  EventKind::topic_recreated,
    EventKind::blind,      EventKind::sight_back, EventKind::unread_topic};

// An event where it stands in the list. Within a cluster that is the order of its numbers: its
// clock never goes back.
struct Placed {
  Instant at;
  std::size_t cluster = 0;
  const Event* event = nullptr;
};

std::vector<Placed> merged(const Reports& reports, const EventQuery& query) {
  std::vector<Placed> out;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    if (query.cluster && reports[i]->cluster.get() != *query.cluster) continue;
    for (const auto& event : reports[i]->events) out.push_back({event->at, i, event.get()});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Placed& a, const Placed& b) { return a.at < b.at; });
  return out;
}

bool matches(const ClusterReport& report, const Event& event, const EventQuery& query) {
  if (query.group && (!is_of_group(event.kind) || event.group != *query.group)) return false;
  if (query.since && report.shown(event.at) < *query.since) return false;
  return query.kinds.empty() ||
         std::find(query.kinds.begin(), query.kinds.end(), event.kind) != query.kinds.end();
}

EventCursor begin_of(const Reports& reports, const EventQuery& query) {
  const bool valid =
      query.after && query.after->run == query.run && query.after->read.size() == reports.size();
  if (valid) return *query.after;
  return {query.run, std::vector<std::uint64_t>(reports.size(), 0)};
}

template <class Number>
bool take_number(std::string_view& text, Number& into, int base) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into, base);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

}  // namespace

std::string EventCursor::text() const {
  std::array<char, 16> run_text{};
  const auto end = std::to_chars(run_text.begin(), run_text.end(), run, 16).ptr;
  std::string out(run_text.begin(), end);
  for (const std::uint64_t each : read) out += "." + std::to_string(each);
  return out;
}

Result<EventCursor> EventCursor::parse(std::string_view text) {
  const Error malformed{"this is not the cursor of an event"};
  EventCursor out;
  if (!take_number(text, out.run, 16)) return malformed;
  while (!text.empty()) {
    if (text.front() != '.') return malformed;
    text.remove_prefix(1);
    if (!take_number(text, out.read.emplace_back(), 10)) return malformed;
  }
  return out;
}

EventPage page_of(const Reports& reports, const EventQuery& query) {
  EventPage page;
  EventCursor cursor = begin_of(reports, query);
  const auto limit = static_cast<std::size_t>(query.limit);
  const bool newest = !query.after && !query.since;
  for (const Placed& placed : merged(reports, query)) {
    std::uint64_t& read = cursor.read[placed.cluster];
    if (!matches(*reports[placed.cluster], *placed.event, query)) {
      read = std::max(read, placed.event->sequence);
      continue;
    }
    ++page.total;
    if (placed.event->sequence <= read) continue;
    read = placed.event->sequence;
    if (!newest && page.rows.size() == limit) {
      page.more = true;
      continue;
    }
    page.rows.push_back({reports[placed.cluster].get(), placed.event, cursor});
  }
  if (page.rows.size() > limit) {
    page.rows.erase(page.rows.begin(), page.rows.end() - static_cast<std::ptrdiff_t>(limit));
  }
  return page;
}

std::optional<EventKind> event_kind_from(std::string_view word) {
  const auto* const found = std::find_if(all_kinds.begin(), all_kinds.end(),
                                         [&](EventKind kind) { return to_string(kind) == word; });
  return found == all_kinds.end() ? std::nullopt : std::optional(*found);
}

bool is_of_group(EventKind kind) {
  return kind == EventKind::status || kind == EventKind::condition ||
         kind == EventKind::data_loss || kind == EventKind::group_gone ||
         kind == EventKind::group_new;
}

}  // namespace tidemark
