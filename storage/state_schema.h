// The tables of state.db, what may never be lost: so far the events. An event's key is its cluster
// and its number in one, so that the rows of a cluster lie in the order in which they happened.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace tidemark {

constexpr int event_number_bits = 44;
constexpr std::uint64_t most_event_number = (std::uint64_t{1} << event_number_bits) - 1;

constexpr std::int64_t event_key(std::int64_t cluster, std::uint64_t number) {
  return (cluster << event_number_bits) + static_cast<std::int64_t>(number);
}
constexpr std::uint64_t event_number(std::int64_t key) {
  return static_cast<std::uint64_t>(key) & most_event_number;
}

// `event_clusters`: `last` is the newest number that was given; `alive` when the daemon was last
// known to watch it; `ended` 1 when it said so itself. Instants are milliseconds of the machine's
// clock as it showed them. `log` names the sequence of numbers, so that a file that was begun anew
// is told from the one before.
inline std::vector<std::string_view> state_migrations() {
  return {R"(
CREATE TABLE event_log(id INTEGER PRIMARY KEY CHECK (id = 1), log INTEGER NOT NULL);
CREATE TABLE event_clusters(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
                            last INTEGER NOT NULL, alive INTEGER NOT NULL,
                            ended INTEGER NOT NULL);
CREATE TABLE events(key INTEGER PRIMARY KEY, cluster INTEGER NOT NULL, at INTEGER NOT NULL,
                    kind TEXT NOT NULL, group_name BLOB, subject BLOB NOT NULL,
                    old BLOB NOT NULL, new BLOB NOT NULL, reason BLOB NOT NULL,
                    sentence BLOB NOT NULL);
CREATE INDEX events_by_time ON events(cluster, at);
CREATE INDEX events_by_kind ON events(cluster, kind);
CREATE INDEX events_by_group ON events(cluster, group_name) WHERE group_name IS NOT NULL;
)",
          "ALTER TABLE events ADD COLUMN author BLOB NOT NULL DEFAULT x''"};
}

}  // namespace tidemark
