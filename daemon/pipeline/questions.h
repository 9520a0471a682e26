// Questions about one group's windows, which overtake all that waits in the inlet. Whoever asks
// looks for himself, on his own thread, while the pipeline thread lets him: it stands aside where
// it sleeps, between two observations, and in the pauses of its work. One looks at a time; whoever
// asks waits a second at most.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "core/channel.h"
#include "core/mutex.h"
#include "core/result.h"
#include "evaluator/report.h"

namespace tidemark {

class Questions {
 public:
  using Look = std::function<Result<GroupDetail>(std::string_view group, bool trace)>;
  // `wake`: after a look with a trace, in which a group may have been judged.
  Questions(std::string cluster, Look look, std::function<void()> wake);

  // Any thread. With `trace` the group is judged first, which no pause allows: it waits for the end
  // of the observation or tick in work. The error names group and cluster.
  Result<GroupDetail> ask(std::string_view group, bool trace);

  // The pipeline thread, to which all that is looked at belongs but for these calls. Lets those
  // look who wait, and goes on when they have.
  enum class When { in_a_pause, between_observations };
  void let_look(When when) {
    if (anybody_) stand_aside(when);
  }
  // Calls `sleep` and lets everybody look meanwhile.
  template <class Sleep>
  auto asleep(Sleep sleep) {
    leave();
    auto out = sleep();
    come_back();
    return out;
  }

  // From now on nobody waits.
  void close();
  // What waits, as of a queue.
  [[nodiscard]] ChannelStats stats() const;

 private:
  void stand_aside(When when);
  void leave();
  void come_back();
  bool enter(bool trace);
  void go();
  [[nodiscard]] bool may_enter(bool trace) const TM_REQUIRES(mutex_);
  [[nodiscard]] std::size_t may_come() const TM_REQUIRES(mutex_);

  const std::string cluster_;
  const Look look_;
  const std::function<void()> wake_;

  std::atomic<bool> anybody_{false};  // waits
  mutable Mutex mutex_;
  CondVar changed_;
  bool looking_ TM_GUARDED_BY(mutex_) = false;       // one who asked
  std::size_t places_ TM_GUARDED_BY(mutex_) = 0;     // so many may look before it is shut again
  bool for_traces_ TM_GUARDED_BY(mutex_) = false;    // they too
  std::size_t waiting_ TM_GUARDED_BY(mutex_) = 0;    // all of them,
  std::size_t for_trace_ TM_GUARDED_BY(mutex_) = 0;  // and those of them for a trace
  bool closed_ TM_GUARDED_BY(mutex_) = false;
  std::uint64_t asked_ TM_GUARDED_BY(mutex_) = 0;
  std::uint64_t refused_ TM_GUARDED_BY(mutex_) = 0;
};

}  // namespace tidemark
