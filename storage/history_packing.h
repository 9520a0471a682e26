// Packs the pieces of one hour into blocks and totals, some groups at each call and each group at
// once: it may be ended at any time. Part of HistoryFile.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/time.h"
#include "storage/database.h"
#include "storage/history_schema.h"

namespace tidemark {

class HistoryPacking {
 public:
  // `database` outlives it.
  explicit HistoryPacking(Database& database) : database_(database) {}

  // False: no hour is over. Failures are the database's; after one it begins again.
  bool step(Instant now);

 private:
  bool begin(Instant now);
  void list_groups();
  void pack_some();
  void pack(std::int64_t group);
  void remove_the_rest();

  Database& database_;
  enum class Stage : std::uint8_t { idle, listing, packing, removing };
  Stage stage_ = Stage::idle;
  Instant hour_;                      // that is being packed
  std::vector<std::int64_t> groups_;  // with pieces in it, found by now,
  Instant listed_;                    // which is: up to here
  std::size_t packed_ = 0;            // so many of them are packed
};

}  // namespace tidemark
