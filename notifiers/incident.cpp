#include "notifiers/incident.h"

#include <fmt/format.h>

#include <array>

namespace tidemark {
namespace {

constexpr std::uint64_t fnv_start = 14695981039346656037ULL;

// FNV-1a: the same for ever and everywhere, as ids have to be.
std::uint64_t mixed(std::uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  return (hash ^ 0xFF) * 1099511628211ULL;  // "a" + "bc" is not "ab" + "c"
}

}  // namespace

std::string_view to_string(IncidentEnd end) {
  switch (end) {
    case IncidentEnd::none:
      return "";
    case IncidentEnd::recovered:
      return "recovered";
    case IncidentEnd::group_deleted:
      return "group_deleted";
    case IncidentEnd::not_watched:
      break;
  }
  return "not_watched";
}

std::optional<IncidentEnd> incident_end_from(std::string_view word) {
  for (const auto end : {IncidentEnd::none, IncidentEnd::recovered, IncidentEnd::group_deleted,
                         IncidentEnd::not_watched}) {
    if (to_string(end) == word) return end;
  }
  return std::nullopt;
}

std::optional<IncidentKind> incident_kind_from(std::string_view word) {
  for (const auto kind : {IncidentKind::status, IncidentKind::data_loss,
                          IncidentKind::retention_risk, IncidentKind::blocked_by_transaction,
                          IncidentKind::monitor_blind, IncidentKind::cluster_unreachable}) {
    if (to_string(kind) == word) return kind;
  }
  return std::nullopt;
}

std::string_view to_string(IncidentStep step) {
  switch (step) {
    case IncidentStep::opened:
      return "opened";
    case IncidentStep::worsened:
      return "worsened";
    case IncidentStep::confirmed:
      return "confirmed";
    case IncidentStep::ended:
      break;
  }
  return "ended";
}

std::string incident_id(const IncidentKey& key, Instant opened) {
  std::uint64_t hash = mixed(fnv_start, key.cluster.get());
  hash = mixed(hash, key.group.get());
  hash = mixed(hash, to_string(key.kind));
  return fmt::format("{:016x}-{:x}", hash, to_ms(opened));
}

}  // namespace tidemark
