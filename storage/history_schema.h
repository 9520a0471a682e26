// The tables of history.db, and how their keys are made. A key is a time and a group in one number,
// so that rows lie in the order of time, are found at once, and the oldest are the first.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "storage/database.h"

namespace tidemark {

constexpr int group_bits = 28;
constexpr std::int64_t most_group_ids = std::int64_t{1} << group_bits;

// `unit`: how long one step of the key's time is.
constexpr std::int64_t history_key(Instant at, Duration unit, std::int64_t group) {
  return (at.time_since_epoch() / unit) * most_group_ids + group;
}
constexpr Instant history_key_time(std::int64_t key, Duration unit) {
  return Instant{} + unit * (key / most_group_ids);
}

constexpr Duration piece_unit = std::chrono::seconds{1};
constexpr Duration block_unit = std::chrono::hours{1};

// A table of totals: one row holds so many steps.
struct TotalsTier {
  Duration step;
  Duration row;
  std::string_view table;
};
constexpr TotalsTier five_minutes{std::chrono::minutes{5}, std::chrono::hours{24}, "totals_5m"};
constexpr TotalsTier one_hour{std::chrono::hours{1}, std::chrono::hours{24 * 30}, "totals_1h"};

inline std::vector<std::string_view> history_migrations() {
  return {R"(
CREATE TABLE clusters(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE groups(id INTEGER PRIMARY KEY, cluster INTEGER NOT NULL, name BLOB NOT NULL,
                    last_block INTEGER NOT NULL, UNIQUE(cluster, name));
CREATE INDEX groups_by_age ON groups(last_block);
CREATE TABLE instants(cluster INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(cluster, at))
  WITHOUT ROWID;
CREATE TABLE pieces(key INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE blocks(key INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE totals_5m(key INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE totals_1h(key INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
)"};
}

}  // namespace tidemark
