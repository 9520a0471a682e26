#include "notifiers/dropped.h"

#include <fmt/format.h>

#include "core/percent.h"
#include "evaluator/words.h"
#include "notifiers/hashing.h"

namespace tidemark {
namespace {

std::string without_slash(std::string page) {
  while (!page.empty() && page.back() == '/') page.pop_back();
  return page;
}

}  // namespace

Message dropped_message(const std::string& receiver, const Dropped& dropped,
                        const std::string& page, Instant now) {
  Message out;
  out.kind = MessageKind::dropped;
  out.at = now;
  out.dedup_key =
      fmt::format("dropped-{}-{:x}", sha256_hex(receiver).substr(0, 12), to_ms(dropped.from));
  out.idempotency_key = out.dedup_key + "-1";
  out.link = without_slash(page) + "/api/v1/receivers/" + percent_encode(receiver) + "/deliveries";
  Alert& alert = out.alerts.emplace_back();
  alert.kind = IncidentKind::monitor_blind;
  alert.cluster = ClusterName{"Tidemark"};
  alert.status = GroupStatus::warning;
  alert.since = dropped.from;
  alert.link = out.link;
  alert.reason = fmt::format(
      "{} to {} did not fit into the queue from {} to {}, while it was away; what is "
      "in trouble now is on the page",
      words::count(static_cast<std::int64_t>(dropped.messages), "message"), receiver,
      words::clock(dropped.from, now), words::clock(dropped.to, now));
  return out;
}

}  // namespace tidemark
