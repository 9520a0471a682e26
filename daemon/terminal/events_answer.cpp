#include "daemon/terminal/events_answer.h"

#include <nlohmann/json.hpp>

#include "daemon/terminal/fields.h"

namespace tidemark::terminal {
namespace {

using Json = nlohmann::ordered_json;

EventAnswer event_of(const Json& json) {
  EventAnswer out;
  out.cursor = text(json, "cursor");
  out.cluster = text(json, "cluster");
  out.sequence = count(json, "sequence");
  out.at_ms = count(json, "at_ms");
  out.kind = text(json, "kind");
  out.group = maybe<std::string>(json, "group");
  out.subject = text(json, "subject");
  out.from = text(json, "from");
  out.to = text(json, "to");
  out.reason = text(json, "reason");
  out.sentence = text(json, "sentence");
  out.author = text(json, "author");
  out.json = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return out;
}

}  // namespace

Result<EventsAnswer> parse_events(std::string_view body) {
  return parsed<EventsAnswer, Json>(body, [](const Json& json) {
    EventsAnswer out;
    for (const Json& row : json.at("data")) out.events.push_back(event_of(row));
    out.next_cursor = maybe<std::string>(json.at("page"), "next_cursor");
    out.problem = maybe<std::string>(json.at("page"), "problem");
    return out;
  });
}

}  // namespace tidemark::terminal
