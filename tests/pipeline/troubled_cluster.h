// A cluster driven by hand with what trouble needs: several topics, groups with members that own
// partitions, leaders, last stable offsets, broker outages. Time is a number of seconds since the
// start; nothing is seen in between unless live() lets it go on.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collectors/record.h"
#include "daemon/pipeline/cluster_state.h"

namespace tidemark {

class TroubledCluster : public testing::Test {
 protected:
  static constexpr std::int32_t offsets_partitions = 4;
  static constexpr Instant start = from_ms(1'700'000'000'000);

  static Instant at(int second) { return start + std::chrono::seconds{second}; }

  struct Partition {
    double end = 0;
    double per_second = 100;  // written
    std::int32_t leader = 1;
    std::int64_t log_start = 0;
    std::optional<std::int64_t> lso;  // null: the log end
    bool hidden = false;              // its log end can't be read
  };
  struct Member {
    std::string name;  // client id; the member id is unique per life
    std::string host;
    std::vector<std::int32_t> owned;  // of `topic`
  };
  // What commits every five seconds: `position` runs after the log end at `per_second` at most.
  struct Reading {
    double position = 0;
    double per_second = 1e9;
    bool commits = true;
    bool moves = true;
  };
  struct Group {
    std::string topic;
    std::vector<Member> members;
    std::map<std::int32_t, Reading> reads;
    std::int32_t generation = 0;
  };

  TroubledCluster() = default;

  // Topics and groups are as the test has made them by now.
  void begin() {
    tell_topics();
    CatchUpGoal goal;
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      goal.begin.push_back({p, Offset{0}});
      goal.until.push_back({p, Offset{0}});
    }
    state.apply(std::move(goal));
    for (auto& [name, group] : groups) {
      if (!group.members.empty()) tell_members(name);
    }
  }

  // `partitions` of a topic, each written at that speed and led by broker 1.
  void add_topic(const std::string& name, int partitions, double per_second) {
    topics[name].resize(static_cast<std::size_t>(partitions));
    for (Partition& each : topics[name]) each.per_second = per_second;
  }
  // A group of as many members as `owned` has lists, called NAME-1, NAME-2, … at hosts of their
  // own.
  void add_group(const std::string& name, const std::string& topic,
                 const std::vector<std::vector<std::int32_t>>& owned) {
    Group& group = groups[name];
    group.topic = topic;
    int number = 0;
    for (const auto& partitions : owned) {
      ++number;
      group.members.push_back(
          {name + "-" + std::to_string(number), "/10.1.4." + std::to_string(number), partitions});
      for (const std::int32_t p : partitions) group.reads[p];
    }
  }

  void tell_topics() {
    TopicsSeen seen;
    seen.cluster_id = "cluster-1";
    seen.brokers = 3;
    seen.offsets_topic_partitions = offsets_partitions;
    for (const auto& [name, partitions] : topics) {
      seen.topics.push_back({TopicName{name}, static_cast<std::int32_t>(partitions.size())});
    }
    state.apply(std::move(seen));
  }

  // The group's members as they are now, as the coordinator writes them: a new generation.
  void tell_members(const std::string& name) {
    Group& group = groups.at(name);
    ClassicGroupSeen seen;
    seen.group = GroupName{name};
    seen.protocol_type = "consumer";
    seen.generation = ++group.generation;
    seen.state_since = at(now);
    for (const Member& each : group.members) {
      ClassicMember member;
      member.client_id = each.name;
      member.member_id = each.name + "-id-" + std::to_string(lives[each.name]);
      member.client_host = each.host;
      member.subscribed = {group.topic};
      member.assigned = {{group.topic, each.owned}};
      member.subscription_known = member.assignment_known = true;
      seen.members.push_back(std::move(member));
    }
    OffsetsBatch batch;
    batch.received_at = at(now);
    batch.group_records.push_back({0, std::move(seen)});
    state.apply(std::move(batch));
  }

  // A member leaves and the coordinator says so; its partitions stay unowned and uncommitted.
  void leaves(const std::string& group_name, const std::string& member_name) {
    Group& group = groups.at(group_name);
    for (auto member = group.members.begin(); member != group.members.end(); ++member) {
      if (member->name != member_name) continue;
      for (const std::int32_t p : member->owned) group.reads[p].commits = false;
      ++lives[member_name];
      group.members.erase(member);
      break;
    }
    tell_members(group_name);
  }

  // It comes back as another member of the same name.
  void joins(const std::string& group_name, Member member) {
    Group& group = groups.at(group_name);
    for (const std::int32_t p : member.owned) group.reads[p].commits = true;
    group.members.push_back(std::move(member));
    tell_members(group_name);
  }

