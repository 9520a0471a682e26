#include "daemon/terminal/events_view.h"

#include <array>
#include <ctime>

#include "daemon/terminal/look_of_status.h"
#include "daemon/terminal/text.h"
#include "daemon/terminal/wrap.h"

namespace tidemark::terminal {
namespace {

std::string whom(const EventAnswer& event) {
  std::string out;
  if (event.group) out = event.group->empty() ? "\"\"" : printable(*event.group);
  if (!event.subject.empty()) out += (out.empty() ? "" : " ") + printable(event.subject);
  return out;
}

bool is_of_status(const EventAnswer& event) {
  return event.kind == "status" || event.kind == "group_new" || event.kind == "group_gone";
}

Tone tone_of(const EventAnswer& event) {
  if (is_of_status(event)) return status_cell(event.to, false, {}).tone;
  if (event.kind == "data_loss") return Tone::bad;
  if (event.kind == "blind" || event.kind == "monitor_started") return Tone::warning;
  if (event.kind == "silence_began") return Tone::warning;
  if (event.kind == "sight_back" || event.to.empty()) return Tone::good;
  return Tone::warning;
}

// What has become of it: "OK → ERROR", "retention_risk", "retention_risk ended", "blind".
std::string change(const EventAnswer& event, const Look& look) {
  const auto shown = [&](const std::string& status) {
    return is_of_status(event) && look.shapes ? status_cell(status, false, look).text : status;
  };
  if (event.kind == "group_new") return "new, " + shown(event.to);
  if (event.kind == "group_gone") return "gone, was " + shown(event.from);
  if (event.kind == "status") return event.from + " → " + shown(event.to);
  if (event.kind == "data_loss" || event.kind == "condition" || event.kind == "unread_topic") {
    return event.to.empty() ? event.from + " ended" : event.to;
  }
  if (!event.author.empty()) return event.kind + " by " + event.author;
  return event.kind + (event.reason.empty() ? "" : ": " + event.reason);
}

}  // namespace

std::string local_time(std::int64_t at_ms) {
  const auto at = static_cast<std::time_t>(at_ms / 1000);
  std::tm parts{};
  localtime_r(&at, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts)};
}

std::string event_text(const EventAnswer& event, const Look& look) {
  const std::string time = local_time(event.at_ms);
  const std::string cluster = printable(event.cluster);
  const std::string change = printable(terminal::change(event, look));
  if (!look.width) {
    return time + "  " + padded(cluster, 8, false) + "  " + padded(event.kind, 15, false) + "  " +
           whom(event) + ": " + change +
           (event.sentence.empty() ? "" : ": " + printable(event.sentence)) + "\n";
  }
  std::string out = toned(time, Tone::dim, look) + "  " + cluster + "  " +
                    toned(whom(event), Tone::strong, look) + "  " +
                    toned(change, tone_of(event), look) + "\n";
  if (!event.sentence.empty()) out += wrapped("    ", event.sentence, look);
  return out;
}

}  // namespace tidemark::terminal
