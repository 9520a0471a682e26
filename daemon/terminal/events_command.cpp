#include "daemon/terminal/events_command.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "daemon/rest_client.h"
#include "daemon/rest_url.h"
#include "daemon/terminal/events_view.h"
#include "daemon/terminal/numbers.h"
#include "daemon/terminal/screen.h"
#include "daemon/terminal/text.h"
#include "evaluator/event.h"

namespace tidemark::terminal {
namespace {

constexpr std::chrono::seconds ask_every{2};
constexpr std::string_view most_rows = "1000";

std::string target_of(const EventsRequest& request, const std::string& after) {
  std::string out = "/api/v1/events?limit=";
  out += after.empty() ? "100" : most_rows;
  const auto add = [&](std::string_view name, const std::string& value) {
    out += "&" + std::string{name} + "=" + url_encoded(value);
  };
  if (!request.cluster.empty()) add("cluster", request.cluster);
  if (request.one_group) add("group", request.group);
  if (!request.kind.empty()) add("kind", request.kind);
  if (!after.empty()) add("after", after);
  return out;
}

// Prints events as they come, and says what it knows that it missed.
class Printer {
 public:
  Printer(const EventsRequest& request, const Reader& reader, const Console& console)
      : look_(reader.look()),
        json_(request.json),
        sees_all_(!request.one_group && request.kind.empty()),
        console_(console) {}

  void print(const std::vector<EventAnswer>& events) {
    for (const EventAnswer& event : events) {
      note_gap(event);
      console_.out << (json_ ? event.json + "\n" : event_text(event, look_));
      cursor_ = event.cursor;
    }
    console_.out.flush();
  }
  [[nodiscard]] const std::string& cursor() const { return cursor_; }

 private:
  void note_gap(const EventAnswer& event) {
    std::int64_t& last = last_[event.cluster];
    const std::int64_t missed = event.sequence - last - 1;
    if (sees_all_ && last > 0 && missed > 0) {
      console_.err << "tidemark events: " << grouped(missed) << " events of "
                   << printable(event.cluster) << " left the daemon's list before they were read\n";
    }
    last = event.sequence;
  }

  const Look look_;
  const bool json_;
  const bool sees_all_;
  const Console& console_;
  std::string cursor_;
  std::map<std::string, std::int64_t> last_;  // sequence, by cluster
};

int fail(const Console& console, const std::string& message, int code) {
  console.err << "tidemark events: " << message << "\n";
  return code;
}

Status check_kinds(std::string words) {
  while (!words.empty()) {
    const auto comma = std::min(words.find(','), words.size());
    const std::string word = words.substr(0, comma);
    words.erase(0, comma + 1);
    if (event_kind_from(word)) continue;
    return Error{"--kind: \"" + word +
                 "\" is none of status, condition, data_loss, group_new, group_gone, "
                 "topic_recreated, blind, sight_back, unread_topic"};
  }
  return Done{};
}

// A daemon that goes away is waited for, and said so once.
int follow(RestClient& daemon, const EventsRequest& request, Printer& printer,
           const Console& console) {
  bool lost = false;
  while (console.out) {
    if (wait_for_signal(ask_every, nullptr) == Wake::end) return exit_fine;
    const auto body = daemon.get(target_of(request, printer.cursor()));
    const auto events =
        body ? parse_events(body.value()) : Result<std::vector<EventAnswer>>(body.error());
    if (events) {
      printer.print(events.value());
    } else if (!lost) {
      console.err << "tidemark events: " << events.error().message << "; waiting for it\n";
    }
    lost = !events;
  }
  return exit_not_so;
}

}  // namespace

int events_command(const EventsRequest& request, const Reader& reader, const Console& console) {
  const auto kinds = check_kinds(request.kind);
  if (!kinds) return fail(console, kinds.error().message, exit_usage);
  auto opened = RestClient::open(request.url);
  if (!opened) return fail(console, "--url: " + opened.error().message, exit_usage);
  RestClient& daemon = *opened.value();
  if (request.follow) hold_signals();
  const auto body = daemon.get(target_of(request, ""));
  if (!body) return fail(console, body.error().message, exit_not_so);
  const auto events = parse_events(body.value());
  if (!events) return fail(console, events.error().message, exit_not_so);
  if (request.json && !request.follow) {
    console.out << body.value() << "\n" << std::flush;
    return console.out ? exit_fine : exit_not_so;
  }
  Printer printer(request, reader, console);
  printer.print(events.value());
  if (request.follow) return follow(daemon, request, printer, console);
  if (events.value().empty() && reader.person) console.out << "nothing has happened yet\n";
  return console.out ? exit_fine : exit_not_so;
}

}  // namespace tidemark::terminal
