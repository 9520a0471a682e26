#include "daemon/terminal/receivers_command.h"

#include "core/percent.h"
#include "daemon/terminal/receivers_view.h"

namespace tidemark::terminal {
namespace {

std::string path_of(const ReceiversRequest& request) {
  const std::string all = "/api/v1/receivers";
  if (request.receiver.empty()) return all;
  return all + "/" + percent_encode(request.receiver) + "/deliveries";
}

}  // namespace

int receivers_command(const ReceiversRequest& request, const Reader& reader,
                      const Console& console) {
  const auto ask = [&](RestClient& daemon) { return daemon.get(path_of(request)); };
  return Talk("receivers", request, console).ask(ask, [&](const std::string& body) {
    return request.receiver.empty() ? receivers_text(body, reader.look())
                                    : deliveries_text(body, reader.look());
  });
}

}  // namespace tidemark::terminal
