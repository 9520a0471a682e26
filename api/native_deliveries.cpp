// /api/v1/receivers/{r}/deliveries: how messages to one receiver went, the newest attempt first.
#include <algorithm>
#include <charconv>

#include "api/json_values.h"
#include "api/json_writer.h"
#include "api/lookup.h"
#include "api/native.h"
#include "api/query.h"
#include "api/refusals.h"
#include "api/router.h"
#include "storage/alert_file.h"

namespace tidemark {
namespace {

constexpr std::size_t incidents_shown = 20;

std::optional<std::int64_t> read_cursor(QueryReader& reader) {
  const auto text = reader.text("cursor");
  if (!text) return std::nullopt;
  std::int64_t id = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, id);
  if (error == std::errc{} && stop == end) return id;
  reader.refuse("cursor", "it is not one that an answer gave", "bad_cursor");
  return std::nullopt;
}

bool is_receiver(const Call& call, const std::string& name) {
  const auto status = call.site.view.alerts();
  return std::any_of(status->receivers.begin(), status->receivers.end(),
                     [&](const ReceiverState& each) { return each.receiver == name; });
}

std::string delivery_json(const DeliveryRow& row, AlertFile& file) {
  IncidentQuery told;
  told.message = row.message;
  told.limit = incidents_shown;
  std::vector<std::string> ids;
  for (const IncidentRow& incident : file.find(told)) ids.push_back(incident.id);
  JsonWriter out;
  out.begin_object()
      .field("at_ms", row.at)
      .field("message", row.message)
      .field("to", if_so(!row.address.empty(), row.address))
      .field("attempt", row.attempt)
      .field("outcome", row.outcome)
      .field("said", if_so(!row.said.empty(), row.said))
      .field("incident_count", file.count(told))
      .list("incidents", ids);
  out.end_object();
  return out.take();
}

HttpReply deliveries_reply(const Call& call, AlertFile& file, const std::string& receiver,
                           int limit, std::optional<std::int64_t> before) {
  auto found = file.deliveries(receiver, limit + 1, before);  // one more: is there another page?
  const bool more = found.size() > static_cast<std::size_t>(limit);
  if (more) found.pop_back();
  std::vector<std::string> rows;
  for (const DeliveryRow& row : found) rows.push_back(delivery_json(row, file));
  const auto failed = file.take_error();
  if (!failed.ok()) {
    return refusal_reply({503, "alerts_off", "deliveries can't be read: " + failed.message, ""});
  }
  const auto next = more ? std::optional(std::to_string(found.back().id)) : std::nullopt;
  return data_reply(array_of(rows), Page{limit, next, std::nullopt},
                    as_of(call.site.view.reports()));
}

}  // namespace

HttpReply get_deliveries(const Call& call) {
  QueryReader reader(call.target, {"cursor", "limit"});
  const auto before = read_cursor(reader);
  const int limit = reader.number("limit", 1, 1000, 100);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  const std::string& receiver = call.names.at(0);
  if (!is_receiver(call, receiver)) {
    return refusal_reply(no_receiver(receiver));
  }
  AlertFile file;
  const DatabaseError error = file.open_to_read(call.site.view.alerts()->path);
  if (error.ok()) return deliveries_reply(call, file, receiver, limit, before);
  return refusal_reply({503, "alerts_off", "deliveries can't be read: " + error.message, ""});
}

}  // namespace tidemark
