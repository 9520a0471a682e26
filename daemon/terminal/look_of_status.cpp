#include "daemon/terminal/look_of_status.h"

namespace tidemark::terminal {
namespace {

struct Sign {
  std::string_view shape;
  Tone tone;
};

// Of groups, and of partitions in both rule sets.
Sign sign_of(std::string_view status) {
  if (status == "OK") return {"✓", Tone::good};
  if (status == "WARNING" || status == "WARN") return {"▲", Tone::warning};
  if (status == "UNKNOWN" || status == "NOTFOUND") return {"?", Tone::dim};
  return {"✗", Tone::bad};
}

}  // namespace

Cell status_cell(std::string_view status, bool stale, const Look& look) {
  const Sign sign = sign_of(status);
  std::string text{status};
  if (look.shapes) text = std::string{sign.shape} + " " + text;
  if (stale) text += " (stale)";
  return {text, stale ? Tone::dim : sign.tone};
}

Cell status_cell(const GroupAnswer& group, const Look& look) {
  Cell out = status_cell(group.status, group.stale, look);
  if (group.learning) out.text += " (learning)";
  return out;
}

}  // namespace tidemark::terminal
