#include "daemon/terminal/silence_command.h"

#include <nlohmann/json.hpp>

#include "config/problems.h"
#include "daemon/rest_url.h"
#include "daemon/terminal/events_view.h"
#include "daemon/terminal/fields.h"
#include "daemon/terminal/queries.h"
#include "daemon/terminal/table.h"
#include "daemon/terminal/text.h"

namespace tidemark::terminal {
namespace {

using Json = nlohmann::ordered_json;

std::string body_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// "group payments.*, team=checkout"
std::string what_of(const Json& row) {
  std::string out;
  for (const char* key : {"cluster", "group", "topic", "status", "kind"}) {
    const auto pattern = maybe<std::string>(row, key);
    if (pattern) out += (out.empty() ? "" : ", ") + std::string(key) + " " + *pattern;
  }
  const auto labels = maybe<Json>(row, "labels");
  if (!labels || !labels->is_object()) return out;
  for (const auto& [name, pattern] : labels->items()) {
    out += (out.empty() ? "" : ", ") + name + "=" + pattern.get<std::string>();
  }
  return out;
}

std::string until(const std::string& answer) {
  const auto row = parsed<Json, Json>(answer, [](const Json& json) { return json.at("data"); });
  if (!row) return row.error().message;
  return printable(text(row.value(), "id")) + ": " + printable(what_of(row.value())) + " until " +
         local_time(count(row.value(), "end_ms"));
}

std::string table_of(const Json& rows, const Look& look) {
  Table table{{{"ID"},
               {"STATE"},
               {"UNTIL"},
               {"AUTHOR", false, 6},
               {"WHAT", false, 16},
               {"COMMENT", false, 12}},
              {}};
  for (const Json& row : rows) {
    const std::string state = text(row, "state");
    table.rows.push_back({{text(row, "id"), Tone::strong},
                          {state, state == "active" ? Tone::warning : Tone::plain},
                          {local_time(count(row, "end_ms"))},
                          {text(row, "author")},
                          {what_of(row)},
                          {text(row, "comment")}});
  }
  return render(table, look);
}

}  // namespace

int silence_add_command(const SilenceRequest& request, const Console& console) {
  Json body;
  const auto add = [&](const char* key, const std::string& pattern) {
    if (!pattern.empty()) body[key] = pattern;
  };
  add("cluster", request.cluster);
  add("group", request.group);
  add("topic", request.topic);
  add("status", request.status);
  add("kind", request.kind);
  for (const std::string& label : request.labels) {
    const std::size_t equals = label.find('=');
    if (equals == std::string::npos) {
      return Talk("silence", request, console)
          .refuse("--label " + quote(label) + " is not NAME=PATTERN", exit_usage);
    }
    body["labels"][label.substr(0, equals)] = label.substr(equals + 1);
  }
  body["comment"] = request.comment;
  body["for"] = request.span;
  body["author"] = author_of(request);
  return change(request, "silence", "POST", "/api/v1/silences", body_of(body), until, console);
}

int silence_end_command(const SilenceRequest& request, const Console& console) {
  return change(request, "silence", "DELETE", "/api/v1/silences/" + url_encoded(request.id),
                body_of({{"author", author_of(request)}}), until, console);
}

int silence_list_command(const SilenceRequest& request, const Reader& reader,
                         const Console& console) {
  const auto ask = [&](RestClient& daemon) { return all_silences_body(daemon, request.state); };
  const auto show = [&](const std::string& body) {
    return parsed<std::string, Json>(body, [&](const Json& json) {
      const Json& rows = json.at("data");
      return table_of(rows, reader.look()) + (rows.empty() ? "\nno silence\n" : "");
    });
  };
  return Talk("silence", request, console).ask(ask, show);
}

}  // namespace tidemark::terminal
