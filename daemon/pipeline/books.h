// All that one cluster's observations have told: groups, topics, and the slots
// in which what a group commits of a partition is kept. Data and look-ups only: the intakes write
// it, Judge and the others read. Owned by one pipeline thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "config/policy_table.h"
#include "core/time.h"
#include "daemon/pipeline/group.h"
#include "daemon/pipeline/slots.h"
#include "daemon/pipeline/topic_names.h"
#include "daemon/pipeline/topic_table.h"

namespace tidemark {

struct ClusterStateSettings {
  std::string cluster;
  std::string bootstrap;
  Duration refresh = std::chrono::seconds{10};  // of log ends
};

struct Books {
  // `policies` outlives it.
  Books(ClusterStateSettings settings, const PolicyTable& policies);
  Books(const Books&) = delete;
  Books& operator=(const Books&) = delete;

  // Null: there is no such group.
  Group* find_group(std::string_view name);
  // The policy of a group's topic, with this cluster's refresh interval: of a group as a whole with
  // an empty topic, of a topic by itself with an empty group. Lives as long as the books.
  const Policy& resolve(std::string_view group, std::string_view topic);

  const ClusterStateSettings settings;
  std::string cluster_id;
  std::int32_t brokers = 0;
  Slots slots;
  std::map<std::string, Group, std::less<>> groups;  // by name; they stay where they are
  TopicTable topics;
  TopicNameBook topic_names;
  std::uint64_t group_changes = 0;  // how often groups came or went
  // How often what was seen of logs lost its meaning: a log end fell, a topic was created anew, all
  // instants moved.
  std::uint64_t upheavals = 0;
  // A log end or a topic is needed that is not known: ask for it soon.
  bool wants_refresh = false;

 private:
  const PolicyTable& policies_;
  std::map<const Policy*, Policy> resolved_;
};

}  // namespace tidemark
