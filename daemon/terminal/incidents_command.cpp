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
  const auto ask = [&](RestClient& daemon) {
    return all_incidents_body(daemon, request.cluster, request.state == "all" ? "" : request.state);
  };
  const auto show = [&](const std::string& body) {
    return parsed<std::string, Json>(body, [&](const Json& json) {
      const Json& rows = json.at("data");
      return table_of(rows, reader.look()) + (rows.empty() ? "\nno incident\n" : "");
    });
  };
  return Talk("incidents", request, console).ask(ask, show);
}

}  // namespace tidemark::terminal
