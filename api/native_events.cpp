// /api/v1/events: what happened.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "api/event_list.h"
#include "api/json_forms.h"
#include "api/native.h"
#include "api/query.h"
#include "api/refusals.h"
#include "api/router.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;
using Form = JsonForms<Json>;

std::string event_json(const EventRow& row) {
  const Event& event = *row.event;
  return Form::dump({{"cursor", row.cursor.text()},
                     {"cluster", row.cluster->cluster.get()},
                     {"sequence", event.sequence},
                     {"at_ms", to_ms(event.shown())},
                     {"kind", to_string(event.kind)},
                     {"group", is_of_group(event) ? Json(event.group) : Json()},
                     {"subject", Form::text(event.subject)},
                     {"from", Form::text(event.from)},
                     {"to", Form::text(event.to)},
                     {"reason", Form::text(event.reason)},
                     {"sentence", event.sentence},
                     {"author", Form::text(event.author)}});
}

void read_kinds(QueryReader& reader, EventFilter& into) {
  std::string words = reader.text("kind").value_or("");
  while (!words.empty()) {
    const std::size_t comma = std::min(words.find(','), words.size());
    const std::string word = words.substr(0, comma);
    words.erase(0, comma + 1);
    if (const auto kind = event_kind_from(word)) {
      into.kinds.push_back(*kind);
    } else {
      reader.refuse("kind", "\"" + word + "\" is not a kind of event");
    }
  }
}

void read_time(QueryReader& reader, EventFilter& into) {
  const auto since = reader.instant("since_ms");
  into.from = reader.instant("from_ms");
  if (since && into.from) reader.refuse("since_ms", "give from_ms or since_ms, not both");
  if (since) into.from = since;
  into.to = reader.instant("to_ms");
  if (into.from && into.to && *into.from >= *into.to) {
    reader.refuse("from_ms", "it is not before to_ms");
  }
}

void read_order(QueryReader& reader, EventQuery& into) {
  const auto word = reader.text("order");
  if (word == "oldest") {
    into.order = EventOrder::oldest_first;
  } else if (word == "newest") {
    into.order = EventOrder::newest_first;
  } else if (word) {
    reader.refuse("order", "\"" + *word + "\" is neither oldest nor newest");
  }
}

std::optional<EventCursor> cursor_in(QueryReader& reader, std::string_view name) {
  const auto text = reader.text(name);
  if (!text) return std::nullopt;
  auto cursor = EventCursor::parse(*text);
  if (cursor) return cursor.value();
  reader.refuse(name, cursor.error().message, "bad_cursor");
  return std::nullopt;
}

// `after` follows what happens, whatever became of the daemon meanwhile; `cursor` is of a page.
void read_cursor(QueryReader& reader, std::size_t clusters, EventQuery& into) {
  const auto after = cursor_in(reader, "after");
  const auto page = cursor_in(reader, "cursor");
  if (after && (page || into.order == EventOrder::newest_first)) {
    reader.refuse("after", "it leads from the oldest to the newest, and takes no cursor beside it");
  }
  const auto& given = after ? after : page;
  if (!given) return;
  if (given->run == into.run && given->read.size() == clusters) {
    into.cursor = given;
  } else if (after) {
    into.cursor_of_another_run = true;
  } else {
    reader.refuse("cursor", "it is not of this list any more: begin anew without it", "bad_cursor");
  }
}

// Where nothing is kept, numbers begin anew with each start, so cursors must be told apart.
std::uint64_t log_of(const EventStatus& status) {
  static const std::uint64_t here = std::random_device{}();
  return status.log > 0 ? status.log : here;
}

// The reports first: what they tell of is waiting then, or in the file.
EventSight look(const View& view, const EventStatus& status) {
  const bool off = status.state == EventStatus::State::off;
  EventSight out{view.reports(), {}, EventSource(off ? "" : status.path)};
  for (const auto& report : out.reports) {
    out.memory.push_back(memory_of(*report, view.waiting_events(report->cluster.get())));
  }
  return out;
}

// Why events may be missing in the answer.
std::optional<std::string> problem_of(const EventStatus& status, EventSight& sight) {
  if (const auto failure = sight.source.failure()) {
    return "only the newest events are here, from memory: " + failure->message;
  }
  if (status.state != EventStatus::State::off || status.path.empty()) return std::nullopt;
  return "only the newest events are here, from memory: " + status.reason;
}

}  // namespace

HttpReply get_events(const Call& call) {
  QueryReader reader(call.target, {"cluster", "group", "kind", "since_ms", "from_ms", "to_ms",
                                   "order", "after", "cursor", "limit"});
  const auto status = call.site.view.events();
  EventSight sight = look(call.site.view, *status);
  EventQuery query;
  query.cluster = reader.text("cluster");
  query.filter.group = reader.text("group");
  query.limit = reader.number("limit", 1, 1000, 100);
  query.run = cursor_run(log_of(*status), sight.reports);
  read_kinds(reader, query.filter);
  read_time(reader, query.filter);
  read_order(reader, query);
  read_cursor(reader, sight.reports.size(), query);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  if (query.cluster && !find_cluster(call.site.view, *query.cluster)) {
    return refusal_reply(no_cluster(*query.cluster));
  }
  const EventPage page = page_of(sight, query);
  std::vector<std::string> rows;
  for (const EventRow& row : page.rows) rows.push_back(event_json(row));
  return data_reply(array_of(rows),
                    Page{query.limit, page.next, page.total, problem_of(*status, sight)},
                    as_of(sight.reports));
}

}  // namespace tidemark
