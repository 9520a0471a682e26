#include "api/metrics_alerts.h"

#include <algorithm>

namespace tidemark {
namespace {

std::int64_t whole(std::uint64_t count) { return static_cast<std::int64_t>(count); }

Labels receiver_label(const ReceiverState& state) {
  return Labels().add("receiver", state.receiver);
}

void write_outcomes(Samples& out, const ReceiverState& state) {
  const auto put = [&](std::string_view outcome, std::uint64_t count) {
    out.put(receiver_label(state).add("outcome", outcome), whole(count));
  };
  put("delivered", state.delivered);
  put("refused", state.refused);
  put("failed_attempt", state.failed);
  put("given_up", state.given_up);
  put("overflow", state.overflow);
}

}  // namespace

void write_alerts(Samples& out, const AlertStatus& status) {
  out.family("tidemark_incidents_open", "gauge", "Incidents that are open.");
  for (const auto& [of, count] : status.open) {
    out.put(Labels().add("cluster", of.first).add("kind", of.second), whole(count));
  }
  out.family("tidemark_incidents_changes_total", "counter",
             "What has become of changes of incidents: each has one fate.");
  for (const auto& [fate, count] : status.fates) out.put(Labels().add("fate", fate), whole(count));
  out.family(
      "tidemark_incidents_stored", "gauge",
      "1 while incidents and messages are written to alerts.db; 0 if that is off, or fails.");
  out.put(Labels(), std::int64_t{!status.path.empty() && status.failing.empty() ? 1 : 0});
  out.family("tidemark_deliveries_total", "counter",
             "Messages to a receiver by what became of them, and attempts that failed.");
  for (const ReceiverState& state : status.receivers) write_outcomes(out, state);
  out.family("tidemark_deliveries_waiting", "gauge", "Messages that wait for their receiver.");
  for (const ReceiverState& state : status.receivers) {
    out.put(receiver_label(state), whole(state.waiting));
  }
  out.family("tidemark_deliveries_failing", "gauge", "1 while the last attempt did not arrive.");
  for (const ReceiverState& state : status.receivers) {
    out.put(receiver_label(state), std::int64_t{state.last_failure.empty() ? 0 : 1});
  }
}

}  // namespace tidemark
