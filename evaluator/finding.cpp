#include "evaluator/finding.h"

namespace tidemark {

std::string_view to_string(FindingKind kind) {
  switch (kind) {
    case FindingKind::monitor_blind:
      return "monitor_blind";
    case FindingKind::hanging_transaction:
      return "hanging_transaction";
    case FindingKind::no_members:
      return "no_members";
    case FindingKind::member_lost:
      return "member_lost";
    case FindingKind::one_member:
      return "one_member";
    case FindingKind::one_host:
      return "one_host";
    case FindingKind::stuck_record:
      return "stuck_record";
    case FindingKind::one_broker:
      return "one_broker";
    case FindingKind::whole_topic:
      return "whole_topic";
    case FindingKind::rebalance_loop:
      return "rebalance_loop";
    case FindingKind::hot_partition:
      return "hot_partition";
    case FindingKind::lopsided_assignment:
      return "lopsided_assignment";
    case FindingKind::producer_burst:
      return "producer_burst";
    case FindingKind::consumer_slower:
      return "consumer_slower";
  }
  return "";
}

}  // namespace tidemark
