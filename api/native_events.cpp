// /api/v1/events: what happened, oldest first.
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
                     {"at_ms", to_ms(row.cluster->shown(event.at))},
                     {"kind", to_string(event.kind)},
                     {"group", is_of_group(event.kind) ? Json(event.group) : Json()},
                     {"subject", Form::text(event.subject)},
                     {"from", Form::text(event.from)},
                     {"to", Form::text(event.to)},
                     {"reason", Form::text(event.reason)},
                     {"sentence", event.sentence}});
}

void read_kinds(QueryReader& reader, EventQuery& into) {
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

void read_after(QueryReader& reader, EventQuery& into) {
  const auto text = reader.text("after");
  if (!text) return;
  auto cursor = EventCursor::parse(*text);
  if (cursor) {
    into.after = std::move(cursor.value());
  } else {
    reader.refuse("after", cursor.error().message, "bad_cursor");
  }
}

// Sequences begin anew with each start, so cursors of another one must be told apart.
std::uint64_t this_run() {
  static const std::uint64_t run = std::random_device{}();
  return run;
}

}  // namespace

HttpReply get_events(const Call& call) {
  QueryReader reader(call.target, {"cluster", "group", "kind", "since_ms", "after", "limit"});
  EventQuery query;
  query.cluster = reader.text("cluster");
  query.group = reader.text("group");
  query.limit = reader.number("limit", 1, 1000, 100);
  query.since = reader.instant("since_ms");
  query.run = this_run();
  read_kinds(reader, query);
  read_after(reader, query);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  const Reports reports = call.site.view.reports();
  if (query.cluster && !find_cluster(call.site.view, *query.cluster)) {
    return refusal_reply(no_cluster(*query.cluster));
  }
  const EventPage page = page_of(reports, query);
  std::vector<std::string> rows;
  for (const EventRow& row : page.rows) rows.push_back(event_json(row));
  const auto next = page.more ? std::optional(page.rows.back().cursor.text()) : std::nullopt;
  return data_reply(array_of(rows), Page{query.limit, next, page.total}, as_of(reports));
}

}  // namespace tidemark
