// Causes that lie before any reader: our own view, and what a transaction hides.
#include <algorithm>

#include "evaluator/causes.h"
#include "evaluator/causes_thresholds.h"
#include "evaluator/commands.h"
#include "evaluator/words.h"

namespace tidemark::causes {
namespace {

// Nothing that waits there can be read, because the last stable offset stands.
bool hidden(const Case& of, const PartitionEvidence& p) {
  if (!p.lso || !p.log_end || !p.lso_since || *p.log_end <= *p.lso) return false;
  const bool at_it = p.reason == Reason::blocked_by_transaction || p.committed_offset >= *p.lso;
  return at_it && elapsed(of.evidence.now, *p.lso_since) >= transaction_is_long;
}

Finding transaction(const GroupEvidence& evidence, const Located& where, std::size_t others) {
  const PartitionEvidence& p = *where.partition;
  const Duration stood = elapsed(evidence.now, *p.lso_since);
  const bool hangs = stood >= transaction_hangs;
  Finding out;
  out.kind = FindingKind::hanging_transaction;
  out.sentence = "The last stable offset of " + words::name(where.topic->topic.get()) + "-" +
                 std::to_string(p.partition.get()) + " has stood at " + words::number(*p.lso) +
                 " for " + words::span(stood) + ": a transaction " +
                 (hangs ? "was left open" : "is open");
  if (others > 0) {
    out.sentence += "; so it is on " + words::count(static_cast<std::int64_t>(others), "other") +
                    (others == 1 ? " partition" : " of its partitions");
  }
  out.sentence += ".";
  out.next_step = hangs ? commands::find_hanging(evidence, where.topic->topic, p.leader)
                        : commands::show_producers(evidence, where.topic->topic, p.partition);
  out.numbers = {{"topic", where.topic->topic.get()},
                 {"partition", std::int64_t{p.partition.get()}},
                 {"last_stable_offset", p.lso->get()},
                 {"log_end", p.log_end->get()},
                 {"since", *p.lso_since},
                 {"partitions", static_cast<std::int64_t>(others + 1)}};
  return out;
}

}  // namespace

Findings monitor_blind(const Case& of) {
  const BlindEvidence& blind = of.evidence.blind;
  if (!blind.since || blind.what.empty()) return {};
  Finding out;
  out.kind = FindingKind::monitor_blind;
  out.sentence = "Tidemark cannot read " + words::name(blind.what) + " of " +
                 words::name(of.evidence.cluster) + " " + since_clock(of.evidence, *blind.since);
  if (blind.groups > 0) {
    out.sentence += ": " + words::count(blind.groups, "group") +
                    (blind.groups == 1 ? " is not judged" : " are not judged");
  }
  out.sentence += ".";
  out.numbers = {{"what", blind.what},
                 {"since", *blind.since},
                 {"groups", std::int64_t{std::max(blind.groups, 0)}}};
  return {out};
}

Findings hanging_transaction(const Case& of) {
  Locations found;
  std::copy_if(of.bad.begin(), of.bad.end(), std::back_inserter(found),
               [&](const Located& where) { return hidden(of, *where.partition); });
  if (found.empty()) return {};
  const auto longest =
      std::min_element(found.begin(), found.end(), [](const Located& a, const Located& b) {
        return *a.partition->lso_since < *b.partition->lso_since;
      });
  return {transaction(of.evidence, *longest, found.size() - 1)};
}

}  // namespace tidemark::causes
