// A ClusterCollector and everything that it has told so far.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "collectors/cluster_collector.h"

namespace tidemark::test {

class Watcher {
 public:
  explicit Watcher(const std::string& bootstrap, Duration refresh = Duration{200},
                   Duration metadata = Duration{60'000})
      : collector_(std::make_unique<ClusterCollector>(
            CollectorSettings{ClusterName{"DEV"}, bootstrap, {}, refresh, metadata}, inlet_,
            clock_)) {}

  // Takes what comes until `done`; false if that takes longer than anybody should wait.
  bool until(const std::function<bool()>& done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{40};
    while (!done()) {
      if (std::chrono::steady_clock::now() > end) return false;
      for (Observation& seen : inlet_.take(std::chrono::milliseconds{20})) {
        std::visit([this](auto&& each) { note(std::forward<decltype(each)>(each)); },
                   std::move(seen));
      }
    }
    return true;
  }

  ClusterCollector& collector() { return *collector_; }
  void stop() { collector_.reset(); }
  [[nodiscard]] std::uint64_t errors(const std::string& what) const {
    const auto counters = collector_->counters();
    const auto found = counters.errors.find(what);
    return found == counters.errors.end() ? 0 : found->second;
  }

  // Committed offsets in the order of their coming, by group.
  std::map<std::string, std::vector<std::int64_t>> commits;
  std::map<std::int32_t, std::int64_t> positions;
  std::map<std::int32_t, std::int64_t> stable;  // of the offsets topic
  std::map<std::int32_t, std::int64_t> goal;
  std::map<std::pair<std::string, std::int32_t>, PartitionOffsets> offsets;
  std::map<std::pair<std::string, std::int32_t>, int> told_ends;  // how often with a log end
  std::map<std::string, std::int32_t> topics;
  std::map<std::string, TopicSettings> topic_settings;
  std::vector<LinkSeen> links;
  std::vector<ProbeSeen> probes;
  std::vector<ShareStateBatch> share_states;
  std::string kinds;  // T, L, G, B: the order of the first ones
  std::int32_t offsets_topic_partitions = -1;

  [[nodiscard]] LinkState link() const {
    return links.empty() ? LinkState::connecting : links.back().state;
  }
  [[nodiscard]] bool read_everything() const { return !stable.empty() && positions == stable; }

 private:
  void note(OffsetsBatch&& batch) {
    if (!batch.commits.empty()) first('B');
    for (const CommitSeen& commit : batch.commits) {
      commits[std::string(commit.group)].push_back(commit.offset.get());
    }
    for (const OffsetsPosition& at : batch.positions) positions[at.partition] = at.next.get();
  }
  void note(LogEndsSeen&& seen) {
    first('L');
    for (const OffsetsTopicEnd& at : seen.offsets_topic) stable[at.partition] = at.lso.get();
    for (const TopicOffsets& topic : seen.topics) {
      for (const PartitionOffsets& each : topic.partitions) {
        const std::pair key{topic.topic.get(), each.partition.get()};
        offsets[key] = each;
        if (each.end) ++told_ends[key];
      }
    }
  }
  void note(TopicsSeen&& seen) {
    first('T');
    topics.clear();
    for (const TopicSeen& topic : seen.topics) topics[topic.topic.get()] = topic.partitions;
    offsets_topic_partitions = seen.offsets_topic_partitions;
  }
  void note(CatchUpGoal&& seen) {
    first('G');
    for (const OffsetsPosition& at : seen.until) goal[at.partition] = at.next.get();
  }
  void note(TopicSettingsSeen&& seen) {
    for (const auto& [name, settings] : seen.topics) topic_settings[name.get()] = settings;
  }
  void note(LinkSeen&& seen) { links.push_back(std::move(seen)); }
  void note(ProbeSeen&& seen) { probes.push_back(std::move(seen)); }
  void note(ShareStateBatch&& seen) { share_states.push_back(std::move(seen)); }

  void first(char kind) {
    if (kinds.find(kind) == std::string::npos) kinds += kind;
  }

  SystemClock clock_;
  Channel<Observation> inlet_{"inlet", {200'000, 32'000'000}};
  std::unique_ptr<ClusterCollector> collector_;
};

}  // namespace tidemark::test
