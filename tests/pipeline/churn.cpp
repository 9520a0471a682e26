#include "tests/pipeline/churn.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tidemark::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Instant began = from_ms(1'700'000'000'000);
constexpr std::int32_t offsets_partitions = 50;
constexpr Duration lifetime = hours{1};

// What a group does all its life.
enum class Kind : std::uint8_t {
  classic,
  connect,      // rebalances every minute, with new members each time
  consumer,     // KIP-848
  stops,        // after half its life, while records come
  offsets,      // no members, commits only
  only_member,  // never commits
  share,
  streams,
  new_members,  // KIP-848: every minute another member
  kinds,
};

std::string name_of(const char* what, int number) { return fmt::format("{}-{:08}", what, number); }

TopicUuid id_of(int topic) {
  TopicUuid id{};
  id[0] = 1;
  for (std::size_t i = 0; i < 4; ++i) {
    id[15 - i] = static_cast<std::uint8_t>(static_cast<unsigned>(topic) >> (8 * i));
  }
  return id;
}

GroupKind protocol_of(Kind kind) {
  if (kind == Kind::share) return GroupKind::share;
  return kind == Kind::streams ? GroupKind::streams : GroupKind::consumer;
}

}  // namespace

struct Churn::Topic {
  int number = 0;
  std::string name;
  Instant since;
};

struct Churn::Group {
  int number = 0;
  std::string name;
  Kind kind = Kind::classic;
  Instant since;
  int topic = 0;
  std::string topic_name;
  int rebalances = 0;
  std::int64_t offset = 0;

  [[nodiscard]] std::string member() const {
    return fmt::format("{}-member-{:06}", name, rebalances);
  }
  [[nodiscard]] bool modern() const {
    return kind == Kind::consumer || kind == Kind::new_members || kind == Kind::share ||
           kind == Kind::streams;
  }
};

// The records of one step, in their order.
class Churn::Batch {
 public:
  explicit Batch(int partitions) : partitions_(partitions) {}

  void record(GroupRecord record) {
    group_records_.push_back({commits_.size(), std::move(record)});
  }
  void commits(const Group& group, bool tombstone) {
    for (std::int32_t p = 0; p < partitions_; ++p) {
      if (group.kind == Kind::share) {
        share(group, p, tombstone);
      } else {
        commits_.push_back(
            {group.name, group.topic_name, id_of(group.topic), p, group.offset, tombstone});
      }
    }
  }

  void rebalance(const Group& group) {
    if (group.modern()) {
      modern_member(group, false);
    } else if (group.kind != Kind::offsets) {
      classic(group);
    }
  }
  void modern_member(const Group& group, bool tombstone) {
    const GroupKind kind = protocol_of(group.kind);
    ModernMemberSeen member;
    member.group = GroupName{group.name};
    member.member_id = group.member();
    member.tombstone = tombstone;
    member.client_id = group.name;
    member.kind = kind;
    if (group.kind == Kind::consumer) member.subscribed_regex = group.topic_name + ".*";
    if (group.kind != Kind::streams) member.subscribed = {group.topic_name};
    ModernAssignmentSeen assignment;
    assignment.group = member.group;
    assignment.member_id = member.member_id;
    assignment.tombstone = tombstone;
    assignment.member_epoch = group.rebalances;
    assignment.assigned = {{id_of(group.topic), {0, 1}}};
    if (kind == GroupKind::streams) assignment.tasks = {{"0", {0, 1}}};
    assignment.kind = kind;
    if (tombstone) {
      record(assignment);
      record(member);
    } else {
      record(member);
      record(ModernGroupSeen{member.group, false, group.rebalances, kind});
      record(assignment);
    }
  }
  void surroundings(const Group& group, bool tombstone) {
    const GroupName name{group.name};
    if (group.kind == Kind::consumer) {
      record(RegexSeen{name, group.topic_name + ".*", tombstone, {group.topic_name}});
    }
    if (group.kind == Kind::streams) {
      record(StreamsTopologySeen{name, tombstone, {{"0", {group.topic_name}, false}}});
    }
    if (group.kind == Kind::share && !tombstone) {
      record(TopicIdsSeen{{{id_of(group.topic), group.topic_name}}});
    }
  }
  void end(const Group& group) {
    const GroupName name{group.name};
    if (group.kind != Kind::only_member) commits(group, true);
    if (!group.modern() && group.kind != Kind::offsets) {
      ClassicGroupSeen gone;
      gone.group = name;
      gone.tombstone = true;
      record(gone);
    } else if (group.modern()) {
      surroundings(group, true);
      modern_member(group, true);
      record(ModernGroupSeen{name, true, 0, protocol_of(group.kind)});
    }
  }

