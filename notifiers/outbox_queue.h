// What waits to be sent to one receiver, and when each is due: the oldest first, what failed again
// after a growing pause, and what belongs together in its order. Pure; one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <random>

#include "core/time.h"
#include "notifiers/notifier.h"
#include "storage/alert_rows.h"

namespace tidemark {

struct OutboxLimits {
  std::size_t most = 10'000;                       // rows
  Duration first_pause = std::chrono::seconds{5};  // doubles with each failure,
  Duration longest_pause = std::chrono::minutes{10};
  Duration give_up_after = std::chrono::hours{24};
};

class OutboxQueue {
 public:
  explicit OutboxQueue(OutboxLimits limits = {}, std::uint32_t seed = 1)
      : limits_(limits), random_(seed) {}

  // False: it is full.
  bool add(OutboxRow row);

  // The row to send now; null: none is due. It stays in the queue until settle().
  [[nodiscard]] const OutboxRow* due(Instant now) const;
  // When the next one will be due; null: nothing waits.
  [[nodiscard]] std::optional<Instant> next() const;

  struct Settled {
    std::string_view outcome;      // "delivered", "refused", "try_again", "given_up"
    std::optional<Instant> again;  // null: it has left the queue
  };
  // What has become of the row of this id.
  Settled settle(std::int64_t id, const Delivery& delivery, Instant now);

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  // Since when the oldest waits; null: nothing does.
  [[nodiscard]] std::optional<Instant> oldest() const;

 private:
  Duration pause_after(std::uint32_t attempts, const Delivery& delivery);
  [[nodiscard]] bool waits_for_another(std::list<OutboxRow>::const_iterator row) const;

  const OutboxLimits limits_;
  std::minstd_rand random_;
  std::list<OutboxRow> rows_;  // in the order in which they were decided
  Instant not_before_;         // after a failure the receiver is left alone for a moment
};

}  // namespace tidemark
