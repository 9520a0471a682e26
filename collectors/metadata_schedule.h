// When to ask for metadata next. Pure; time is handed in; owned by one thread.
//
// A failure is followed by a backoff of 1 to 5 s (a request waits for a connection by itself, so
// that a cluster that is back is soon noticed). After an answer it is asked at each interval; a
// second later when somebody needs it; and when somebody wishes it, but wishes that never find
// anything new (a topic that we may not see) are heard less and less often.
#pragma once

#include <chrono>

#include "core/time.h"

namespace tidemark {

class MetadataSchedule {
 public:
  using Steady = std::chrono::steady_clock::time_point;

  // The interval when nothing special is going on.
  explicit MetadataSchedule(Duration interval) : interval_(interval) {}

  void wish() { wished_ = true; }
  void need() { needed_ = true; }

  // Due at once until the first request began.
  [[nodiscard]] bool due(Steady now) const;
  void began(Steady now) { last_ = now; }
  void failed(Steady now);
  // `changed`: it brought something new. `again`: ask again after this time at the latest.
  void answered(Steady now, bool changed, Duration again);

 private:
  const Duration interval_;
  bool wished_ = false;
  bool needed_ = false;
  bool answering_ = false;  // the newest request was answered
  Duration backoff_{0};     // between requests that fail
  Duration patience_{0};    // between wishes
  Steady last_{};           // the newest request
  Steady next_{};           // the next one that nobody has to ask for
};

}  // namespace tidemark
