// /api/v1/silences: what nobody is told of for a while.
#include "api/author.h"
#include "api/body.h"
#include "api/json_writer.h"
#include "api/lookup.h"
#include "api/native.h"
#include "api/open_alerts.h"
#include "api/query.h"
#include "api/refusals.h"
#include "api/router.h"
#include "api/silence_request.h"

namespace tidemark {
namespace {

std::string_view state_of(const SilenceRow& row, Instant now) {
  if (row.end <= now) return "ended";
  return row.begin > now ? "pending" : "active";
}

std::string silence_json(const SilenceRow& row, Instant now) {
  JsonWriter out;
  out.begin_object()
      .field("id", row.id)
      .field("cluster", row.cluster)
      .field("group", row.group)
      .field("topic", row.topic)
      .field("status", row.status)
      .field("kind", row.kind)
      .key("labels")
      .begin_object();
  for (const auto& [name, pattern] : row.labels) out.any_key(name).value(pattern);
  out.end_object()
      .field("author", row.author)
      .field("comment", row.comment)
      .field("created_ms", row.created)
      .field("begin_ms", row.begin)
      .field("end_ms", row.end)
      .field("state", state_of(row, now));
  out.end_object();
  return out.take();
}

SilenceQuery read_query(QueryReader& reader, Instant now) {
  SilenceQuery out;
  out.now = now;
  const std::string state = reader.text("state").value_or("");
  if (state == "active") {
    out.state = SilenceQuery::State::active;
  } else if (state == "pending") {
    out.state = SilenceQuery::State::pending;
  } else if (state == "ended") {
    out.state = SilenceQuery::State::ended;
  } else if (!state.empty()) {
    reader.refuse("state", "\"" + state + "\" is neither active, pending nor ended");
  }
  out.before = read_cursor(reader);
  out.limit = static_cast<std::size_t>(reader.number("limit", 1, 1000, 100));
  return out;
}

WantedSilence read_silence(const Call& call, BodyReader& body) {
  WantedSilence out;
  read_matchers(body, body.texts("labels"), out.row);
  out.row.author = author_of(call, body);
  out.row.comment = body.text("comment").value_or("");
  if (out.row.comment.empty()) {
    body.refuse("comment", "say why, for those who wonder about the quiet", "missing_parameter");
  }
  out.begin = body.instant("begin_ms");
  out.span = body.span("for");
  const auto end = body.instant("end_ms");
  if (out.span.has_value() == end.has_value()) {
    body.refuse("for", "say until when: \"for\" (as \"2h\") or \"end_ms\", and one of them alone",
                "missing_parameter");
  }
  if (end) out.row.end = *end;
  return out;
}

HttpReply reply_of(const Call& call, const Changed<SilenceRow>& changed, int status) {
  if (const auto* refusal = std::get_if<Refusal>(&changed)) return refusal_reply(*refusal);
  return data_reply(silence_json(std::get<SilenceRow>(changed), call.site.view.now()), std::nullopt,
                    as_of(call.site.view.reports()), status);
}

}  // namespace

HttpReply get_silences(const Call& call) {
  QueryReader reader(call.target, {"state", "cursor", "limit"});
  const Instant now = call.site.view.now();
  SilenceQuery query = read_query(reader, now);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  AlertFile file;
  if (const auto closed = open_alerts(call.site.view, file)) return refusal_reply(*closed);
  const std::size_t limit = query.limit++;  // one more: is there another page?
  std::vector<SilenceRow> found = file.silences(query);
  const std::uint64_t total = file.count(query);
  if (const auto failed = file.take_error(); !failed.ok()) {
    return refusal_reply(no_alerts(failed.message));
  }
  const bool more = found.size() > limit;
  if (more) found.resize(limit);
  std::vector<std::string> rows;
  for (const SilenceRow& row : found) rows.push_back(silence_json(row, now));
  const auto next =
      more ? std::optional(cursor_of(found.back().created, found.back().id)) : std::nullopt;
  return data_reply(array_of(rows), Page{static_cast<int>(limit), next, total},
                    as_of(call.site.view.reports()));
}

HttpReply add_silence(const Call& call) {
  const QueryReader query(call.target, {});
  if (query.refusal()) return refusal_reply(*query.refusal());
  BodyReader body(call.request.body, {"cluster", "group", "topic", "status", "kind", "labels",
                                      "comment", "author", "begin_ms", "end_ms", "for"});
  const WantedSilence wanted = read_silence(call, body);
  if (body.refusal()) return refusal_reply(*body.refusal());
  return reply_of(call, call.site.changes->add_silence(wanted), 201);
}

HttpReply end_silence(const Call& call) {
  const QueryReader query(call.target, {});
  if (query.refusal()) return refusal_reply(*query.refusal());
  BodyReader body(call.request.body, {"author"});
  const std::string author = author_of(call, body);
  if (body.refusal()) return refusal_reply(*body.refusal());
  return reply_of(call, call.site.changes->end_silence(call.names[0], author), 200);
}

}  // namespace tidemark
