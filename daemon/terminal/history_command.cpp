#include "daemon/terminal/history_command.h"

#include "daemon/rest_url.h"
#include "daemon/terminal/history_view.h"

namespace tidemark::terminal {
namespace {

std::string target_of(const HistoryRequest& request) {
  std::string out = "/api/v1/clusters/" + url_encoded(request.cluster) +
                    "/group/history?name=" + url_encoded(request.group) +
                    "&since=" + url_encoded(request.since);
  if (!request.step.empty()) out += "&step=" + url_encoded(request.step);
  if (request.csv) out += "&format=csv";
  return out;
}

}  // namespace

int history_command(const HistoryRequest& request, const Reader& reader, const Console& console) {
  const auto ask = [&](RestClient& daemon) {
    return daemon.get(target_of(request), request.csv ? "csv" : "json");
  };
  const auto show = [&](const std::string& body) -> Result<std::string> {
    if (request.csv) return body;
    const auto history = parse_history(body);
    if (!history) return history.error();
    return reader.person ? history_plot(history.value(), reader.look())
                         : history_table(history.value(), reader.look());
  };
  return Talk("history", request, console).ask(ask, show);
}

}  // namespace tidemark::terminal
