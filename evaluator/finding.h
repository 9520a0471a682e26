// Why a group is in trouble: facts with their numbers, made from evidence, never guesses. The enum
// is closed and its words are stable: JSON values, metric labels, what people script on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/time.h"

namespace tidemark {

// Strongest first.
enum class FindingKind : std::uint8_t {
  monitor_blind,
  hanging_transaction,
  no_members,
  member_lost,
  one_member,
  one_host,
  stuck_record,
  one_broker,
  whole_topic,
  rebalance_loop,
  hot_partition,
  lopsided_assignment,
  producer_burst,
  consumer_slower,
};
std::string_view to_string(FindingKind kind);  // "no_members", …

// A number behind a finding: a count or offset, a rate or share, an instant, a name.
using FindingNumber = std::variant<std::int64_t, double, Instant, std::string>;

struct Finding {
  FindingKind kind = FindingKind::no_members;
  std::string sentence;                                        // English, with the numbers
  std::string next_step;                                       // a command to copy; empty: none
  std::vector<std::pair<std::string, FindingNumber>> numbers;  // snake_case names
};

// A speed in records per second: the median of what was seen, and its usual range.
struct Speed {
  double low = 0;
  double likely = 0;
  double high = 0;
};

// How long something takes at today's speeds. `soonest` and `latest` are its range; null: never at
// that speed.
struct Outlook {
  std::optional<Duration> likely;
  std::optional<Duration> soonest;
  std::optional<Duration> latest;
};

struct Forecast {
  std::optional<Speed> produced;  // into the partitions that the group reads
  std::optional<Speed> consumed;
  std::optional<Outlook> catch_up;    // null: not known, or nothing waits
  std::optional<Outlook> until_loss;  // until retention removes unread records; null: not known
  // How many times faster the group would have to read to stop falling behind; null: it holds, or
  // some of what waits is not read at all.
  std::optional<double> faster_to_hold;
  std::string sentence;  // empty: nothing to say
};

// What is said of a group beyond its verdict. Only groups that are not plain OK have one.
struct Diagnosis {
  std::vector<Finding> findings;  // strongest first; none is a fine answer
  Forecast forecast;
};

}  // namespace tidemark
