// What changes something but silences: acknowledging an incident, forgetting a group, reading the
// configuration anew; and what the caller may do.
#include "api/author.h"
#include "api/body.h"
#include "api/burrow.h"
#include "api/burrow_lookup.h"
#include "api/burrow_replies.h"
#include "api/incident_json.h"
#include "api/json_writer.h"
#include "api/lookup.h"
#include "api/native.h"
#include "api/query.h"
#include "api/refusals.h"
#include "api/router.h"

namespace tidemark {
namespace {

// Of a body that says nothing but who did it; null: the author is in `into`.
std::optional<Refusal> read_body(const Call& call, std::string& into) {
  BodyReader body(call.request.body, {"author"});
  into = author_of(call, body);
  return body.refusal();
}

// Of a change that takes nothing else.
std::optional<Refusal> read_author(const Call& call, std::string& into) {
  const QueryReader query(call.target, {});
  return query.refusal() ? query.refusal() : read_body(call, into);
}

HttpReply done(const Call& call, const std::string& data, int status = 200) {
  return data_reply(data, std::nullopt, as_of(call.site.view.reports()), status);
}

HttpReply forget(const Call& call, const std::string& group) {
  std::string author;
  if (const auto refusal = read_body(call, author)) return refusal_reply(*refusal);
  const std::string& cluster = call.names.at(0);
  const auto refusal = call.site.changes->forget_group(cluster, group, author);
  if (refusal) return refusal_reply(*refusal);
  JsonWriter out;
  out.begin_object().field("cluster", cluster).field("group", group);
  out.end_object();
  return done(call, out.take());
}

}  // namespace

HttpReply get_access(const Call& call) {
  const QueryReader reader(call.target, {});
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  const Allowed may = allowed(call.site.access, call.request);
  JsonWriter out;
  out.begin_object().key("rights").begin_array();
  for (const Right right : may.rights) out.value(to_string(right));
  out.end_array()
      .field_if_said("as", may.token)
      .field("token_needed", may.token_needed)
      .field_if_said("problem", may.problem);
  out.end_object();
  return done(call, out.take());
}

HttpReply acknowledge_incident(const Call& call) {
  const QueryReader query(call.target, {});
  if (query.refusal()) return refusal_reply(*query.refusal());
  BodyReader body(call.request.body, {"comment", "author"});
  AcknowledgementRow row;
  row.incident = call.names[0];
  row.author = author_of(call, body);
  row.comment = body.text("comment").value_or("");
  if (body.refusal()) return refusal_reply(*body.refusal());
  const auto changed = call.site.changes->acknowledge(row);
  if (const auto* refusal = std::get_if<Refusal>(&changed)) return refusal_reply(*refusal);
  return done(call, incident_json(std::get<IncidentRow>(changed)));
}

HttpReply forget_group(const Call& call) {
  const QueryReader query(call.target, {});
  if (query.refusal()) return refusal_reply(*query.refusal());
  return forget(call, call.names.at(1));
}

HttpReply forget_group_by_query(const Call& call) {
  QueryReader query(call.target, {"name"});
  const auto name = query.text("name");
  if (!name) query.refuse("name", "the group's name is missing: ?name=…", "missing_parameter");
  if (query.refusal()) return refusal_reply(*query.refusal());
  return forget(call, *name);
}

// Burrow says so whatever it knows of them.
HttpReply burrow_forget(const Call& call) {
  std::string author;
  std::optional<Refusal> refusal = read_author(call, author);
  const auto cluster = burrow_find_cluster(call.site.view, call.names.at(0));
  const GroupReport* group = cluster ? burrow_find_group(*cluster, call.names.at(1)) : nullptr;
  if (!refusal && group != nullptr) {
    refusal = call.site.changes->forget_group(cluster->cluster.get(), group->name.get(), author);
  }
  if (refusal && refusal->status != 404) {
    return burrow_reply(call.site, call.target, refusal->status, true, refusal->message, "");
  }
  return burrow_reply(call.site, call.target, 200, false, "consumer group removed", "");
}

HttpReply reload(const Call& call) {
  std::string author;
  if (const auto refusal = read_author(call, author)) return refusal_reply(*refusal);
  if (const auto refusal = call.site.changes->reload(author)) return refusal_reply(*refusal);
  return done(call, R"({"reloading":true})", 202);
}

}  // namespace tidemark
