// What a group's report shows where no commit speaks: topics that its members have and never
// committed to, and the sentence of a group without any commit. The pipeline thread.
#pragma once

#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/share_state.h"
#include "evaluator/report.h"

namespace tidemark {

// Adds the topics that members are assigned or subscribed to, and that have no commit. Wants a
// refresh where one of them is not known yet.
void add_uncommitted_topics(const Group& group, Books& books, GroupReport& report);

// Explains a group that no partition speaks for, and has it judged again with the next refresh;
// other groups are left as they are.
void explain_silence(Group& group, Books& books, const ShareStates& shares, Instant broker_now,
                     GroupReport& report);

}  // namespace tidemark
