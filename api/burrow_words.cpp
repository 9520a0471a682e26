#include "api/burrow_words.h"

namespace tidemark {

std::string_view word(BurrowStatus status) {
  switch (status) {
    case BurrowStatus::not_found:
      return "NOTFOUND";
    case BurrowStatus::ok:
      return "OK";
    case BurrowStatus::warn:
      return "WARN";
    case BurrowStatus::err:
      return "ERR";
    case BurrowStatus::stop:
      return "STOP";
    case BurrowStatus::stall:
      return "STALL";
    case BurrowStatus::rewind:
      return "REWIND";
  }
  return "OK";
}

BurrowStatus burrow_status(const PartitionReport& partition) {
  switch (partition.status) {
    case PartitionStatus::stalled:
      return BurrowStatus::stall;
    case PartitionStatus::stopped:
      return BurrowStatus::stop;
    case PartitionStatus::rewind:
      return BurrowStatus::rewind;
    case PartitionStatus::warn:
      return BurrowStatus::warn;
    case PartitionStatus::ok:
    case PartitionStatus::unknown:
    case PartitionStatus::not_found:
      break;
  }
  const bool warns =
      partition.stale ? partition.warned_before
                      : as_group_status(partition.status, partition.reason, partition.blocked_long,
                                        partition.conditions) == GroupStatus::warning;
  return warns ? BurrowStatus::warn : BurrowStatus::ok;
}

BurrowStatus burrow_status(const GroupReport& group) {
  if (group.reason == Reason::burrow_not_found) return BurrowStatus::not_found;
  switch (group.status) {
    case GroupStatus::warning:
      return BurrowStatus::warn;
    case GroupStatus::error:
      return BurrowStatus::err;
    case GroupStatus::ok:
    case GroupStatus::unknown:
      break;
  }
  return BurrowStatus::ok;
}

double burrow_complete(const PartitionReport& partition) {
  const bool known = partition.committed && partition.status != PartitionStatus::unknown;
  return known ? partition.complete() : 0.0;
}

double burrow_complete(const GroupReport& group) {
  return group.status == GroupStatus::unknown ? 0.0 : group.complete;
}

std::int64_t burrow_lag(const PartitionReport& partition) { return partition.lag.value_or(0); }

}  // namespace tidemark
