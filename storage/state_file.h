// state.db: what may never be lost, so far the events of all clusters. A write is on the disk when
// it returns. What is too old leaves in small steps, the oldest first, so that no call takes long.
//
// The writer belongs to the state thread. Questions (event_query.h) read beside it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "evaluator/event.h"
#include "storage/database.h"

namespace tidemark {

struct StateFileSettings {
  std::string path;
  Duration events_max_age = std::chrono::hours{24 * 365};
  std::uint64_t events_max_bytes = 1'000'000'000;  // of the file
};

// Some events of one cluster in the order of their numbers; each number once for ever.
struct EventBatch {
  std::string cluster;
  std::vector<std::shared_ptr<const Event>> events;
};

// What the file knows of one cluster's numbers.
struct EventRecord {
  bool known = false;      // it was watched before
  std::uint64_t last = 0;  // the newest number, as far as it was written
  Instant alive;           // when it was last known to be watched, as the clock showed it then
  bool ended = false;      // the daemon said at its end that this is all
};

class StateFile {
 public:
  explicit StateFile(StateFileSettings settings);
  ~StateFile();
  StateFile(const StateFile&) = delete;
  StateFile& operator=(const StateFile&) = delete;

  // Once, first of all. `log` becomes the name of the numbers if the file has none.
  DatabaseError open(std::uint64_t log);
  // The name of the numbers in it.
  [[nodiscard]] std::uint64_t log() const;

  EventRecord record_of(std::string_view cluster);
  // From now on these are watched, their numbers going on after `last`.
  struct Beginning {
    std::string cluster;
    std::uint64_t last = 0;
  };
  DatabaseError begin(const std::vector<Beginning>& clusters, Instant now);

  // All or nothing. `now`: they are watched still.
  DatabaseError write(const std::vector<EventBatch>& batches, Instant now);
  // The clusters of begin() are watched still. `ended`: no more, and everything is written.
  DatabaseError note_alive(Instant now, bool ended = false);

  // One small step of removing what is too old. `more`: there is another one to do.
  struct Upkeep {
    DatabaseError error;
    bool more = false;
  };
  Upkeep keep_up(Instant now);

  [[nodiscard]] DatabaseError take_error();
  [[nodiscard]] std::uint64_t bytes();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tidemark
