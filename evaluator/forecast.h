// What forecast() is made of. Pure. Internal to the evaluator.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "evaluator/evidence.h"

namespace tidemark::forecasts {

// A partition that has something to catch up with, at sane speeds.
struct Waiting {
  std::int64_t lag = 0;
  Speed produced;
  Speed consumed;
};

// Records wait there for too long, or did and are being caught up with. What waits in the ordinary
// course of reading says nothing: it is always there.
bool is_to_catch_up(const PartitionEvidence& of);
// Null: something about it is not known.
std::optional<Waiting> waiting_of(const PartitionEvidence& of);
// In order, finite and not negative; null if it isn't a speed.
std::optional<Speed> sane(const std::optional<Speed>& speed);
// 0 where commits have ceased or repeat one offset: what was read before is not today's speed.
std::optional<Speed> reads(const PartitionEvidence& of);

// Until retention removes the first unread record of any partition; null: not known of any.
std::optional<Outlook> until_loss(const GroupEvidence& evidence);

std::string sentence(const Forecast& forecast, bool reads_nothing);

}  // namespace tidemark::forecasts
