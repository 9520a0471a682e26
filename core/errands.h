// What other threads ask one thread to do, with what is its own: it does one errand after the
// other, whenever it looks here. Bounded; whoever asks waits for the end of it, for a while. What
// is not begun in time is never done; so an answer is either what came of it or that nothing did.
// Any thread may run(); one works.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "core/mutex.h"

namespace tidemark {

class Errands {
 public:
  enum class Outcome {
    done,
    not_begun,  // and never will be: too busy, or closed
    not_ended,  // begun, and still not done when the time was over twice
  };

  // `wake` lets the thread look here soon, if waiting for it is not what it does.
  explicit Errands(
      std::function<void()> wake = [] {}, std::size_t room = 100);

  // Waits up to `limit` for the beginning, and as long again for the end.
  Outcome run(std::function<void()> errand, std::chrono::milliseconds limit);
  // The same with a value, if it was done.
  template <class T>
  struct Answer {
    Outcome outcome = Outcome::not_begun;
    std::optional<T> value;
  };
  template <class T>
  Answer<T> ask(std::function<T()> errand, std::chrono::milliseconds limit) {
    const auto value = std::make_shared<std::optional<T>>();
    const Outcome outcome =
        run([value, errand = std::move(errand)] { value->emplace(errand()); }, limit);
    if (outcome != Outcome::done) return {outcome, std::nullopt};
    return {outcome, std::move(*value)};
  }
  // Waits for nobody. False: there is no room, and it is not done.
  bool post(std::function<void()> errand);

  // The thread: does all that waits.
  void work();
  // Sleeps until something waits or `limit` is over.
  void wait(std::chrono::milliseconds limit);
  // From now on nothing is begun, and nobody waits.
  void close();

 private:
  enum class State { waiting, begun, done, given_up };
  struct Errand {
    std::function<void()> call;
    State state = State::waiting;
  };

  std::shared_ptr<Errand> next();
  std::shared_ptr<Errand> add(std::function<void()> call);  // null: there is no room

  const std::function<void()> wake_;
  const std::size_t room_;
  Mutex mutex_;
  CondVar changed_;
  std::deque<std::shared_ptr<Errand>> waiting_ TM_GUARDED_BY(mutex_);
  bool closed_ TM_GUARDED_BY(mutex_) = false;
};

}  // namespace tidemark
