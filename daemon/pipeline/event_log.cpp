#include "daemon/pipeline/event_log.h"

#include <utility>

#include "core/log.h"

namespace tidemark {
namespace {

constexpr int most_lines_a_minute = 60;

// What it is about: a group, something else, or a part of a group.
std::string whom(const Event& event) {
  std::string out = event.group.empty() ? "" : "group \"" + event.group + "\"";
  if (!event.subject.empty()) out += (out.empty() ? "" : ", ") + event.subject;
  return out;
}

std::string change(const Event& event) {
  if (event.from.empty()) return event.to;
  return event.from + " → " + (event.to.empty() ? "ended" : event.to);
}

}  // namespace

EventLog::EventLog(std::string cluster, std::size_t most)
    : cluster_(std::move(cluster)), most_(most) {}

void EventLog::begin(const EventStart& start, Instant now) {
  last_ = start.last;
  handed_on_ = start.handed_on;
  if (start.reason.empty()) return;
  Event event;
  event.at = now;
  event.kind = EventKind::monitor_started;
  event.subject = "this process";
  event.reason = start.reason;
  event.sentence = start.sentence;
  add(std::move(event));
}

void EventLog::add(Event event) {
  event.sequence = ++last_;
  event.clock_step = clock_step_;
  write_line(event);
  if (newest_.size() >= most_) newest_.pop_front();
  newest_.push_back(std::make_shared<const Event>(std::move(event)));
  if (handed_on_) new_.push_back(newest_.back());
  newer_ = true;
}

EventLog::Events EventLog::newest() {
  if (std::exchange(newer_, false)) {
    told_ = Events(std::vector<std::shared_ptr<const Event>>(newest_.begin(), newest_.end()));
  }
  return told_;
}

void EventLog::write_line(const Event& event) {
  if (event.at - minute_ >= std::chrono::minutes{1} || event.at < minute_) {
    if (unsaid_ > 0) log::info("cluster {}: {} more events without a line here", cluster_, unsaid_);
    minute_ = event.at;
    lines_ = 0;
    unsaid_ = 0;
  }
  if (lines_++ < most_lines_a_minute) {
    log::info("cluster {}: event {}: {}", cluster_, event.sequence, line_of(event));
  } else {
    ++unsaid_;
  }
}

std::string line_of(const Event& event) {
  std::string out{to_string(event.kind)};
  for (const std::string& part : {whom(event), change(event), event.sentence}) {
    if (!part.empty()) out += ": " + part;
  }
  return out;
}

}  // namespace tidemark