  void send(ClusterState& state, Instant now) {
    OffsetsBatch batch;
    batch.received_at = now;
    std::size_t bytes = 64;
    for (const Commit& each : commits_) bytes += 2 * each.group.size() + 2 * each.topic.size() + 4;
    batch.bytes.reserve(bytes);
    for (const Commit& each : commits_) batch.commits.push_back(seen(batch.bytes, each, now));
    batch.group_records = std::move(group_records_);
    batch.records = batch.commits.size() + batch.group_records.size();
    state.apply(std::move(batch));
    share_.positions = {{0, Offset{0}}};
    for (ShareStateSeen& each : share_.records) each.written_at = now;
    state.apply(std::move(share_));
  }

 private:
  struct Commit {
    std::string group;
    std::string topic;
    TopicUuid id{};
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    bool tombstone = false;
  };

  void classic(const Group& group) {
    ClassicGroupSeen seen;
    seen.group = GroupName{group.name};
    seen.protocol_type = group.kind == Kind::connect ? "connect" : "consumer";
    seen.generation = group.rebalances;
    ClassicMember member;
    member.member_id = group.member();
    member.client_id = group.name;
    member.client_host = "/10.0.0.1";
    member.subscribed = {group.topic_name};
    member.assigned = {{group.topic_name, {0, 1}}};
    member.subscription_known = member.assignment_known = true;
    seen.members = {member};
    record(seen);
  }

  void share(const Group& group, std::int32_t partition, bool tombstone) {
    ShareStateSeen seen;
    seen.group = GroupName{group.name};
    seen.topic_id = id_of(group.topic);
    seen.partition = PartitionId{partition};
    seen.tombstone = tombstone;
    seen.start = Offset{group.offset};
    share_.records.push_back(std::move(seen));
  }

  // As a record's key: group, topic, and four bytes of partition.
  static CommitSeen seen(std::string& bytes, const Commit& from, Instant now) {
    const auto append = [&](std::string_view part) {
      const std::size_t begin = bytes.size();
      bytes += part;
      return std::string_view(bytes).substr(begin);
    };
    CommitSeen out;
    const std::string key =
        from.group + from.topic + std::string(3, '\0') + static_cast<char>(from.partition);
    out.key = append(key);
    out.group = out.key.substr(0, from.group.size());
    out.topic = out.key.substr(from.group.size(), from.topic.size());
    out.partition = PartitionId{from.partition};
    out.tombstone = from.tombstone;
    out.offset = Offset{from.offset};
    out.committed_at = now;
    out.topic_id = from.id;
    out.offsets_partition = 0;
    return out;
  }

  const int partitions_;
  std::vector<Commit> commits_;
  std::vector<OffsetsBatch::GroupAt> group_records_;
  ShareStateBatch share_;
};

Churn::Churn(ChurnSizes sizes)
    : sizes_(sizes),
      state_(std::make_unique<ClusterState>(
          ClusterStateSettings{"churn", "nowhere:9092", sizes.step}, policies_)),
      now_(began) {
  CatchUpGoal nothing_to_catch_up;
  for (std::int32_t p = 0; p < offsets_partitions; ++p) {
    nothing_to_catch_up.begin.push_back({p, Offset{0}});
    nothing_to_catch_up.until.push_back({p, Offset{0}});
  }
  topics_come_and_go();
  list_topics();
  state_->apply(std::move(nothing_to_catch_up));
  refresh();
  tick();
}

