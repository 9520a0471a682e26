#include "notifiers/message.h"

#include <algorithm>

namespace tidemark {

std::string_view to_string(MessageKind kind) {
  switch (kind) {
    case MessageKind::opened:
      return "opened";
    case MessageKind::worsened:
      return "worsened";
    case MessageKind::still:
      return "still";
    case MessageKind::resolved:
      return "resolved";
    case MessageKind::digest:
      return "digest";
    case MessageKind::dropped:
      return "dropped";
    case MessageKind::test:
      break;
  }
  return "test";
}

std::string_view to_string(IncidentKind kind) {
  switch (kind) {
    case IncidentKind::status:
      return "status";
    case IncidentKind::data_loss:
      return "data_loss";
    case IncidentKind::retention_risk:
      return "retention_risk";
    case IncidentKind::blocked_by_transaction:
      return "blocked_by_transaction";
    case IncidentKind::monitor_blind:
      return "monitor_blind";
    case IncidentKind::cluster_unreachable:
      break;
  }
  return "cluster_unreachable";
}

bool is_over(const Message& message) {
  return std::all_of(message.alerts.begin(), message.alerts.end(),
                     [](const Alert& alert) { return alert.until.has_value(); });
}

}  // namespace tidemark
