#include "api/open_alerts.h"

#include <algorithm>
#include <charconv>

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

std::string cursor_of(Instant at, const std::string& id) {
  return std::to_string(to_ms(at)) + "-" + id;
}

std::optional<std::pair<Instant, std::string>> read_cursor(QueryReader& reader) {
  const auto text = reader.text("cursor");
  if (!text) return std::nullopt;
  const std::size_t dash = text->find('-');
  std::int64_t at = 0;
  const char* end = text->data() + std::min(dash, text->size());
  const auto [stop, error] = std::from_chars(text->data(), end, at);
  if (dash == std::string::npos || error != std::errc{} || stop != end) {
    reader.refuse("cursor", "it is not one that an answer gave", "bad_cursor");
    return std::nullopt;
  }
  return std::pair{from_ms(at), text->substr(dash + 1)};
}

}  // namespace tidemark
