#include "evaluator/event.h"

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

constexpr std::array all_kinds = {EventKind::status,
                                  EventKind::condition,
                                  EventKind::data_loss,
                                  EventKind::group_gone,
                                  EventKind::group_new,
                                  EventKind::topic_recreated,
                                  EventKind::blind,
                                  EventKind::sight_back,
                                  EventKind::unread_topic,
                                  EventKind::monitor_started,
                                  EventKind::silence_began,
                                  EventKind::silence_ended,
                                  EventKind::incident_acknowledged,
                                  EventKind::group_forgotten,
                                  EventKind::configuration_reloaded};

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
    case EventKind::silence_began:
      return "silence_began";
    case EventKind::silence_ended:
      return "silence_ended";
    case EventKind::incident_acknowledged:
      return "incident_acknowledged";
    case EventKind::group_forgotten:
      return "group_forgotten";
    case EventKind::configuration_reloaded:
      return "configuration_reloaded";
  }
  return "";
}

std::optional<EventKind> event_kind_from(std::string_view word) {
  const auto* const found = std::find_if(all_kinds.begin(), all_kinds.end(),
                                         [&](EventKind kind) { return to_string(kind) == word; });
  return found == all_kinds.end() ? std::nullopt : std::optional(*found);
}

bool is_of_group(const Event& event) {
  switch (event.kind) {
    case EventKind::status:
    case EventKind::condition:
    case EventKind::data_loss:
    case EventKind::group_gone:
    case EventKind::group_new:
    case EventKind::group_forgotten:
      return true;
    case EventKind::incident_acknowledged:  // of a group, or of the cluster: its kind says which
      return event.subject != "monitor_blind" && event.subject != "cluster_unreachable";
    default:
      return false;
  }
}

bool EventFilter::matches(const Event& event) const {
  if (group && (!is_of_group(event) || event.group != *group)) return false;
  if (from && event.shown() < *from) return false;
  if (to && event.shown() >= *to) return false;
  return kinds.empty() || std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end();
}

}  // namespace tidemark
