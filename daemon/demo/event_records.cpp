#include "daemon/demo/event_records.h"

#include <fmt/format.h>

#include <algorithm>

#include "collectors/record.h"
#include "daemon/demo/records.h"

namespace tidemark::demo {
namespace {

using Write = std::function<void(const WrittenRecord&)>;

constexpr std::int32_t session_timeout_ms = 45'000;
constexpr std::int32_t rebalance_timeout_ms = 300'000;
constexpr std::string_view payload = "demo record";

// FNV-1a: ids and addresses that look like any, and are the same in each run.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

TopicUuid topic_id(const std::string& cluster, const std::string& topic) {
  TopicUuid out{};
  std::uint64_t hash = hash_of(cluster + "/" + topic);
  for (std::uint8_t& byte : out) {
    byte = static_cast<std::uint8_t>(hash >> 56U);
    hash = hash * 0x5851f42d4c957f2dU + 1;
  }
  return out;
}

// Ranges, as Kafka's default assignor deals them out: the first members get one more.
std::vector<std::int32_t> share_of(int member, int members, int partitions) {
  const int each = partitions / members;
  const int more = partitions % members;
  const int first = member * each + std::min(member, more);
  const int count = each + (member < more ? 1 : 0);
  std::vector<std::int32_t> out;
  for (int p = first; p < first + count; ++p) out.push_back(p);
  return out;
}

MemberMetadata member_of(const ClusterPlan& plan, const GroupPlan& group, int number) {
  MemberMetadata out;
  const std::uint64_t hash = hash_of(plan.name + "/" + group.name) + static_cast<unsigned>(number);
  out.client_id = fmt::format("{}-{}", group.name, number + 1);
  out.member_id = fmt::format("{}-{:016x}", out.client_id, hash * 0x9e3779b97f4a7c15U);
  out.client_host = fmt::format("/10.{}.{}.{}", 1 + hash % 4, hash / 4 % 16, 11 + number);
  out.rebalance_timeout = rebalance_timeout_ms;
  out.session_timeout = session_timeout_ms;
  out.subscription = group.topics;
  out.assignment.emplace();
  for (const TopicPlan& topic : plan.topics) {
    const auto& read = group.topics;
    if (std::find(read.begin(), read.end(), topic.name) == read.end()) continue;
    auto share = share_of(number, group.members, topic.partitions);
    if (!share.empty()) (*out.assignment)[topic.name] = std::move(share);
  }
  return out;
}

GroupMetadata metadata_of(const ClusterPlan& plan, const Membership& event, Instant at) {
  GroupMetadata out;
  out.protocol_type = "consumer";
  out.generation = event.generation;
  out.current_state_timestamp = to_ms(at);
  if (!event.members) return out;
  for (int i = 0; i < event.group->members; ++i) {
    out.members.push_back(member_of(plan, *event.group, i));
  }
  out.protocol = "range";
  out.leader = out.members.front().member_id;
  return out;
}

class Writer {
 public:
  Writer(const ClusterPlan& plan, Instant at, const Write& write)
      : plan_(plan), at_(at), write_(write) {}

  void operator()(const Append& event) const {
    for (int i = 0; i < event.count; ++i) {
      write_({event.topic->name, event.partition, {}, payload, at_});
    }
  }

  void operator()(const Membership& event) const {
    group_record(event.group->name,
                 encode_group(event.group->name, metadata_of(plan_, event, at_)));
  }

  void operator()(const Commit& event) const {
    OffsetCommit commit;
    commit.group = event.group->name;
    commit.topic = event.topic->name;
    commit.partition = event.partition;
    commit.offset = event.offset;
    commit.leader_epoch = 0;
    commit.commit_timestamp = to_ms(at_);
    commit.topic_id = topic_id(plan_.name, event.topic->name);
    group_record(event.group->name, encode_commit(commit, plan_.commits));
  }

 private:
  void group_record(const std::string& group, const Record& record) const {
    write_({offsets_topic_name(), offsets_partition_of(group, plan_.offsets_partitions), record.key,
            record.value, at_});
  }

  const ClusterPlan& plan_;
  Instant at_;
  const Write& write_;
};

}  // namespace

const std::string& offsets_topic_name() {
  static const std::string name = "__consumer_offsets";
  return name;
}

void write_event(const ClusterPlan& plan, const Event& event, Instant at, const Write& write) {
  std::visit(Writer{plan, at, write}, event.what);
}

}  // namespace tidemark::demo
