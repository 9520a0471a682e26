// What a group's records tell of its members, as its reports show them. The pipeline thread.
#pragma once

#include "core/shared_list.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/group.h"
#include "evaluator/report.h"

namespace tidemark {

// Kept in the group, and made anew when it may have changed (`members_known`): the names of topics
// may come later, and the tasks of a streams group depend on how many partitions there are.
const SharedList<MemberReport>& members_of(Group& group, Books& books);

}  // namespace tidemark
