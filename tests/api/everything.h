// Reports for what looks at all of an answer at once.
#pragma once

#include <memory>

#include "evaluator/report.h"

namespace tidemark::test {

// A cluster in which every number that can be known is known, under hostile names.
std::shared_ptr<ClusterReport> everything();

// As many groups, of four partitions each.
std::shared_ptr<ClusterReport> many_groups(int count);

}  // namespace tidemark::test
