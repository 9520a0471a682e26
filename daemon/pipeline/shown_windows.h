// The windows of one group as details show them. Changes nothing but its own memory, so it may be
// called in the middle of other work. Owned by one pipeline thread.
#pragma once

#include <vector>

#include "daemon/pipeline/books.h"
#include "evaluator/partition_history.h"
#include "evaluator/report.h"

namespace tidemark {

class ShownWindows {
 public:
  // `books` outlives it.
  explicit ShownWindows(Books& books) : books_(books) {}

  // By topic and partition, without traces.
  PartitionWindows of(const Group& group);

 private:
  PartitionWindow window_of(Slot slot);
  void add_samples(Slot slot, PartitionWindow& to);

  Books& books_;
  PartitionHistory history_;  // of the slot that is shown; kept for its memory
};

}  // namespace tidemark
