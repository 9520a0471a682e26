#include "api/words.h"

#include <algorithm>

namespace tidemark {

std::string_view word(LinkState state) {
  switch (state) {
    case LinkState::connecting:
      return "connecting";
    case LinkState::connected:
      return "connected";
    case LinkState::unreachable:
      return "unreachable";
    case LinkState::authentication_failed:
      return "authentication_failed";
    case LinkState::not_authorized:
      return "not_authorized";
    case LinkState::waiting_for_topic:
      return "waiting_for_topic";
  }
  return "connecting";
}

std::string_view word(GroupKind kind) {
  switch (kind) {
    case GroupKind::none:
      return "none";
    case GroupKind::classic:
      return "classic";
    case GroupKind::consumer:
      return "consumer";
    case GroupKind::share:
      return "share";
    case GroupKind::streams:
      return "streams";
  }
  return "none";
}

int metric_number(GroupStatus status) {
  switch (status) {
    case GroupStatus::ok:
      return 0;
    case GroupStatus::warning:
      return 1;
    case GroupStatus::error:
      return 2;
    case GroupStatus::unknown:
      break;
  }
  return 3;
}

bool is_settled(const ClusterReport& report) {
  if (report.health.caught_up) return true;
  switch (report.health.link.state) {
    case LinkState::connecting:
    case LinkState::connected:
      return false;
    case LinkState::unreachable:
    case LinkState::authentication_failed:
    case LinkState::not_authorized:
    case LinkState::waiting_for_topic:
      return true;
  }
  return false;
}

std::optional<double> catch_up_ratio(const ClusterHealth& health) {
  if (health.caught_up) return 1.0;
  if (health.catch_up_total == 0) return std::nullopt;
  const double ratio =
      static_cast<double>(health.catch_up_done) / static_cast<double>(health.catch_up_total);
  return std::min(ratio, 1.0);
}

}  // namespace tidemark
