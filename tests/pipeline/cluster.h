// A cluster driven by hand through a ClusterState, for tests of the pipeline.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collectors/record.h"
#include "daemon/pipeline/cluster_state.h"

namespace tidemark {

// A cluster with 4 offsets partitions, caught up, whose topic `orders` has two partitions; time is
// a number of seconds since the start.
class Cluster : public testing::Test {
 protected:
  static constexpr std::int32_t offsets_partitions = 4;
  static constexpr Instant start = from_ms(1'700'000'000'000);

  Cluster() {
    TopicsSeen topics;
    topics.cluster_id = "cluster-1";
    topics.brokers = 3;
    topics.offsets_topic_partitions = offsets_partitions;
    topics.topics = {{TopicName{"orders"}, 2}};
    state.apply(std::move(topics));
    CatchUpGoal goal;
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      goal.begin.push_back({p, Offset{0}});
      goal.until.push_back({p, Offset{0}});
    }
    state.apply(std::move(goal));
  }

  // `hidden`: of partition 0, behind an open transaction.
  void refresh(int at, std::int64_t end0, std::int64_t end1 = 0, std::int64_t log_start = 0,
               std::int64_t hidden = 0) {
    LogEndsSeen seen;
    seen.taken_at = start + std::chrono::seconds{at};
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      const Offset hidden_to{p == held ? 1 : 0};
      seen.offsets_topic.push_back({p, hidden_to, Offset{0}});
    }
    const auto of = [&](std::int32_t p, std::int64_t end) {
      const Offset lso{p == 0 ? end - hidden : end};
      return PartitionOffsets{PartitionId{p}, Offset{end}, Offset{log_start}, lso, 1};
    };
    seen.topics = {{TopicName{"orders"}, {of(0, end0), of(1, end1)}}};
    state.apply(std::move(seen));
  }

  // The start-up read has this far to go in each offsets partition.
  void start_up(std::int64_t until) {
    CatchUpGoal goal;
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      goal.begin.push_back({p, Offset{0}});
      goal.until.push_back({p, Offset{until}});
    }
    state.apply(std::move(goal));
  }
  void read_to(std::int64_t position) {
    OffsetsBatch batch;
    for (std::int32_t p = 0; p < offsets_partitions; ++p) {
      batch.positions.push_back({p, Offset{position}});
    }
    state.apply(std::move(batch));
  }

  void commit(int at, std::int64_t offset, const std::string& group = "payments",
              const TopicUuid& topic_id = {}) {
    send(at, group, offset, false, topic_id);
  }
  void tombstone(int at, const std::string& group = "payments") { send(at, group, 0, true, {}); }

  void members(int at, const std::string& topic) {
    ClassicGroupSeen seen;
    seen.group = GroupName{"payments"};
    seen.protocol_type = "consumer";
    seen.generation = ++generation_;
    if (!topic.empty()) {
      ClassicMember member;
      member.member_id = "m1";
      member.subscribed = {topic};
      member.assigned = {{topic, {0, 1}}};
      member.subscription_known = member.assignment_known = true;
      seen.members = {member};
    }
    record(at, seen);
  }

  void record(int at, GroupRecord seen) {
    OffsetsBatch batch;
    batch.received_at = start + std::chrono::seconds{at};
    batch.group_records.push_back({0, std::move(seen)});
    state.apply(std::move(batch));
  }

  // Probes are answered at once, and what came of it is judged.
  std::shared_ptr<const ClusterReport> tick(int at) {
    auto report = state.tick(start + std::chrono::seconds{at});
    for (auto probes = state.take_probes(); !probes.empty(); probes = state.take_probes()) {
      for (const ProbeQuestion& question : probes) {
        asked.push_back(question);
        if (auto seen = answer(question)) state.apply(std::move(*seen));
      }
      report = state.tick(start + std::chrono::seconds{at});
    }
    return report;
  }
  std::shared_ptr<const GroupReport> group(int at, std::string_view name = "payments") {
    const auto report = tick(at);
    for (const auto& each : report->groups) {
      if (each->name.get() == name) return each;
    }
    return nullptr;
  }

  static ProbeSeen found_record(const ProbeQuestion& question) {
    ProbeSeen seen;
    seen.question = question;
    seen.outcome = ProbeSeen::Outcome::record;
    seen.empty_to = question.from;
    return seen;
  }

  // What the brokers answer to a probe; null: nothing.
  std::function<std::optional<ProbeSeen>(const ProbeQuestion&)> answer = found_record;
  std::vector<ProbeQuestion> asked;

  std::int32_t held = -1;  // the offsets partition in which a transaction is open
  int ahead = 0;           // this machine's clock before the brokers', in seconds
  PolicyTable policies;
  ClusterState state{{"PROD", "broker:9092", std::chrono::seconds{10}}, policies};

 private:
  void send(int at, const std::string& group, std::int64_t offset, bool gone,
            const TopicUuid& topic_id) {
    OffsetsBatch batch;
    batch.received_at = start + std::chrono::seconds{at};
    const std::string key = group + "/orders/0";
    batch.bytes = key + group + "orders" + std::string(64, ' ');
    const std::string_view bytes = batch.bytes;
    CommitSeen seen;
    seen.key = bytes.substr(0, key.size());
    seen.group = bytes.substr(key.size(), group.size());
    seen.topic = bytes.substr(key.size() + group.size(), 6);
    seen.partition = PartitionId{0};
    seen.tombstone = gone;
    seen.offset = Offset{offset};
    seen.committed_at = start + std::chrono::seconds{at - ahead};
    seen.topic_id = topic_id;
    seen.offsets_partition = offsets_partition_of(group, offsets_partitions);
    batch.commits = {seen};
    state.apply(std::move(batch));
  }

  std::int32_t generation_ = 0;
};

}  // namespace tidemark
