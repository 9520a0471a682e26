// The embedded clusters with what happens in them: the past is there when it opens, and from
// `begin` on one thread lets every script go on, twice a second.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "core/worker.h"
#include "daemon/demo/cast.h"
#include "daemon/demo/mock_kafka.h"
#include "daemon/demo/script.h"

namespace tidemark::demo {

struct StageAddress {
  std::string cluster;
  std::string bootstrap;
};

class Stage {
 public:
  // `plans` and `clock` outlive the stage. The error names cluster and step.
  static Result<std::unique_ptr<Stage>> open(const std::vector<ClusterPlan>& plans,
                                             const Clock& clock);

  // Once. From here on the play goes on until the stage is destroyed.
  void begin();

  [[nodiscard]] std::vector<StageAddress> addresses() const;

 private:
  struct Scenery {
    Script script;
    std::unique_ptr<MockKafka> kafka;
  };

  explicit Stage(const Clock& clock) : clock_(clock) {}

  // Its past is there when it returns; `curtain` is when that ends.
  static Result<Scenery> set_scenery(const ClusterPlan& plan, Instant curtain);
  // What happens in (from, to], of which `to` is now.
  static Status play(Scenery& scenery, Duration from, Duration to, Instant now);
  void play_on(const std::stop_token& stop);

  const Clock& clock_;
  std::vector<Scenery> sceneries_;
  std::unique_ptr<Worker> player_;  // last: ends first
};

}  // namespace tidemark::demo
