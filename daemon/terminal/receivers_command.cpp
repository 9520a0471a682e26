#include "daemon/terminal/receivers_command.h"

#include "core/percent.h"
#include "daemon/rest_client.h"
#include "daemon/terminal/receivers_view.h"

namespace tidemark::terminal {
namespace {

int fail(const Console& console, const std::string& message, int code) {
  console.err << "tidemark receivers: " << message << "\n";
  return code;
}

std::string path_of(const ReceiversRequest& request) {
  const std::string all = "/api/v1/receivers";
  if (request.receiver.empty()) return all;
  return all + "/" + percent_encode(request.receiver) + "/deliveries";
}

}  // namespace

int receivers_command(const ReceiversRequest& request, const Reader& reader,
                      const Console& console) {
  auto daemon = RestClient::open(request.url);
  if (!daemon) return fail(console, "--url: " + daemon.error().message, exit_usage);
  const auto body = daemon.value()->get(path_of(request));
  if (!body) return fail(console, body.error().message, exit_not_so);
  if (request.json) {
    console.out << body.value() << "\n" << std::flush;
    return console.out ? exit_fine : exit_not_so;
  }
  const auto text = request.receiver.empty() ? receivers_text(body.value(), reader.look())
                                             : deliveries_text(body.value(), reader.look());
  if (!text) return fail(console, text.error().message, exit_not_so);
  console.out << text.value() << std::flush;
  return console.out ? exit_fine : exit_not_so;
}

}  // namespace tidemark::terminal
