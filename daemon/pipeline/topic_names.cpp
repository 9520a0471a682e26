#include "daemon/pipeline/topic_names.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace tidemark {

void TopicNameBook::learn(const TopicUuid& id, std::string_view name) {
  const auto known = names_.find(id);
  if (known != names_.end()) {
    if (known->second == name) return;
    forget(id, known->second);
  }
  Ids& of = ids_.try_emplace(std::string(name)).first->second;
  of.learnt = ++learnt_;
  of.newest.push_back(id);
  names_[id] = name;
  if (of.newest.size() <= most_ids) return;
  names_.erase(of.newest.front());
  of.newest.erase(of.newest.begin());
}

// The id is another topic's now.
void TopicNameBook::forget(const TopicUuid& id, std::string_view name) {
  const auto of = ids_.find(name);
  std::erase(of->second.newest, id);
  if (of->second.newest.empty()) ids_.erase(of);
}

void TopicNameBook::apply(const TopicsSeen& seen) {
  if (ids_.size() <= most_missing) return;
  std::set<std::string_view> listed;
  for (const TopicSeen& topic : seen.topics) listed.insert(topic.topic.get());
  std::vector<std::pair<std::uint64_t, std::string>> missing;
  for (const auto& [name, of] : ids_) {
    if (!listed.contains(name)) missing.emplace_back(of.learnt, name);
  }
  if (missing.size() <= most_missing) return;
  std::sort(missing.begin(), missing.end());
  missing.resize(missing.size() - most_missing);
  for (const auto& [learnt, name] : missing) {
    const auto of = ids_.find(name);
    for (const TopicUuid& id : of->second.newest) names_.erase(id);
    ids_.erase(of);
  }
}

}  // namespace tidemark