  // Nothing of these partitions is committed any more.
  void stops(const std::string& group_name, const std::vector<std::int32_t>& partitions) {
    for (const std::int32_t p : partitions) groups.at(group_name).reads[p].commits = false;
  }

  // Lets `seconds` pass: records are written, groups read and commit every five seconds, log ends
  // are seen every ten, and there is a tick a second.
  void live(int seconds, const std::function<void(int)>& each_second = nullptr) {
    for (int i = 0; i < seconds; ++i) {
      ++now;
      if (each_second) each_second(now);
      pass_a_second();
      if (now % 5 == 0) commit_all();
      if (now % 10 == 0 && !unreachable) tell_log_ends();
      report = state.tick(at(now));
    }
  }

  [[nodiscard]] std::shared_ptr<const GroupReport> group(std::string_view name = "payments") const {
    for (const auto& each : report->groups) {
      if (each->name.get() == name) return each;
    }
    return nullptr;
  }
  GroupEvidence evidence(std::string_view name = "payments") {
    return state.evidence(name, at(now)).value_or(GroupEvidence{});
  }
  // Null: it is not among the findings, or nothing is said at all.
  [[nodiscard]] const Finding* finding(FindingKind kind, std::string_view name = "payments") const {
    const auto of = group(name);
    if (!of || !of->diagnosis) return nullptr;
    for (const Finding& each : of->diagnosis->findings) {
      if (each.kind == kind) return &each;
    }
    return nullptr;
  }

  int now = 0;
  bool unreachable = false;  // no broker answers
  std::int32_t held = -1;    // the offsets partition whose end can't be read
  std::map<std::string, std::vector<Partition>> topics;
  std::map<std::string, Group> groups;
  std::map<std::string, int> lives;  // of a member's name: it comes back under another id
  PolicyTable policies;
  ClusterState state{{"PROD", "broker:9092", std::chrono::seconds{10}}, policies};
  std::shared_ptr<const ClusterReport> report;

 private:
  void pass_a_second() {
    for (auto& [name, partitions] : topics) {
      for (Partition& each : partitions) each.end += each.per_second;
    }
    for (auto& [name, group] : groups) {
      for (auto& [partition, reading] : group.reads) {
        if (!reading.commits || !reading.moves) continue;
        const Partition& from = topics.at(group.topic).at(static_cast<std::size_t>(partition));
        const double readable = from.lso ? static_cast<double>(*from.lso) : from.end;
        reading.position = std::min(readable, reading.position + reading.per_second);
      }
    }
  }

  void commit_all() {
    for (auto& [name, group] : groups) {
      for (auto& [partition, reading] : group.reads) {
        if (reading.commits) commit(name, group.topic, partition, reading.position);
      }
    }
  }

  void commit(const std::string& group, const std::string& topic, std::int32_t partition,
              double position) {
    OffsetsBatch batch;
    batch.received_at = at(now);
    const std::string key = group + "/" + topic + "/" + std::to_string(partition);
    batch.bytes = key + group + topic + std::string(64, ' ');
    const std::string_view bytes = batch.bytes;
    CommitSeen seen;
    seen.key = bytes.substr(0, key.size());
    seen.group = bytes.substr(key.size(), group.size());
    seen.topic = bytes.substr(key.size() + group.size(), topic.size());
    seen.partition = PartitionId{partition};
    seen.offset = Offset{static_cast<std::int64_t>(position)};
    seen.committed_at = at(now);
    seen.offsets_partition = offsets_partition_of(group, offsets_partitions);
    batch.commits = {seen};
    state.apply(std::move(batch));
  }

  void tell_log_ends() {
    LogEndsSeen seen;
    seen.taken_at = at(now);
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      seen.offsets_topic.push_back({p, Offset{p == held ? 1 : 0}, Offset{0}});
    }
    for (const auto& [name, partitions] : topics) {
      TopicOffsets topic{TopicName{name}, {}};
      std::int32_t number = 0;
      for (const Partition& each : partitions) {
        PartitionOffsets offsets;
        offsets.partition = PartitionId{number++};
        offsets.leader = each.leader;
        if (!each.hidden) {
          offsets.end = Offset{static_cast<std::int64_t>(each.end)};
          offsets.start = Offset{each.log_start};
          offsets.lso = each.lso ? Offset{*each.lso} : *offsets.end;
        }
        topic.partitions.push_back(offsets);
      }
      seen.topics.push_back(std::move(topic));
    }
    state.apply(std::move(seen));
  }
};

}  // namespace tidemark
