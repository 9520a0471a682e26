#include "evaluator/event.h"

namespace tidemark {

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
  }
  return "";
}

}  // namespace tidemark
