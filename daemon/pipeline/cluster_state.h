// Everything known of one cluster: groups, topics, windows, our own freshness. Observations go in,
// and at each tick an immutable ClusterReport comes out. Single-threaded: one pipeline thread owns
// it, and time is handed in, so that a test can drive it by hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/policy_table.h"
#include "core/result.h"
#include "core/time.h"
#include "daemon/pipeline/clock_shift.h"
#include "daemon/pipeline/cluster_events.h"
#include "daemon/pipeline/diagnosis_queue.h"
#include "daemon/pipeline/freshness.h"
#include "daemon/pipeline/member_log.h"
#include "daemon/pipeline/membership.h"
#include "daemon/pipeline/neighbours.h"
#include "daemon/pipeline/pace_log.h"
#include "daemon/pipeline/pauses.h"
#include "daemon/pipeline/probe_desk.h"
#include "daemon/pipeline/reader_census.h"
#include "daemon/pipeline/share_state.h"
#include "daemon/pipeline/topic_names.h"
#include "daemon/pipeline/topic_speeds.h"
#include "daemon/pipeline/topic_table.h"
#include "evaluator/evidence.h"
#include "evaluator/observation.h"
#include "evaluator/report.h"
#include "evaluator/retention.h"
#include "storage/waiting_commits.h"
#include "storage/window_store.h"

namespace tidemark {

class MemberTable;

struct ClusterStateSettings {
  std::string cluster;
  std::string bootstrap;
  Duration refresh = std::chrono::seconds{10};
};

class ClusterState {
 public:
  // `policies` outlives it.
  ClusterState(ClusterStateSettings settings, const PolicyTable& policies);

  // `now` is this machine's clock.
  void apply(OffsetsBatch&& batch);
  void apply(LogEndsSeen&& seen);
  void apply(TopicsSeen&& seen);
  void apply(LinkSeen&& seen) { link_ = std::move(seen); }
  void apply(CatchUpGoal&& goal) { freshness_.goal(goal); }
  void apply(TopicSettingsSeen&& seen);
  void apply(ProbeSeen&& seen);
  void apply(ShareStateBatch&& batch);

  // Judges what changed or came due and makes the next report. The caller fills in the parts of
  // `health` that are not known here (queues, counters, tick duration).
  std::shared_ptr<ClusterReport> tick(Instant now);

  // How far this machine's clock has been set since the start: to be told.
  void note_clock(Duration step, Instant now) { events_.sight.look_at_clock(step, now); }

  // What waits for this state, to be told where it stands full. Before each tick().
  void note_inlet(const ChannelStats& inlet, Instant now) {
    events_.inlet.look(inlet, freshness_.caught_up(), now);
  }

  // Called now and then while tick() and apply() work long, after each `every` units of work. May
  // ask for a detail without trace, and nothing else.
  void call_in_pauses(std::function<void()> look, std::size_t every) {
    pauses_.call(std::move(look), every);
  }

  // The windows of one group. With `trace` the group is judged as of `now` first, if that is due;
  // without, nothing is changed.
  Result<GroupDetail> detail(std::string_view group, bool trace, Instant now);

  // What to ask the collector for now; each question is to be answered, or put back.
  std::vector<ProbeQuestion> take_probes();
  // True once after an answer that a verdict has waited for: it need not wait for the next tick.
  bool take_released() { return std::exchange(released_, false); }
  void put_back_probe(const ProbeQuestion& question) { desk_.put_back(question); }

  // What is known of a group to explain its trouble by, as of `now`; null: there is no such group.
  std::optional<GroupEvidence> evidence(std::string_view group, Instant now);

  // True once after a commit for a topic whose log end is not known: ask for it soon.
  bool take_wants_refresh() { return std::exchange(wants_refresh_, false); }

  // True once when the start-up read is done: its verdicts need not wait for the next tick.
  bool take_caught_up() { return !told_caught_up_ && (told_caught_up_ = freshness_.caught_up()); }

