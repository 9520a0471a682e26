// Which verdicts are `learning`: they rest on too little to wake anybody. Either what is usual for
// the group is not known yet (its patience is patience_unknown), or it was dead for days already
// when it was first seen. All answers and alerts go by what is said here. Pure.
#pragma once

#include "evaluator/report.h"
#include "evaluator/verdict.h"

namespace tidemark {

// Of a group in trouble: all partitions that make its status are. False of any other.
bool is_learning(const GroupReport& group);

// All partitions with this condition are; false where none has it.
bool is_learning(const GroupReport& group, Condition condition);

}  // namespace tidemark
