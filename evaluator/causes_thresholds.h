// From where on a difference is a finding. Each has its reason; none is tuned to one cluster.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/time.h"

namespace tidemark::causes {

// A member that hangs is thrown out of its group after max.poll.interval.ms, 5 min by default (one
// that dies after session.timeout.ms, 45 s): commits that ceased up to so long before it was gone
// ceased because of it.
constexpr Duration gone_after_silence = std::chrono::minutes{5};
// Commits and the end of a membership are timed by one coordinator, but reach us in different ways.
constexpr Duration clock_slack = std::chrono::seconds{1};

// The broker aborts a transaction after transaction.timeout.ms, 1 min by default: a younger one may
// simply be in progress.
constexpr Duration transaction_is_long = std::chrono::minutes{1};
// transaction.max.timeout.ms: by default no producer may ask for more, so this one was left open.
// kafka-transactions.sh find-hanging has the same default.
constexpr Duration transaction_hangs = std::chrono::minutes{15};

// What three or more times another is doesn't come from chance in how keys fall on partitions.
constexpr double several_times = 3;
// Producers and consumers go up and down by a half without anything having happened.
constexpr double unchanged_within = 1.5;
// ... and twice as much (or half) is more than that.
constexpr double a_multiple = 2;
// Below so many records a rate is too uncertain to be compared.
constexpr double enough_records = 100;

// Groups have different patience: what hit all of them at once shows within such a time.
constexpr Duration together_within = std::chrono::minutes{15};
// As for the condition `rebalancing`.
constexpr int generations_of_a_loop = 3;

// More findings of one kind than this are noise.
constexpr std::size_t most_of_a_kind = 3;

}  // namespace tidemark::causes