  [[nodiscard]] std::size_t group_partitions() const { return windows_.size(); }
  [[nodiscard]] std::size_t window_bytes() const { return windows_.bytes() + waiting_.bytes(); }

 private:
  // Brokers accept commits for partitions that exist only; a damaged record may name any.
  static constexpr std::int32_t most_partitions = 500'000;

  static constexpr std::size_t unplaced = static_cast<std::size_t>(-1);

  struct Group;
  // When a group is to be looked at next (brokers' clock).
  struct Turn {
    Instant at;
    Group* group = nullptr;
  };
  struct PartitionSlot {
    std::int32_t partition = 0;
    Slot slot{};
  };
  // What a group has committed of one topic.
  struct Reading {
    Group* group = nullptr;
    Topic* topic = nullptr;
    const Policy* policy = nullptr;
    std::vector<PartitionSlot> slots;  // by partition
    // As of the members that the group was judged by as a whole.
    bool subscribed = false;
    bool ownership_sure = true;
  };
  struct Group {
    std::string name;
    Membership membership;
    GenerationLog generations;
    std::map<std::string, Reading, std::less<>> readings;  // by topic
    SharedList<MemberReport> members;
    bool members_known = false;  // what its records tell is in `members`
    std::shared_ptr<const GroupReport> report;
    std::shared_ptr<GroupReport> unpublished;  // the same, while nobody else has seen it
    MemberLog arrivals;
    PaceLog read;
    Standing standing;
    Instant diagnosed_at;          // brokers' clock
    std::size_t place = unplaced;  // among `turns_`
    bool dirty = true;             // something changed since it was judged,
    bool whole = true;             // and that may touch any of its partitions
    std::vector<Slot> awake;       // its slots that do not rest
    GroupNews news;
    bool has_sentences = false;            // some partition's explanation holds numbers that age
    std::optional<Instant> due;            // brokers' clock, as the next
    std::optional<Instant> stale_from;     // unless what it was judged by is refreshed
    std::int32_t offsets_partition = 0;    // where its records are, of
    std::int32_t offsets_partitions = -1;  // so many
  };
  // What a probe has told of the position where a slot is.
  enum class Probe : std::uint8_t {
    none,
    asked,
    record,  // that a record is there
    end,     // that nothing readable is, yet
  };
  // Small on purpose: there may be a million of them.
  struct SlotInfo {
    Reading* reading = nullptr;  // null: left out by policy
    Offset end_at_commit;        // the log end at the first refresh at or after the newest commit
    PartitionId partition;
    std::uint32_t held_from = 0;  // seconds since the epoch: an accusation waits for its probe
    PartitionStatus previous = PartitionStatus::unknown;
    Probe probe = Probe::none;
    bool probe_failed = false;
    bool held = false;  // that accusation still waits
    bool judged : 1 = false;
    bool warned : 1 = false;  // it made its group WARNING when last judged
    // A move waits for the next refresh, or the commit is beyond the log end.
    bool watch : 1 = false;
    bool end_at_commit_known : 1 = false;
    bool rests : 1 = false;  // see turns.cpp

    // The position has moved: nothing is known of the new one.
    void forget_probe() {
      held_from = 0;
      probe = Probe::none;
      probe_failed = held = false;
    }
  };

  Group& find_or_add_group(std::string_view name);
  const Policy& resolve(std::string_view group, std::string_view topic);
  SlotInfo& info(Slot slot) { return slots_[static_cast<std::size_t>(slot)]; }
  TopicPartition& partition_of(const SlotInfo& of) {
    return TopicTable::partition(*of.reading->topic, of.partition);
  }

  void commit(const CommitSeen& commit);

  // follow_clock.cpp
  void see_clock(const OffsetsBatch& batch);
  void follow_clock();

