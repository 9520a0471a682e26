#include "daemon/terminal/incidents_command.h"

#include <nlohmann/json.hpp>

#include "daemon/terminal/events_view.h"
#include "daemon/terminal/fields.h"
#include "daemon/terminal/look_of_status.h"
#include "daemon/terminal/queries.h"
#include "daemon/terminal/table.h"

namespace tidemark::terminal {
namespace {

using Json = nlohmann::json;

int fail(const Console& console, const std::string& message, int code) {
  console.err << "tidemark incidents: " << message << "\n";
  return code;
}

std::string time_of(const Json& row, const char* key) {
  const auto at = maybe<std::int64_t>(row, key);
  return at ? local_time(*at) : "";
}

std::string table_of(const Json& rows, const Look& look) {
  Table table{{{"ID"},
               {"CLUSTER", false, 8},
               {"GROUP", false, 12},
               {"KIND"},
               {"STATUS"},
               {"SINCE"},
               {"UNTIL"},
               {"ACKNOWLEDGED", false, 6},
               {"REASON", false, 16}},
              {}};
  for (const Json& row : rows) {
    table.rows.push_back({{text(row, "id")},
                          {text(row, "cluster")},
                          {text(row, "group"), Tone::strong},
                          {text(row, "kind")},
                          status_cell(text(row, "status"), false, look),
                          {time_of(row, "since_ms")},
                          {time_of(row, "until_ms")},
                          {text(row, "acknowledged_by")},
                          {text(row, "reason")}});
  }
  return render(table, look);
}

}  // namespace

int incidents_command(const IncidentsRequest& request, const Reader& reader,
                      const Console& console) {
  auto daemon = RestClient::open(request.url);
  if (!daemon) return fail(console, "--url: " + daemon.error().message, exit_usage);
  const auto body = all_incidents_body(*daemon.value(), request.cluster,
                                       request.state == "all" ? "" : request.state);
  if (!body) return fail(console, body.error().message, exit_not_so);
  if (request.json) {
    console.out << body.value() << "\n" << std::flush;
    return console.out ? exit_fine : exit_not_so;
  }
  const auto table = parsed<std::string, Json>(body.value(), [&](const Json& json) {
    const Json& rows = json.at("data");
    return table_of(rows, reader.look()) + (rows.empty() ? "\nno incident\n" : "");
  });
  if (!table) return fail(console, table.error().message, exit_not_so);
  console.out << table.value() << std::flush;
  return console.out ? exit_fine : exit_not_so;
}

}  // namespace tidemark::terminal
