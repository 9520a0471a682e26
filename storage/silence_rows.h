// How silences lie in alerts.db. For the connection that has the file open; a failure is told by
// its take_error().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/alert_rows.h"
#include "storage/database.h"

namespace tidemark {

struct SilenceQuery {
  // unsettled: not ended, or nobody was here to tell of its end.
  enum class State { any, active, pending, ended, unsettled };
  State state = State::any;
  Instant now;                                            // that says which is which
  std::optional<std::pair<Instant, std::string>> before;  // created and id of the last one seen
  std::size_t limit = 100;
};

// In the caller's transaction. Replaces the one of the same id.
void put_silence(Database& database, const SilenceRow& row);
std::optional<SilenceRow> find_silence(Database& database, const std::string& id);
// The newest first.
std::vector<SilenceRow> find_silences(Database& database, const SilenceQuery& query);
std::uint64_t count_silences(Database& database, const SilenceQuery& query);
// Of those that ended before `before`; true: some have left.
bool remove_old_silences(Database& database, Instant before, int most);

}  // namespace tidemark
