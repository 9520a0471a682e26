// Everything known of one cluster: groups, topics, windows, our own freshness. Observations go in,
// and at each tick an immutable ClusterReport comes out. Single-threaded: one pipeline thread owns
// it, and time is handed in, so that a test can drive it by hand.
//
// It is the wiring of classes with one purpose each:
//
//   observations ─► OffsetsIntake, LogIntake, ClockFollower, Probes ─► Books and Sight (what is
//   known)
//                            │ wake
//                            ▼
//   tick ─► Turns (who is due) ─► GroupJudge ─► GroupEvents, Standings, Explainer ─► the report
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "config/policy_table.h"
#include "core/result.h"
#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/clock_follower.h"
#include "daemon/pipeline/cluster_events.h"
#include "daemon/pipeline/explainer.h"
#include "daemon/pipeline/group_judge.h"
#include "daemon/pipeline/log_intake.h"
#include "daemon/pipeline/lookout.h"
#include "daemon/pipeline/offsets_intake.h"
#include "daemon/pipeline/pauses.h"
#include "daemon/pipeline/probes.h"
#include "daemon/pipeline/shown_windows.h"
#include "daemon/pipeline/sight.h"
#include "daemon/pipeline/standings.h"
#include "daemon/pipeline/turns.h"
#include "daemon/snapshot/restoring.h"
#include "daemon/snapshot/saving.h"
#include "evaluator/evidence.h"
#include "evaluator/observation.h"
#include "evaluator/report.h"

namespace tidemark {

class ClusterState {
 public:
  // `policies` outlives it.
  ClusterState(ClusterStateSettings settings, const PolicyTable& policies);

  // Once, first of all: with what the events go on.
  void begin_events(const EventStart& start, Instant now) { events_.log.begin(start, now); }
  // Those since the last call, oldest first; none unless `start` said that they are wanted.
  std::vector<std::shared_ptr<const Event>> take_new_events() { return events_.log.take_new(); }

  // `now` is this machine's clock.
  void apply(OffsetsBatch&& batch);
  void apply(const LogEndsSeen& seen) { logs_.take(seen); }
  void apply(TopicsSeen&& seen);
  void apply(LinkSeen&& seen) { sight_.link = std::move(seen); }
  void apply(CatchUpGoal&& goal);
  void apply(const TopicSettingsSeen& seen) { logs_.take(seen); }
  void apply(const ProbeSeen& seen) { probes_.apply(seen); }
  void apply(ShareStateBatch&& batch);

  // Judges what changed or came due and makes the next report. The caller fills in the parts of
  // `health` that are not known here (queues, counters, tick duration).
  std::shared_ptr<ClusterReport> tick(Instant now);

  // How far this machine's clock has been set since the start: to be told.
  void note_clock(Duration step, Instant now) {
    events_.log.note_clock(step);
    events_.sight.look_at_clock(step, now);
  }

  // What waits for this state, to be told where it stands full. Before each tick().
  void note_inlet(const ChannelStats& inlet, Instant now) {
    events_.inlet.look(inlet, sight_.offsets.caught_up(), now);
  }

  // Called now and then while tick() and apply() work long, after each `every` units of work. May
  // ask for a detail without trace, and nothing else.
  void call_in_pauses(std::function<void()> look, std::size_t every) {
    pauses_.call(std::move(look), every);
  }

  // The windows of one group. With `trace` the group is judged as of `now` first, if that is due;
  // without, nothing is changed.
  Result<GroupDetail> detail(std::string_view group, bool trace, Instant now);

  // Forgets all of a group; it comes back with its next commit. False: there is none.
  bool forget_group(std::string_view name, const std::string& author, Instant now);
  // What somebody did, among the events of this cluster.
  void tell(Event event) { events_.log.add(std::move(event)); }

  // To write a snapshot between two observations, and to take one up before the first.
  Saving& saving() { return saving_; }
  Restoring& restoring() { return restoring_; }
  void forget_restored();

  // What to ask the collector for now; each question is to be answered, or put back.
  std::vector<ProbeQuestion> take_probes() { return probes_.take(); }
  // True once after an answer that a verdict has waited for: it need not wait for the next tick.
  bool take_released() { return probes_.take_released(); }
  void put_back_probe(const ProbeQuestion& question) { probes_.put_back(question); }

  // What is known of a group to explain its trouble by, as of `now`; null: there is no such group.
  std::optional<GroupEvidence> evidence(std::string_view group, Instant now);

  // True once after a commit for a topic whose log end is not known: ask for it soon.
  bool take_wants_refresh() { return std::exchange(books_.wants_refresh, false); }

  // True once when the start-up read is done: its verdicts need not wait for the next tick.
  bool take_caught_up() {
    return !told_caught_up_ && (told_caught_up_ = sight_.offsets.caught_up());
  }

  [[nodiscard]] std::size_t group_partitions() const { return books_.slots.size(); }
  [[nodiscard]] std::size_t window_bytes() const { return books_.slots.bytes(); }

 private:
  void judge(Group& group, Instant now);
  void tell(Group& group, GroupReport& report, bool starting, Instant now);
  void drop_those_gone();
  [[nodiscard]] ClusterHealth health(Instant now) const;

  // Each uses some of those before it, and none of those behind it.
  Books books_;
  Sight sight_;
  ClusterEvents events_;
  Pauses pauses_;
  Turns turns_;
  LogIntake logs_;
  OffsetsIntake offsets_;
  ClockFollower clock_;
  Probes probes_;
  GroupJudge judge_;
  Standings standings_;
  Explainer explainer_;
  Lookout lookout_;
  ShownWindows shown_;
  Saving saving_;
  Restoring restoring_;
  std::uint64_t sequence_ = 0;  // of reports
  bool told_caught_up_ = false;
};

}  // namespace tidemark
