// How many other groups share a group's trouble: on the same topic, on the same broker, hidden from
// us by the same thing. Kept up to date group by group, so that asking costs next to nothing. Owned
// by one pipeline thread; instants are on the brokers' clock.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/time.h"

namespace tidemark {

// What one group adds to the picture.
struct Standing {
  bool well = false;                      // OK and not stale
  std::vector<std::int32_t> brokers;      // that lead partitions which it reads
  std::vector<std::int32_t> bad_brokers;  // ... partitions on which it is in trouble
  std::vector<std::pair<std::string, Instant>> bad_topics;  // in trouble there since
  std::string blind;  // what we can't see of it; empty: all is seen

  // Null: it is not in trouble there.
  [[nodiscard]] std::optional<Instant> bad_since(std::string_view topic) const;

  friend bool operator==(const Standing&, const Standing&) = default;
};

// The groups that got into trouble on a topic at about the same time.
struct TogetherBad {
  int groups = 0;
  std::optional<Instant> first;
  std::optional<Instant> last;
};

class Neighbours {
 public:
  void change(const Standing& before, const Standing& now);

  // Groups that read from the broker and are well.
  [[nodiscard]] int well_on(std::int32_t broker) const;
  // Groups that are in trouble on a partition that it leads.
  [[nodiscard]] int bad_on(std::int32_t broker) const;
  [[nodiscard]] int blind_for(const std::string& what) const;
  // Those in trouble on the topic since about then, within a quarter of an hour; null: all of them.
  [[nodiscard]] TogetherBad bad_on_topic(std::string_view topic,
                                         std::optional<Instant> about) const;

 private:
  struct Broker {
    int well = 0;
    int bad = 0;
  };

  void count(const Standing& standing, int by);

  std::unordered_map<std::int32_t, Broker> brokers_;
  std::unordered_map<std::string, int> blind_;
  std::map<std::string, std::multiset<Instant>, std::less<>> topics_;
};

}  // namespace tidemark
