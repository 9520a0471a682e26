#include "daemon/pipeline/share_state.h"

#include <utility>

#include "collectors/share_record.h"

namespace tidemark {
namespace {

// Keys of OffsetCommit records begin with a byte 0.
std::string keys_of(const std::string& group) {
  std::string key = "share";
  key += '\0';
  key += std::to_string(group.size()) + ":" + group;
  key += '\0';
  return key;
}

std::string key_of(const std::string& group, const std::string& topic, std::int32_t partition) {
  std::string key = keys_of(group);
  key += topic + "-" + std::to_string(partition);
  return key;
}

}  // namespace

CommitSeen ShareCommit::as_commit() const {
  CommitSeen out;
  out.key = key;
  out.group = group;
  out.topic = topic;
  out.partition = state.partition;
  out.tombstone = state.tombstone || !state.start;
  out.offset = state.start.value_or(Offset{0});
  out.committed_at = state.written_at;
  out.topic_id = state.topic_id;
  return out;
}

void ShareStates::apply(const TopicsSeen& seen) {
  partitions_ = seen.share_state_partitions;
  freshness_.resize(partitions_);
}

void ShareStates::apply(const LogEndsSeen& seen) {
  for (const OffsetsTopicEnd& at : seen.share_state_topic) {
    freshness_.polled(seen.taken_at, at.partition, at.end, at.lso);
  }
}

std::vector<ShareCommit> ShareStates::take(ShareStateBatch&& batch, const TopicNames& names) {
  problem_ = std::move(batch.problem);
  std::vector<ShareCommit> out = take_named(names);
  for (ShareStateSeen& each : batch.records) {
    if (auto commit = named(std::move(each), names)) out.push_back(std::move(*commit));
  }
  for (const OffsetsPosition& at : batch.positions) freshness_.position(at);
  return out;
}

void ShareStates::forget(const std::string& group) {
  const std::string begin = keys_of(group);
  for (auto at = current_.lower_bound(begin);
       at != current_.end() && at->first.starts_with(begin);) {
    at = current_.erase(at);
  }
  for (auto at = waiting_.lower_bound(Place{group, {}, 0});
       at != waiting_.end() && at->first.group == group;) {
    at = waiting_.erase(at);
  }
}

std::vector<ShareCommit> ShareStates::take_named(const TopicNames& names) {
  std::vector<ShareCommit> out;
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    if (!names.contains(at->first.topic)) {
      ++at;
      continue;
    }
    if (auto commit = named(std::move(at->second), names)) out.push_back(std::move(*commit));
    at = waiting_.erase(at);
  }
  return out;
}

std::optional<ShareCommit> ShareStates::named(ShareStateSeen&& seen, const TopicNames& names) {
  const auto name = names.find(seen.topic_id);
  if (name == names.end()) {
    Place place{seen.group.get(), seen.topic_id, seen.partition.get()};
    if (seen.tombstone) {
      waiting_.erase(place);
    } else {
      waiting_[std::move(place)] = std::move(seen);
    }
    return std::nullopt;
  }
  ShareCommit out;
  out.group = seen.group.get();
  out.topic = name->second;
  out.key = key_of(out.group, out.topic, seen.partition.get());
  out.state = std::move(seen);
  // The state of a topic that was deleted may go when that of its successor is there already.
  const auto current = current_.find(out.key);
  if (!out.state.tombstone) {
    current_[out.key] = out.state.topic_id;
  } else if (current == current_.end() || current->second != out.state.topic_id) {
    return std::nullopt;
  } else {
    current_.erase(current);
  }
  return out;
}

std::optional<Instant> ShareStates::read_until(std::string_view group, const TopicUuid& topic,
                                               PartitionId partition) const {
  if (missing()) return std::nullopt;
  return freshness_.read_until(
      share_state_partition_of(group, topic, partition.get(), partitions_));
}

std::string ShareStates::why_unknown(const std::string& group) const {
  const std::string what = "a share group keeps its progress in the topic __share_group_state: ";
  if (missing()) return what + "it does not exist, or the right to describe it is missing";
  if (!problem_.empty()) return what + problem_;
  const auto waits = waiting_.lower_bound(Place{group, {}, 0});
  if (waits != waiting_.end() && waits->first.group == group) {
    return what + "it names topics by id, and the name of this group's topic is not known yet";
  }
  return what + "it holds no start offset of this group";
}

}  // namespace tidemark
