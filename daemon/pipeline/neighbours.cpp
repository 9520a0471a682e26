#include "daemon/pipeline/neighbours.h"

#include <algorithm>
#include <iterator>

namespace tidemark {
namespace {

// What hits several groups at once shows in all of them within a quarter of an hour.
constexpr Duration together = std::chrono::minutes{15} / 2;

template <class Map, class Key>
auto* find_in(Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

std::optional<Instant> Standing::bad_since(std::string_view topic) const {
  for (const auto& [name, since] : bad_topics) {
    if (name == topic) return since;
  }
  return std::nullopt;
}

void Neighbours::change(const Standing& before, const Standing& now) {
  if (before == now) return;
  count(before, -1);
  count(now, 1);
}

void Neighbours::count(const Standing& standing, int by) {
  if (standing.well) {
    for (const std::int32_t broker : standing.brokers) brokers_[broker].well += by;
  }
  for (const std::int32_t broker : standing.bad_brokers) brokers_[broker].bad += by;
  for (const auto& [topic, since] : standing.bad_topics) {
    auto& bad = topics_[topic];
    if (by > 0) {
      bad.insert(since);
    } else if (const auto found = bad.find(since); found != bad.end()) {
      bad.erase(found);
    }
    if (bad.empty()) topics_.erase(topic);
  }
  if (standing.blind.empty()) return;
  if ((blind_[standing.blind] += by) == 0) blind_.erase(standing.blind);
}

int Neighbours::well_on(std::int32_t broker) const {
  const auto* found = find_in(brokers_, broker);
  return found == nullptr ? 0 : found->well;
}

int Neighbours::bad_on(std::int32_t broker) const {
  const auto* found = find_in(brokers_, broker);
  return found == nullptr ? 0 : found->bad;
}

int Neighbours::blind_for(const std::string& what) const {
  const auto* found = find_in(blind_, what);
  return found == nullptr ? 0 : *found;
}

TogetherBad Neighbours::bad_on_topic(std::string_view topic, std::optional<Instant> about) const {
  TogetherBad out;
  const auto* bad = find_in(topics_, topic);
  if (bad == nullptr) return out;
  const auto begin = about ? bad->lower_bound(*about - together) : bad->begin();
  const auto end = about ? bad->upper_bound(*about + together) : bad->end();
  if (begin == end) return out;
  out.groups = static_cast<int>(std::distance(begin, end));
  out.first = *begin;
  out.last = *std::prev(end);
  return out;
}

}  // namespace tidemark
