// Points in the middle of long work at which everything is consistent, so that the thread that does
// it can look at something else: every tenth or fifth of a millisecond. Owned by the pipeline
// thread.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>

namespace tidemark {

// Units of work between two of them: commits, groups, partitions judged.
constexpr std::size_t work_between_pauses = 16;

class Pauses {
 public:
  // `look` is called after each `every` units of work: each takes a microsecond, or ten where its
  // memory has not been looked at for long (a partition judged for the first time).
  void call(std::function<void()> look, std::size_t every) {
    look_ = std::move(look);
    every_ = every;
  }

  void worked(std::size_t units = 1) {
    done_ += units;
    if (done_ < every_) return;
    done_ = 0;
    if (look_) look_();
  }

 private:
  std::function<void()> look_;
  std::size_t every_ = 1;
  std::size_t done_ = 0;
};

}  // namespace tidemark
