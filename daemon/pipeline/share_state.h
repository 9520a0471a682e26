// How far share groups are done with their partitions, as `__share_group_state` tells it, and until
// when that is read. Makes each start offset look like a commit, so that it goes through the same
// windows and rules. Topics are named by id there: a state whose topic's name is not known waits
// for it. Owned by one pipeline thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/pipeline/freshness.h"
#include "daemon/pipeline/membership.h"
#include "evaluator/observation.h"

namespace tidemark {

// A start offset that moved, was written again, or (tombstone) is no more.
struct ShareCommit {
  std::string key;  // of its window: like no key of an OffsetCommit record
  std::string group;
  std::string topic;
  ShareStateSeen state;

  // Its views look into this.
  [[nodiscard]] CommitSeen as_commit() const;
};

class ShareStates {
 public:
  void apply(const TopicsSeen& seen);
  void apply(const LogEndsSeen& seen);
  std::vector<ShareCommit> take(ShareStateBatch&& batch, const TopicNames& names);
  // Of a group that was deleted: tombstones of its states may be out of our sight.
  void forget(const std::string& group);
  // Of those that waited for their topic's name.
  std::vector<ShareCommit> take_named(const TopicNames& names);

  // Null: never yet.
  [[nodiscard]] std::optional<Instant> read_until(std::string_view group, const TopicUuid& topic,
                                                  PartitionId partition) const;
  // The state topic can't be seen (yet).
  [[nodiscard]] bool missing() const { return partitions_ == 0; }
  // Why a share group has no start offset, one sentence.
  [[nodiscard]] std::string why_unknown(const std::string& group) const;

 private:
  struct Place {
    std::string group;
    TopicUuid topic{};
    std::int32_t partition = 0;
    friend auto operator<=>(const Place&, const Place&) = default;
  };

  std::optional<ShareCommit> named(ShareStateSeen&& seen, const TopicNames& names);

  Freshness freshness_;
  std::int32_t partitions_ = 0;
  std::string problem_;
  std::map<Place, ShareStateSeen> waiting_;
  std::map<std::string, TopicUuid> current_;  // by key: whose state its window shows
};

}  // namespace tidemark
