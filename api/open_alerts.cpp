#include "api/open_alerts.h"

namespace tidemark {

Refusal no_alerts(const std::string& why) {
  return {503, "alerts_off", "alerts can't be read" + (why.empty() ? "" : ": " + why), ""};
}

std::optional<Refusal> open_alerts(const View& view, AlertFile& file) {
  const auto status = view.alerts();
  if (status->path.empty()) return no_alerts("no alerts are kept");
  const DatabaseError error = file.open_to_read(status->path);
  return error.ok() ? std::nullopt : std::optional(no_alerts(error.message));
}

}  // namespace tidemark