  Slot add_slot(const CommitSeen& commit);
  Reading* find_or_add_reading(const CommitSeen& commit);
  void note_topic_id(Topic& topic, const CommitSeen& commit);
  void forget_slot(Slot slot);
  void group_record(GroupRecord&& record, Instant received_at);
  void drop_those_gone();
  void log_end(Topic& topic, const PartitionOffsets& seen, Instant at);
  static void note_lso(TopicPartition& partition, bool moved, Offset end, Instant at);
  void refresh_reader(Slot slot, const TopicPartition& partition, bool fell, bool moved);

  // waiting.cpp
  [[nodiscard]] std::optional<CommitSample> newest_commit(Slot slot) const;
  void keep(Slot slot, const CommitSample& commit);
  void add_waiting(Slot slot, PartitionHistory& to);
  void load(Slot slot, PartitionHistory& into);
  void look_at(Slot slot, PartitionHistory& into);
  void settle(Slot slot);
  static void note_watch(SlotInfo& of, const PartitionHistory& history,
                         const TopicPartition& partition);

  // probing.cpp
  bool look_first(Slot slot, const PartitionVerdict& verdict, Surroundings& around);
  [[nodiscard]] bool nothing_left(const TopicPartition& partition) const;
  bool want_probe(Slot slot, const PartitionVerdict& verdict, Instant now);
  bool take_known_answer(Slot slot, const TopicPartition& partition, Offset from);
  bool is_at(Slot reader, const TopicPartition& partition, Offset from);
  void note_answer(Slot slot, const TopicPartition& partition, const ProbeSeen& seen);
  static void note_due(Group& group, Instant at) {
    if (!group.due || at < *group.due) group.due = at;
  }

  // turns.cpp
  void wake(Slot slot);
  void wake(Group& group);
  void wake_whole(Group& group);
  void wake_all();
  void wake_readers(const Topic& topic);
  void order_groups();
  void judge_those_due(Instant now);
  static Instant next_turn(const Group& group);
  void show(Group& group);
  bool rests(const SlotInfo& of, const PartitionReport& judged) const;

  // sharing.cpp
  void take_share_commits(const std::vector<ShareCommit>& commits);
  void forget_share_state(Group& group);
  void see_share_state(const SlotInfo& of, Surroundings& around) const;
  void add_unread_topics(const Group& group, GroupReport& report);
  void explain_silence(Group& group, GroupReport& report, Instant broker_now);
  void trim_to_topics(std::vector<MemberReport>& members);

  // judging.cpp
  void take_census(const ClusterReport& report, Instant now);
  void judge_group(Group& group, Instant now);
  std::shared_ptr<GroupReport> begin_report(const Group& group);
  void introduce(Group& group, Instant now);
  std::shared_ptr<GroupReport> judge_whole(Group& group, Instant broker_now);
  std::shared_ptr<GroupReport> judge_awake(Group& group, Instant broker_now);
  void judge_again(PartitionReport& report, Slot slot, const Surroundings& of_group);
  const SharedList<MemberReport>& members_of(Group& group);
  TopicOfGroup judge_topic(Reading& reading, const GroupReport& report, Instant broker_now);
  PartitionReport judge_slot(Slot slot, Surroundings around);
  Surroundings surroundings(Group& group, const SlotInfo& of, const TopicPartition& partition,
                            Instant broker_now) const;
  Surroundings surroundings(Group& group, Instant broker_now) const;
  Surroundings surroundings(const Surroundings& of_group, const SlotInfo& of,
                            const TopicPartition& partition) const;
  PartitionVerdict judge(Slot slot, Surroundings around, Trace* trace, std::string* sentence);
  static ProbeState as_shown(Probe probe);
  void note_retention_risk(PartitionVerdict& verdict, const SlotInfo& of, Instant broker_now);
  void tell_retention_risk(Group& group, GroupReport& report, Instant broker_now) const;
  PartitionWindow window_of(Slot slot);
  Trace trace_of(Slot slot, const Surroundings& around);
  void add_traces(Group& group, Instant broker_now, GroupDetail& to);
  bool to_be_judged(Group& group, Instant now);
  bool still_fresh(Group& group, Instant broker_now);
  std::int32_t offsets_partition(Group& group) const;

