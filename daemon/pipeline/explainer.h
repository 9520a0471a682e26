// Explains groups in trouble: some at each tick, so that a tick stays short however many there are.
// Reports that nobody else has seen yet get their diagnosis in place; those that were published are
// followed by a copy. Owned by one pipeline thread; instants are on the brokers' clock.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/diagnosis_queue.h"
#include "daemon/pipeline/evidence_gatherer.h"
#include "daemon/pipeline/neighbours.h"
#include "daemon/pipeline/pauses.h"
#include "daemon/pipeline/sight.h"
#include "daemon/pipeline/turns.h"
#include "evaluator/evidence.h"
#include "evaluator/report.h"

namespace tidemark {

class Explainer {
 public:
  // All outlive it.
  Explainer(Books& books, const Sight& sight, const Neighbours& neighbours, Turns& turns,
            Pauses& pauses)
      : books_(books),
        sight_(sight),
        turns_(turns),
        pauses_(pauses),
        gatherer_(books, sight, neighbours) {}

  // A group was judged, and `next` is to follow its report: explained in its turn, if in trouble.
  void want(Group& group, const std::shared_ptr<GroupReport>& next);
  // A group leaves.
  void forget(const std::string& group) { queue_.forget(group); }

  // As many as a tick bears, the most overdue first. Ends with publish().
  void explain_some(Instant broker_now);
  // From here on the reports of all groups are not changed any more.
  void publish();

  // What there is to explain a group's trouble by.
  GroupEvidence evidence(Group& group, Instant broker_now) {
    return gatherer_.gather(group, broker_now);
  }

 private:
  void explain(Group& group, Instant broker_now);

  Books& books_;
  const Sight& sight_;
  Turns& turns_;
  Pauses& pauses_;
  EvidenceGatherer gatherer_;
  DiagnosisQueue queue_;
  std::vector<Group*> unpublished_;
};

}  // namespace tidemark
