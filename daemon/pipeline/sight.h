// What of a cluster is in our sight, and until when: the offsets topic, the state of share groups,
// the link, and how far this machine's clock is from the brokers'. Answers for one group by the
// offsets partition that its records are in. Owned by one pipeline thread.
#pragma once

#include <cstdint>
#include <optional>

#include "core/time.h"
#include "daemon/pipeline/clock_shift.h"
#include "daemon/pipeline/freshness.h"
#include "daemon/pipeline/group.h"
#include "daemon/pipeline/share_state.h"
#include "evaluator/observation.h"
#include "evaluator/report.h"
#include "evaluator/rules.h"

namespace tidemark {

// What was not refreshed for so many refresh intervals is out of sight.
constexpr int stale_refreshes = 3;

struct Sight {
  Freshness offsets;  // of the offsets topic
  ShareStates shares;
  ClockShift clock;
  LinkSeen link;
  std::optional<Instant> log_ends_at;  // their newest refresh, this machine's clock

  // An instant of this machine, on the brokers' clock.
  [[nodiscard]] Instant broker_time(Instant ours) const { return ours - clock.get(); }

  // Remembered in the group until the offsets topic has another size.
  [[nodiscard]] std::int32_t offsets_partition(Group& group) const;
  // The start-up read of its records is not finished.
  [[nodiscard]] bool starting(Group& group) const;
  // Until when its records are read (the brokers' clock); null: never yet.
  [[nodiscard]] std::optional<Instant> read_until(Group& group) const;

  // What all partitions of a group are judged amid,
  [[nodiscard]] Surroundings surroundings(Group& group, Instant broker_now) const;
  // and what is added for one of them.
  [[nodiscard]] Surroundings surroundings(const Surroundings& of_group, const SlotInfo& of,
                                          const TopicPartition& partition) const;

  // All that health has to say of it, as of `now`, this machine's clock.
  void tell(ClusterHealth& health, Instant now, Duration refresh) const;

 private:
  void add_share_state(const SlotInfo& of, Surroundings& around) const;
};

}  // namespace tidemark