  // standing.cpp
  void note_members(Group& group, const GroupReport& next, Instant broker_now);
  void note_standing(Group& group, const GroupReport& next, Instant broker_now);
  std::string blind_for(Group& group, const GroupReport& next, Instant broker_now);

  // gathering.cpp
  GroupEvidence gather(Group& group, Instant broker_now);
  void add_topic(GroupEvidence& to, const Reading& reading, const TopicOfGroup& judged,
                 const MemberTable& members);
  PartitionEvidence of_partition(const Topic& topic, const PartitionReport& judged,
                                 const MemberTable& members) const;
  PaceEvidence pace(const Group& group, Duration window, Instant broker_now);
  std::vector<BrokerEvidence> brokers(const Group& group) const;
  BlindEvidence blindness(Group& group, Instant broker_now);

  // diagnosing.cpp
  void want_diagnosis(Group& group, const std::shared_ptr<GroupReport>& next);
  void diagnose_some(Instant broker_now);
  void seen_by_others();
  void diagnose(Group& group, Instant broker_now);

  [[nodiscard]] ClusterHealth health(Instant now) const;
  void note_events(ClusterReport& report, Instant now);

  const ClusterStateSettings settings_;
  const PolicyTable& policies_;
  const std::size_t burrow_refreshes_;        // log ends kept as they came, per partition
  std::map<const Policy*, Policy> resolved_;  // with this cluster's refresh interval

  WindowStore windows_;
  WaitingCommits waiting_;                                   // see waiting.cpp
  std::deque<SlotInfo> slots_;                               // by slot
  std::unordered_map<std::uint32_t, BurrowHistory> burrow_;  // of slots under the burrow rules
  PartitionHistory scratch_;
  PartitionHistory other_;  // a second one
  PartitionHistory shown_;  // for details, which may be asked for in the middle of other work
  Pauses pauses_;
  // Of the group that is being judged: the first of its unread records that retention removes.
  struct SoonestLoss {
    const Topic* topic = nullptr;
    PartitionId partition;
    ExpectedLoss loss;
  };
  std::optional<SoonestLoss> soonest_loss_;
  std::map<std::string, Group, std::less<>> groups_;
  std::vector<Turn> turns_;                                 // of the groups, by name,
  ChunkDraft<std::shared_ptr<const GroupReport>> reports_;  // and their reports;
  bool ordered_ = true;                                     // unless some came or went since
  bool unsettled_ = false;  // the slot that is being judged wants a probe that must wait
  TopicTable topics_{
      [this](std::string_view topic) -> const Policy& { return resolve("", topic); }};
  ReaderCensus census_{topics_};
  Instant census_at_;  // this machine's clock
  TopicNameBook topic_names_;
  std::vector<std::string> doubtful_;  // groups that may be gone, once the batch is taken
  Freshness freshness_;
  ShareStates shares_;
  ClockShift shift_;
  Duration followed_shift_{0};  // what log ends and waits are placed by
  ProbeDesk desk_;
  Instant broker_now_;  // of the last tick
  LinkSeen link_;
  std::string cluster_id_;
  std::int32_t brokers_ = 0;
  std::optional<Instant> log_ends_at_;  // newest refresh, this machine's clock
  bool wants_refresh_ = false;
  bool released_ = false;
  bool told_caught_up_ = false;
  std::uint64_t sequence_ = 0;
  std::int32_t starting_ = -1;  // offsets partitions still in their start-up read, at the last tick
  ClusterEvents events_;
  Instant looked_at_;  // when what needs looking for was last looked for
  std::uint64_t stale_log_ends_ = 0;
  std::uint64_t implausible_partitions_ = 0;
  Neighbours neighbours_;
  TopicSpeeds speeds_{settings_.refresh};
  DiagnosisQueue diagnoses_;
  std::vector<Group*> unpublished_;
};

}  // namespace tidemark
