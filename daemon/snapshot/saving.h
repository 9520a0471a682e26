// Writes down what is known of a cluster, part by part, while it goes on: all groups of one offsets
// partition at once, together with the position that their records are taken up to, so that a
// restart goes on from there; then the topics with their log ends, which by then may be newer than
// the groups.
//
// One that was begun is of no use after an upheaval (see Books) in the middle, or when the offsets
// topic has grown, and ends. Owned by
// one pipeline thread; each part takes some ten milliseconds at most, with pauses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "daemon/pipeline/books.h"
#include "daemon/pipeline/pauses.h"
#include "daemon/pipeline/sight.h"
#include "daemon/pipeline/topic_events.h"
#include "daemon/snapshot/kept_fields.h"

namespace tidemark {

class Saving {
 public:
  struct Part {
    SnapshotPart kind = SnapshotPart::head;
    std::string bytes;
    bool last = false;
  };

  // All outlive it.
  Saving(Books& books, Sight& sight, TopicEvents& topics, Pauses& pauses)
      : books_(books), sight_(sight), topics_(topics), pauses_(pauses) {}

  // There is something worth keeping: the cluster has told who it is, and who its groups are.
  [[nodiscard]] bool possible() const;
  // `now` is this machine's clock, which has been set by `step` since the start.
  void begin(Instant now, Duration step);
  [[nodiscard]] bool under_way() const { return stage_ != Stage::none; }
  // Null: it came to nothing, and is no longer under way.
  std::optional<Part> next();

 private:
  enum class Stage : std::uint8_t { none, head, groups, topics, sight };

  void sort_groups();
  std::string head() const;
  std::string groups_of(std::int32_t partition);
  std::string some_topics();
  std::string sight() const;
  void put_group(FieldWriter& to, const Group& group);
  void put_slot(FieldWriter& to, const PartitionSlot& at);

  Books& books_;
  Sight& sight_;
  TopicEvents& topics_;
  Pauses& pauses_;

  Stage stage_ = Stage::none;
  Instant written_;  // as the clock shows it
  Duration step_{0};
  std::uint64_t upheavals_ = 0;                    // of the books, when it began
  std::int32_t partitions_ = 0;                    // of the offsets topic, likewise
  std::int32_t partition_ = 0;                     // whose groups come next
  std::vector<std::vector<const Group*>> groups_;  // by offsets partition,
  std::optional<std::uint64_t> groups_as_of_;      // as of so many changes
  std::string topic_;                              // that was written last
  KeptSlot slot_;                                  // kept for its memory, as the next two
  std::string key_;
  std::string key_before_;
};

}  // namespace tidemark
