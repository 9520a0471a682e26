// history.db: the histories of all groups of all clusters. What was written last lies sorted by
// time (one piece a changed group and instant); an hour later it is packed into one block a group
// and hour, and its totals are kept in steps of 5 minutes and of an hour. Everything that is too
// old leaves in small steps, the oldest first, so that no call takes long.
//
// The writer belongs to the history thread. Questions (history_query.h) read beside it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/time.h"
#include "storage/database.h"

namespace tidemark {

struct HistorySettings {
  std::string path;
  Duration max_age = std::chrono::hours{24 * 14};          // of samples
  Duration totals_max_age = std::chrono::hours{24 * 400};  // of steps of an hour
  std::uint64_t max_bytes = 10'000'000'000;                // of the file
};

// Takes what is written of one group: a piece from HistoryEncoder, never empty.
using PutPiece = std::function<void(std::string_view group, std::string_view piece)>;

class HistoryFile {
 public:
  explicit HistoryFile(HistorySettings settings);
  ~HistoryFile();
  HistoryFile(const HistoryFile&) = delete;
  HistoryFile& operator=(const HistoryFile&) = delete;

  // Once, first of all.
  DatabaseError open();

  // One instant (whole seconds) of one cluster, all or nothing: `give` is called once and puts each
  // piece, so that those of all groups need not be held at the same time. Groups that were looked
  // at and have no piece are as they were.
  DatabaseError write(std::string_view cluster, Instant at,
                      const std::function<void(const PutPiece&)>& give);

  // One small step of packing, or of removing what is too old. `more`: there is another one to do.
  struct Upkeep {
    DatabaseError error;
    bool more = false;
  };
  Upkeep keep_up(Instant now);

  [[nodiscard]] std::uint64_t bytes();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tidemark
