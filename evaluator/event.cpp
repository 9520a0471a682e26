#include "evaluator/event.h"

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

constexpr std::array all_kinds = {EventKind::status,       EventKind::condition,
                                  EventKind::data_loss,    EventKind::group_gone,
                                  EventKind::group_new,    EventKind::topic_recreated,
                                  EventKind::blind,        EventKind::sight_back,
                                  EventKind::unread_topic, EventKind::monitor_started};

}  // namespace

std::string_view to_string(EventKind kind) {
  switch (kind) {
    case EventKind::status:
      return "status";
    case EventKind::condition:
      return "condition";
    case EventKind::data_loss:
      return "data_loss";
    case EventKind::group_gone:
      return "group_gone";
    case EventKind::group_new:
      return "group_new";
    case EventKind::topic_recreated:
      return "topic_recreated";
    case EventKind::blind:
      return "blind";
    case EventKind::sight_back:
      return "sight_back";
    case EventKind::unread_topic:
      return "unread_topic";
    case EventKind::monitor_started:
      return "monitor_started";
  }
  return "";
}

std::optional<EventKind> event_kind_from(std::string_view word) {
  const auto* const found = std::find_if(all_kinds.begin(), all_kinds.end(),
                                         [&](EventKind kind) { return to_string(kind) == word; });
  return found == all_kinds.end() ? std::nullopt : std::optional(*found);
}

bool is_of_group(EventKind kind) {
  return kind == EventKind::status || kind == EventKind::condition ||
         kind == EventKind::data_loss || kind == EventKind::group_gone ||
         kind == EventKind::group_new;
}

bool EventFilter::matches(const Event& event) const {
  if (group && (!is_of_group(event.kind) || event.group != *group)) return false;
  if (from && event.shown() < *from) return false;
  if (to && event.shown() >= *to) return false;
  return kinds.empty() || std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end();
}

}  // namespace tidemark
