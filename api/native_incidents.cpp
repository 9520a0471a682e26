// /api/v1/incidents: what was in trouble, and is, the newest first, and one of them by its id;
// /api/v1/receivers: how messages about it are delivered.
#include "api/incident_json.h"
#include "api/json_values.h"
#include "api/json_writer.h"
#include "api/lookup.h"
#include "api/native.h"
#include "api/open_alerts.h"
#include "api/query.h"
#include "api/refusals.h"
#include "api/router.h"
#include "storage/alert_file.h"

namespace tidemark {
namespace {

IncidentQuery read_query(QueryReader& reader) {
  IncidentQuery out;
  out.cluster = reader.text("cluster");
  out.group = reader.text("group");
  out.kind = reader.text("kind");
  out.message = reader.text("message");
  const auto state = reader.text("state");
  if (state == "open" || state == "ended") {
    out.open = state == "open";
  } else if (state) {
    reader.refuse("state", "\"" + *state + "\" is neither open nor ended");
  }
  out.before = read_cursor(reader);
  out.limit = static_cast<std::size_t>(reader.number("limit", 1, 1000, 100));
  return out;
}

void write_receiver(JsonWriter& out, const ReceiverState& state) {
  out.begin_object()
      .field("receiver", state.receiver)
      .field("waiting", state.waiting)
      .field("waiting_bytes", state.waiting_bytes)
      .field("oldest_ms", state.oldest)
      .field("last_delivered_ms", state.last_delivered)
      .field("failure", if_so(!state.last_failure.empty(), state.last_failure))
      .field("delivered", state.delivered)
      .field("refused", state.refused)
      .field("failed_attempts", state.failed)
      .field("given_up", state.given_up)
      .field("overflow", state.overflow)
      .field("dropped", state.dropped)
      .field("dropped_from_ms", state.dropped_from)
      .field("dropped_to_ms", state.dropped_to);
  out.end_object();
}

}  // namespace

HttpReply get_incidents(const Call& call) {
  QueryReader reader(call.target,
                     {"cluster", "group", "kind", "state", "message", "cursor", "limit"});
  IncidentQuery query = read_query(reader);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  AlertFile file;
  if (const auto closed = open_alerts(call.site.view, file)) return refusal_reply(*closed);
  const std::size_t limit = query.limit++;  // one more: is there another page?
  std::vector<IncidentRow> found = file.find(query);
  const std::uint64_t total = file.count(query);
  if (const auto failed = file.take_error(); !failed.ok()) {
    return refusal_reply(no_alerts(failed.message));
  }
  const bool more = found.size() > limit;
  if (more) found.resize(limit);
  std::vector<std::string> rows;
  for (const IncidentRow& row : found) rows.push_back(incident_json(row));
  const auto next =
      more ? std::optional(cursor_of(found.back().opened, found.back().id)) : std::nullopt;
  return data_reply(array_of(rows), Page{static_cast<int>(limit), next, total},
                    as_of(call.site.view.reports()));
}

HttpReply get_incident(const Call& call) {
  const QueryReader reader(call.target, {});
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  AlertFile file;
  if (const auto closed = open_alerts(call.site.view, file)) return refusal_reply(*closed);
  const auto found = file.incident(call.names[0]);
  if (const auto failed = file.take_error(); !failed.ok()) {
    return refusal_reply(no_alerts(failed.message));
  }
  if (!found) return refusal_reply(no_incident(call.names[0]));
  return data_reply(incident_json(*found), std::nullopt, as_of(call.site.view.reports()));
}

HttpReply get_receivers(const Call& call) {
  const QueryReader reader(call.target, {});
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  JsonWriter out;
  out.begin_array();
  const auto status = call.site.view.alerts();
  for (const ReceiverState& state : status->receivers) write_receiver(out, state);
  out.end_array();
  return data_reply(out.take(), std::nullopt, as_of(call.site.view.reports()));
}

}  // namespace tidemark
