#include "storage/event_query.h"

#include <algorithm>
#include <set>
#include <utility>

#include "storage/event_rows.h"
#include "storage/state_schema.h"

namespace tidemark {
namespace {

// One way through the rows of a cluster, and the event that it stands before.
struct Way {
  explicit Way(Statement given) : rows(std::move(given)) { advance(); }

  void advance() {
    ahead.reset();
    if (rows.step()) ahead = std::make_shared<const Event>(event_of(rows));
  }

  Statement rows;
  std::shared_ptr<const Event> ahead;
};

std::string question(std::string_view rows, EventOrder order) {
  return "SELECT " + std::string(event_columns) + " FROM events " + std::string(rows) +
         " AND key >= ?1 AND key <= ?2 ORDER BY key" +
         (order == EventOrder::newest_first ? " DESC" : "");
}

}  // namespace

struct EventStream::Impl {
  std::vector<Way> ways;  // each by an index of its own; together all that are wanted
  EventFilter filter;
  EventOrder order = EventOrder::oldest_first;

  std::shared_ptr<const Event> take() {
    Way* first = nullptr;
    for (Way& way : ways) {
      if (!way.ahead) continue;
      const bool before = first == nullptr || ((way.ahead->sequence < first->ahead->sequence) ==
                                               (order == EventOrder::oldest_first));
      if (before) first = &way;
    }
    if (first == nullptr) return nullptr;
    auto out = std::move(first->ahead);
    first->advance();
    return out;
  }
};

EventStream::EventStream(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EventStream::~EventStream() = default;
EventStream::EventStream(EventStream&&) noexcept = default;
EventStream& EventStream::operator=(EventStream&&) noexcept = default;

std::shared_ptr<const Event> EventStream::next() {
  while (auto event = impl_->take()) {
    if (impl_->filter.matches(*event)) return event;
  }
  return nullptr;
}

Result<std::unique_ptr<EventArchive>> EventArchive::open(const std::string& path) {
  std::unique_ptr<EventArchive> out(new EventArchive);
  const DatabaseError error =
      out->database_.open({path, state_migrations(), Durability::each_transaction, true});
  if (!error.ok()) return Error{error.message};
  return out;
}

std::int64_t EventArchive::bound_of(const std::string& question, std::int64_t cluster, Instant at) {
  Statement found = database_.prepare(question);
  return found.bind(1, cluster).bind(2, to_ms(at)).step() ? found.number(0) : 0;
}

EventSpan EventArchive::span_of(std::string_view cluster, const EventFilter& filter) {
  EventSpan out;
  const std::int64_t id = event_cluster_id(database_, cluster);
  if (filter.from) {
    const std::int64_t key = bound_of(
        "SELECT ifnull(min(key), 0) FROM events INDEXED BY events_by_time"
        " WHERE cluster = ?1 AND at >= ?2",
        id, *filter.from);
    out.first = key > 0 ? event_number(key) : UINT64_MAX;
  }
  if (filter.to) {
    out.last =
        event_number(bound_of("SELECT ifnull(max(key), 0) FROM events INDEXED BY events_by_time"
                              " WHERE cluster = ?1 AND at < ?2",
                              id, *filter.to));
  }
  return out;
}

EventStream EventArchive::read(std::string_view cluster, EventSpan span, const EventFilter& filter,
                               EventOrder order) {
  auto out = std::make_unique<EventStream::Impl>();
  out->filter = filter;
  out->order = order;
  const std::int64_t id = event_cluster_id(database_, cluster);
  if (id == 0 || span.first > span.last || span.first > most_event_number) {
    return EventStream(std::move(out));
  }
  const auto add = [&](std::string_view where, const auto& bind_third) {
    Statement rows = database_.prepare(question(where, order));
    rows.bind(1, event_key(id, span.first))
        .bind(2, event_key(id, std::min(span.last, most_event_number)))
        .bind(3, id);
    bind_third(rows);
    out->ways.emplace_back(std::move(rows));
  };
  if (filter.group) {
    add("INDEXED BY events_by_group WHERE cluster = ?3 AND group_name = ?4",
        [&](Statement& rows) { rows.bind_blob(4, *filter.group); });
  } else if (!filter.kinds.empty()) {
    for (const EventKind kind : std::set(filter.kinds.begin(), filter.kinds.end())) {
      add("INDEXED BY events_by_kind WHERE cluster = ?3 AND kind = ?4",
          [&](Statement& rows) { rows.bind_text(4, to_string(kind)); });
    }
  } else {
    // The rows lie in this order.
    add("NOT INDEXED WHERE cluster = ?3", [](Statement&) {});
  }
  return EventStream(std::move(out));
}

std::optional<Error> EventArchive::failure() {
  if (const DatabaseError error = database_.take_error(); !error.ok() && !failure_) {
    failure_ = Error{error.message};
  }
  return failure_;
}

}  // namespace tidemark
