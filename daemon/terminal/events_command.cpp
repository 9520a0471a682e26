#include "daemon/terminal/events_command.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "core/clock.h"
#include "daemon/rest_url.h"
#include "daemon/terminal/events_view.h"
#include "daemon/terminal/numbers.h"
#include "daemon/terminal/screen.h"
#include "daemon/terminal/stretch.h"
#include "daemon/terminal/text.h"
#include "evaluator/event.h"

namespace tidemark::terminal {
namespace {

constexpr std::chrono::seconds ask_every{2};
constexpr std::string_view most_rows = "1000";

struct Place {
  std::string after;   // empty: from the beginning,
  std::string cursor;  // or from this page
};

std::string target_of(const EventsRequest& request, const Stretch& stretch, const Place& place) {
  const bool some = place.after.empty() && !stretch.given();
  std::string out = "/api/v1/events?limit=" + std::string(some ? "100" : most_rows);
  const auto add = [&](std::string_view name, const std::string& value) {
    out += "&" + std::string{name} + "=" + url_encoded(value);
  };
  if (place.after.empty() && stretch.given()) {
    out += "&order=oldest";
    if (stretch.from) add("from_ms", std::to_string(to_ms(*stretch.from)));
    if (stretch.to) add("to_ms", std::to_string(to_ms(*stretch.to)));
    if (!place.cursor.empty()) add("cursor", place.cursor);
  }
  if (!request.cluster.empty()) add("cluster", request.cluster);
  if (request.one_group) add("group", request.group);
  if (!request.kind.empty()) add("kind", request.kind);
  if (!place.after.empty()) add("after", place.after);
  return out;
}

// Prints events as they come, and says what it knows that it missed.
class Printer {
 public:
  Printer(const EventsRequest& request, const Reader& reader, const Talk& talk,
          const Console& console)
      : look_(reader.look()),
        json_(request.json),
        sees_all_(!request.one_group && request.kind.empty()),
        talk_(talk),
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
    const bool started = event.kind == "monitor_started";  // it tells that itself
    if (sees_all_ && last > 0 && missed > 0 && !started) {
      talk_.note(grouped(missed) + " events of " + printable(event.cluster) + " are lost");
    }
    last = event.sequence;
  }

  const Look look_;
  const bool json_;
  const bool sees_all_;
  const Talk& talk_;
  const Console& console_;
  std::string cursor_;
  std::map<std::string, std::int64_t> last_;  // sequence, by cluster
};

Status check_kinds(std::string words) {
  while (!words.empty()) {
    const auto comma = std::min(words.find(','), words.size());
    const std::string word = words.substr(0, comma);
    words.erase(0, comma + 1);
    if (event_kind_from(word)) continue;
    return Error{"--kind: \"" + word +
                 "\" is none of status, condition, data_loss, group_new, group_gone, "
                 "topic_recreated, blind, sight_back, unread_topic, monitor_started"};
  }
  return Done{};
}

// A daemon that goes away is waited for, and said so once.
int follow(RestClient& daemon, const EventsRequest& request, Printer& printer, const Talk& talk,
           const Console& console) {
  bool lost = false;
  while (console.out) {
    if (wait_for_signal(ask_every, nullptr) == Wake::end) return exit_fine;
    const auto body = daemon.get(target_of(request, {}, {printer.cursor(), ""}));
    const auto answer = body ? parse_events(body.value()) : Result<EventsAnswer>(body.error());
    if (answer) {
      printer.print(answer.value().events);
    } else if (!lost) {
      talk.note(answer.error().message + "; waiting for it");
    }
    lost = !answer;
  }
  return exit_not_so;
}

// One page, or all pages of a stretch of time.
Status print_pages(RestClient& daemon, const EventsRequest& request, const Stretch& stretch,
                   Printer& printer, const Talk& talk, const Console& console) {
  Place place;
  do {
    const auto body = daemon.get(target_of(request, stretch, place));
    if (!body) return body.error();
    const auto answer = parse_events(body.value());
    if (!answer) return answer.error();
    if (const auto& problem = answer.value().problem; problem && place.cursor.empty()) {
      talk.note(*problem);
    }
    printer.print(answer.value().events);
    place.cursor = stretch.given() ? answer.value().next_cursor.value_or("") : "";
  } while (!place.cursor.empty() && console.out);
  return Done{};
}

int tell(RestClient& daemon, const EventsRequest& request, const Stretch& stretch,
         const Reader& reader, const Talk& talk, const Console& console) {
  if (request.json && !request.follow && !stretch.given()) {
    return talk.print(daemon.get(target_of(request, {}, {})), {});
  }
  Printer printer(request, reader, talk, console);
  const Status printed = print_pages(daemon, request, stretch, printer, talk, console);
  if (!printed) return talk.refuse(printed.error().message);
  if (request.follow) return follow(daemon, request, printer, talk, console);
  if (printer.cursor().empty() && reader.person) {
    console.out << (stretch.given() ? "nothing happened in that time\n"
                                    : "nothing has happened yet\n");
  }
  return talk.end();
}

}  // namespace

int events_command(const EventsRequest& request, const Reader& reader, const Console& console) {
  const Talk talk("events", request, console);
  const auto kinds = check_kinds(request.kind);
  if (!kinds) return talk.refuse(kinds.error().message, exit_usage);
  const auto stretch = stretch_of(request.since, request.from, request.to, SystemClock().now());
  if (!stretch) return talk.refuse(stretch.error().message, exit_usage);
  if (request.follow && stretch.value().to) {
    return talk.refuse("--to: what is followed has no end", exit_usage);
  }
  return talk.connect([&](RestClient& daemon) {
    if (request.follow) hold_signals();
    return tell(daemon, request, stretch.value(), reader, talk, console);
  });
}

}  // namespace tidemark::terminal
