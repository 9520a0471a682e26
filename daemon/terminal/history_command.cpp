#include "daemon/terminal/history_command.h"

#include "daemon/rest_client.h"
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

int fail(const Console& console, const std::string& message, int code) {
  console.err << "tidemark history: " << message << "\n";
  return code;
}

}  // namespace

int history_command(const HistoryRequest& request, const Reader& reader, const Console& console) {
  auto opened = RestClient::open(request.url);
  if (!opened) return fail(console, "--url: " + opened.error().message, exit_usage);
  const auto body = opened.value()->get(target_of(request), request.csv ? "csv" : "json");
  if (!body) return fail(console, body.error().message, exit_not_so);
  if (request.csv) {
    console.out << body.value();
  } else if (request.json) {
    console.out << body.value() << "\n";
  } else {
    const auto history = parse_history(body.value());
    if (!history) return fail(console, history.error().message, exit_not_so);
    console.out << (reader.person ? history_plot(history.value(), reader.look())
                                  : history_table(history.value(), reader.look()));
  }
  console.out << std::flush;
  return console.out ? exit_fine : exit_not_so;
}

}  // namespace tidemark::terminal
