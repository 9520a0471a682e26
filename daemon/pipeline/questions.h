// Questions about one group's windows. They overtake all that waits in the inlet: the pipeline
// thread looks here between two observations, and in the pauses of its work. A bounded queue;
// whoever asks waits a second at most.
#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <string>
#include <string_view>
#include <vector>

#include "core/channel.h"
#include "core/result.h"
#include "evaluator/report.h"

namespace tidemark {

class Questions {
 public:
  // `wake` lets the pipeline thread look here if it sleeps; called by whoever asks.
  Questions(std::string cluster, std::function<void()> wake);

  // Any thread. With `trace` the group is judged first, which no pause allows: it waits for the end
  // of the observation or tick in work. The error names group and cluster.
  Result<GroupDetail> ask(std::string_view group, bool trace);

  // The pipeline thread. In a pause those with a trace are put aside.
  enum class When { in_a_pause, between_observations };
  using Answer = std::function<Result<GroupDetail>(const std::string& group, bool trace)>;
  void answer(When when, const Answer& answer);

  void close() { asked_.close(); }
  [[nodiscard]] ChannelStats stats() const { return asked_.stats(); }

 private:
  struct Question {
    std::string group;
    bool trace = false;
    std::promise<Result<GroupDetail>> answer;
  };

  const std::string cluster_;
  const std::function<void()> wake_;
  Channel<Question> asked_;
  std::atomic<bool> waiting_{false};  // something may be in `asked_`
  std::vector<Question> put_aside_;   // the pipeline thread's
};

}  // namespace tidemark