Churn::~Churn() = default;

std::size_t Churn::in_trouble() const {
  return static_cast<std::size_t>(
      std::count_if(report_->groups.begin(), report_->groups.end(),
                    [](const auto& group) { return group->status == GroupStatus::error; }));
}

void Churn::live(Duration span) {
  for (const Instant end = now_ + span; now_ < end;) step();
}

void Churn::step() {
  now_ += sizes_.step;
  ++steps_;
  topics_come_and_go();
  if (steps_ % 6 == 0) list_topics();
  refresh();
  Batch batch(sizes_.partitions);
  groups_come_and_go(batch);
  batch.send(*state_, now_);
  tick();
}

void Churn::topics_come_and_go() {
  const Duration between = lifetime / sizes_.topics_an_hour;
  while (births_ && began + next_topic_ * between <= now_) {
    topics_.push_back({next_topic_, name_of("topic", next_topic_), now_});
    ++next_topic_;
  }
  while (!topics_.empty() && now_ - topics_.front().since >= lifetime) topics_.pop_front();
}

Churn::Group Churn::make_group(int number) {
  Group group;
  group.number = number;
  group.name = name_of("group", number);
  group.kind = static_cast<Kind>(number % static_cast<int>(Kind::kinds));
  group.since = now_;
  const Topic& topic = topics_[static_cast<std::size_t>(number) * 7 % topics_.size()];
  group.topic = topic.number;
  group.topic_name = topic.name;
  return group;
}

void Churn::groups_come_and_go(Batch& batch) {
  const Duration between = lifetime / sizes_.groups_an_hour;
  while (births_ && began + next_group_ * between <= now_) {
    groups_.push_back(make_group(next_group_++));
    batch.surroundings(groups_.back(), false);
    batch.rebalance(groups_.back());
  }
  for (; !groups_.empty() && now_ - groups_.front().since >= lifetime; groups_.pop_front()) {
    batch.end(groups_.front());
  }
  for (Group& group : groups_) {
    const bool changes = group.kind == Kind::connect || group.kind == Kind::new_members;
    if (changes && (steps_ + group.number) % 6 == 0) {
      if (group.modern()) batch.modern_member(group, true);
      ++group.rebalances;
      batch.rebalance(group);
    }
    const bool silent = group.kind == Kind::only_member ||
                        (group.kind == Kind::stops && now_ - group.since > lifetime / 2);
    if (silent || (steps_ + group.number) % 30 != 0) continue;
    group.offset = steps_ * 10;
    batch.commits(group, false);
  }
}

void Churn::list_topics() {
  TopicsSeen seen;
  seen.brokers = 3;
  seen.offsets_topic_partitions = offsets_partitions;
  seen.share_state_partitions = 1;
  for (const Topic& topic : topics_) {
    seen.topics.push_back({TopicName{topic.name}, sizes_.partitions});
  }
  state_->apply(std::move(seen));
}

void Churn::refresh() {
  LogEndsSeen seen;
  seen.taken_at = now_;
  for (std::int32_t p = 0; p < offsets_partitions; ++p) {
    seen.offsets_topic.push_back({p, Offset{0}, Offset{0}});
  }
  seen.share_state_topic = {{0, Offset{0}, Offset{0}}};
  for (const Topic& topic : topics_) {
    TopicOffsets of{TopicName{topic.name}, {}};
    for (std::int32_t p = 0; p < sizes_.partitions; ++p) {
      const Offset end{steps_ * 10};
      of.partitions.push_back({PartitionId{p}, end, Offset{0}, end, p});
    }
    seen.topics.push_back(std::move(of));
  }
  state_->apply(std::move(seen));
}

// Probes are answered at once.
void Churn::tick() {
  report_ = state_->tick(now_);
  for (const ProbeQuestion& question : state_->take_probes()) {
    ProbeSeen seen;
    seen.question = question;
    seen.outcome = ProbeSeen::Outcome::record;
    seen.empty_to = question.from;
    state_->apply(std::move(seen));
  }
}

}  // namespace tidemark::test
