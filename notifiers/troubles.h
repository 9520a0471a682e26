// From a published report to what the incident book is told. Pure.
#pragma once

#include "evaluator/report.h"
#include "notifiers/incident_book.h"

namespace tidemark {

// A status and a condition that say the same are one trouble: of the more precise kind.
Look look_at(const GroupReport& group);

// Whether the cluster is reached, and seen well enough to judge its groups. Not sure before the
// offsets topic has been read once.
Look look_at(const ClusterReport& report);

// Tells `book` what changed from `before` (null: all is new) to `now`; looks into those groups
// alone that are not the same as before.
void tell_changes(IncidentBook& book, const ClusterReport* before, const ClusterReport& now);

}  // namespace tidemark
