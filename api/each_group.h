// Looks at every group of a report. They lie all over memory, so that looking at tens of thousands
// is mostly waiting for it: what the next ones need is asked for ahead.
#pragma once

#include <cstddef>
#include <vector>

#include "evaluator/report.h"

namespace tidemark {

// `look` gets a GroupReport; its topics and the name of the first of them are at hand.
template <class Look>
void each_group(const ClusterReport& report, Look look) {
  constexpr std::size_t ahead = 8;
  const auto& groups = report.groups;
  const auto topics_of = [&](std::size_t i) -> const std::vector<TopicOfGroup>* {
    return i < groups.size() ? &groups[i]->topics : nullptr;
  };
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (const auto* far = topics_of(i + 3 * ahead)) __builtin_prefetch(far);
    if (const auto* near = topics_of(i + 2 * ahead)) __builtin_prefetch(near->data());
    if (const auto* next = topics_of(i + ahead); next != nullptr && !next->empty()) {
      __builtin_prefetch(next->front().topic.get().data());
    }
    look(*groups[i]);
  }
}

}  // namespace tidemark
