#include "collectors/topic_memory.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tidemark {
namespace {

bool is_hidden(const std::string& topic) {
  constexpr std::array<std::string_view, 2> internal{"__transaction_state", "__cluster_metadata"};
  return std::find(internal.begin(), internal.end(), topic) != internal.end();
}

}  // namespace

TopicMemory::Merged TopicMemory::merge(std::vector<TopicLeaders> answer) {
  Merged out;
  for (auto& [name, known] : topics_) known.present = false;
  for (TopicLeaders& topic : answer) {
    if (is_hidden(topic.name) || topic.error.fault == KafkaFault::unknown_topic) continue;
    const bool fails = !topic.error.ok() || topic.leaders.empty();
    if (fails && !topics_.contains(topic.name)) continue;
    const auto [at, added] = topics_.try_emplace(topic.name);
    Known& known = at->second;
    known.present = true;
    known.missed_once = false;
    out.changed = out.changed || added || (!fails && known.leaders != topic.leaders);
    if (!fails) known.leaders = std::move(topic.leaders);
  }
  out.topics.reserve(topics_.size());
  for (auto at = topics_.begin(); at != topics_.end();) {
    Known& known = at->second;
    if (!known.present && known.missed_once) {
      at = topics_.erase(at);
      out.changed = true;
      continue;
    }
    known.missed_once = !known.present;
    out.doubtful = out.doubtful || !known.present;
    TopicLeaders& topic = out.topics.emplace_back();
    topic.name = at->first;
    topic.leaders = known.leaders;
    ++at;
  }
  return out;
}

}  // namespace tidemark
