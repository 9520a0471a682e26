// Who reads which topic, and what is written that nobody reads: one pass over all topics and groups
// a refresh interval. A topic is read by a group that has a committed offset for it, or a live
// member that is assigned or subscribed to it. Owned by one pipeline thread; instants are on the
// brokers' clock.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/time.h"
#include "daemon/pipeline/pauses.h"
#include "daemon/pipeline/topic_table.h"
#include "evaluator/report.h"

namespace tidemark {

class ReaderCensus {
 public:
  // Both outlive the census.
  ReaderCensus(TopicTable& topics, Pauses& pauses) : topics_(topics), pauses_(pauses) {}

  // Fills in what topics know of their readers. `sure`: all groups are known; else nothing is said
  // to be unread.
  void take(const GroupList& groups, Instant now, bool sure);

 private:
  struct Seen {
    Topic* topic = nullptr;
    int readers = 0;
    bool by_members = false;
    const GroupReport* newest = nullptr;  // the group that was counted last
  };

  void count(const GroupReport& group);
  void count_member(const GroupReport& group, const MemberReport& member);
  void count(std::string_view topic, const GroupReport& group, bool by_member);
  const std::vector<std::string_view>& matching(const std::string& expression);
  void note(Seen& seen, Instant now, bool sure) const;

  TopicTable& topics_;
  Pauses& pauses_;

  // Of the pass that is being made.
  std::unordered_map<std::string_view, Seen> seen_;
  std::map<std::string, std::vector<std::string_view>, std::less<>> matches_;  // by expression
};

}  // namespace tidemark
