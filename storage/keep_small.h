// Keeps a database that only grows within a size: one small step at a time, so that no call takes
// long and whoever reads beside it never waits. Called by the thread that owns the connection.
#pragma once

#include <cstdint>

#include "storage/database.h"

namespace tidemark {

// Gives some of the file's spare pages back, or else has some rows removed: `remove_some()` is
// called in a transaction of its own, and is true if it removed any. True: there is another step to
// do.
template <class Remove>
bool keep_small(Database& database, std::uint64_t max_bytes, Remove remove_some) {
  constexpr std::int64_t spare_pages_kept = 2000;
  constexpr int pages_at_once = 500;
  const bool spare = database.free_pages() > spare_pages_kept || database.bytes() > max_bytes;
  if (spare && database.free_pages() > 0) {
    database.shrink(pages_at_once);
    return true;
  }
  if (!database.begin()) return false;
  const bool more = remove_some();
  return database.commit() && more;
}

}  // namespace tidemark
