#include "collectors/metadata_schedule.h"

#include <algorithm>

namespace tidemark {
namespace {

constexpr Duration first_backoff{1000};
constexpr Duration last_backoff{5000};
constexpr Duration at_most_every{1000};

}  // namespace

bool MetadataSchedule::due(Steady now) const {
  if (now >= next_) return true;
  if (!answering_ || now < last_ + at_most_every) return false;
  return needed_ || (wished_ && now >= last_ + patience_);
}

void MetadataSchedule::failed(Steady now) {
  answering_ = false;
  backoff_ = std::clamp(backoff_ * 2, first_backoff, last_backoff);
  next_ = now + backoff_;
}

void MetadataSchedule::answered(Steady now, bool changed, Duration again) {
  if (changed) {
    patience_ = at_most_every;
  } else if (wished_) {
    patience_ = std::min(std::max(patience_, at_most_every) * 2, interval_);
  }
  answering_ = true;
  wished_ = needed_ = false;
  backoff_ = Duration{0};
  next_ = now + std::min(interval_, again);
}

}  // namespace tidemark
