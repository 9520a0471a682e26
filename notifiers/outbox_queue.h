// What waits to be sent to one receiver, and when each is due: the oldest first, what failed again
// after a growing pause, and what belongs together in its order. Pure; one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/time.h"
#include "notifiers/notifier.h"
#include "storage/alert_rows.h"

namespace tidemark {

struct OutboxLimits {
  std::size_t most = 10'000;                       // rows,
  std::size_t most_bytes = 64 << 20;               // and bytes of them, however few they are
  Duration first_pause = std::chrono::seconds{5};  // doubles with each failure,
  Duration longest_pause = std::chrono::minutes{10};
  Duration give_up_after = std::chrono::hours{24};
};

class OutboxQueue {
 public:
  explicit OutboxQueue(OutboxLimits limits = {}, std::uint32_t seed = 1)
      : limits_(limits), random_(seed) {}
  OutboxQueue(const OutboxQueue&) = delete;
  OutboxQueue& operator=(const OutboxQueue&) = delete;

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

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  // For more than a few.
  [[nodiscard]] bool has_room() const {
    return 2 * entries_.size() <= limits_.most && 2 * bytes_ <= limits_.most_bytes;
  }
  // Since when the oldest waits; null: nothing does.
  [[nodiscard]] std::optional<Instant> oldest() const;

 private:
  struct Entry;
  // What is told of the same to the same address, in its order: only the first may be sent.
  struct Line {
    std::string key;
    std::deque<const Entry*> entries;
  };
  struct Entry {
    OutboxRow row;
    Line* line = nullptr;
  };
  using Entries = std::list<Entry>;

  Duration pause_after(std::uint32_t attempts, const Delivery& delivery);
  [[nodiscard]] static bool is_first(const Entry& entry);
  void remove(Entries::iterator entry);

  const OutboxLimits limits_;
  std::minstd_rand random_;
  Entries entries_;                              // in the order in which they were decided
  std::unordered_map<std::string, Line> lines_;  // by key; none is empty
  std::size_t bytes_ = 0;                        // of all entries
  Instant not_before_;  // after a failure the receiver is left alone for a moment
};

}  // namespace tidemark
