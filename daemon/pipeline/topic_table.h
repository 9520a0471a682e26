// The topics of one cluster: log ends with their history, log starts, last stable offsets, and
// which slots read each partition. Owned by one pipeline thread. Instants are on the brokers'
// clock.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "daemon/pipeline/release_log.h"
#include "daemon/pipeline/sight_events.h"
#include "evaluator/log_end_history.h"
#include "evaluator/log_start_log.h"
#include "evaluator/observation.h"
#include "evaluator/policy.h"
#include "evaluator/report.h"
#include "storage/window_store.h"

namespace tidemark {

struct TopicPartition {
  LogEndHistory history;
  std::vector<LogEnd> recent;  // the last refreshes as they came, for the burrow rules
  std::optional<Offset> end;
  std::optional<Offset> start;
  std::optional<Offset> lso;
  std::optional<Instant> lso_since;  // LSO below log end: since when it has stood there
  ReleaseLog released;               // what was hidden behind it
  std::int32_t leader = -1;
  LogStartLog starts;
  std::vector<Slot> readers;
  bool told = true;                     // a probe may have told one of them what comes next
  Instant read_at = Instant::min();     // when it was last seen to have a reader,
  std::optional<Instant> unread_since;  // and the first record since that nobody reads
};

struct Topic {
  std::string name;
  const Policy* policy = nullptr;  // null: not asked for yet
  bool listed = false;             // in the cluster's metadata (else known from commits only)
  std::vector<TopicPartition> partitions;
  TopicUuid id{};
  Instant id_from;                        // the newest commit that carried the id
  std::optional<TopicSettings> settings;  // null: not read yet, or not allowed to
  int groups = 0;                         // that have committed here
  int reader_groups = 0;                  // as of the last census, as the next two
  std::optional<Instant> unread_since;    // no group reads it; its oldest partition
  bool unread_reported = false;
  std::shared_ptr<const TopicReport> report;
  bool changed = true;  // since `report` was made
};

class TopicTable {
 public:
  // What it answers outlives the table.
  using PolicyOf = std::function<const Policy&(std::string_view topic)>;
  explicit TopicTable(PolicyOf policy_of) : policy_of_(std::move(policy_of)) {}

  // Pointers stay valid while the topic is known.
  Topic& find_or_add(std::string_view name);
  [[nodiscard]] Topic* find(std::string_view name);
  // Of the topic by itself: found with an empty group.
  [[nodiscard]] const Policy& policy(Topic& topic) const;
  // It comes to be if it is not there.
  static TopicPartition& partition(Topic& topic, PartitionId id) {
    const auto at = static_cast<std::size_t>(std::max(id.get(), 0));
    if (at >= topic.partitions.size()) grow(topic, at + 1);
    return topic.partitions[at];
  }

  // Takes the cluster's list; true if a topic came, grew or went. Topics that are missing and read
  // by nobody are forgotten.
  bool apply(const TopicsSeen& seen);
  // The topic that log ends speak of; null if it has left the cluster's list since they were asked
  // for.
  Topic* of_log_ends(std::string_view name);
  // The cluster's list was seen; until then topics become listed as log ends speak of them.
  [[nodiscard]] bool list_known() const { return list_known_; }
  // Forgets it if it is missing in the cluster's list and read by nobody; true if so.
  bool drop_if_gone(const Topic& topic);

  // How often topics came, grew or went: pointers and sizes hold while it stays.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

  // Listed partitions whose log end was seen once, but not since `limit`.
  [[nodiscard]] StaleLogEnds stale_log_ends(Instant limit) const;

  // The clock that the instants of its log ends are on was wrong by so much.
  void move_in_time(Duration by);

  // Calls `visit(topic)`, by name, with those behind `name`, until it returns false.
  template <class Visit>
  void each_behind(std::string_view name, Visit visit) const {
    for (auto at = topics_.upper_bound(name); at != topics_.end(); ++at) {
      if (!visit(*at->second)) return;
    }
  }
  [[nodiscard]] bool empty() const { return topics_.empty(); }
  // All of them, and that there was a list. Nobody reads any.
  void forget();

  template <class Visit>
  void each(Visit visit) {
    touch();
    for (auto& [name, topic] : topics_) visit(*topic);
  }

  // The newest report of each listed topic, by name; unchanged ones are shared, and as long as no
  // topic is touched the list too.
  const TopicList& reports();
  // A topic that was handed out before is changed.
  void touch() { touched_ = true; }

 private:
  static void grow(Topic& topic, std::size_t size);

  const PolicyOf policy_of_;
  std::map<std::string, std::unique_ptr<Topic>, std::less<>> topics_;
  bool list_known_ = false;
  std::uint64_t changes_ = 0;
  TopicList reports_;
  bool touched_ = true;  // since they were made
};

}  // namespace tidemark
