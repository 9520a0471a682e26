// The tables of alerts.db. Names from outside are BLOBs: they may be any bytes.
#pragma once

#include <string_view>
#include <vector>

namespace tidemark {

inline std::vector<std::string_view> alert_migrations() {
  return {R"(
CREATE TABLE installation(id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL);
CREATE TABLE incidents(id TEXT PRIMARY KEY, cluster BLOB NOT NULL, group_name BLOB NOT NULL,
                       kind TEXT NOT NULL, status TEXT NOT NULL, worst TEXT NOT NULL,
                       since INTEGER NOT NULL, opened INTEGER NOT NULL, until INTEGER,
                       ended TEXT NOT NULL, flaps INTEGER NOT NULL, learning INTEGER NOT NULL,
                       reason BLOB NOT NULL, topic BLOB NOT NULL,
                       topic_partition INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX incidents_by_time ON incidents(opened, id);
CREATE INDEX incidents_by_group ON incidents(cluster, group_name, opened);
CREATE INDEX incidents_open ON incidents(until) WHERE until IS NULL;
CREATE INDEX incidents_ended ON incidents(until) WHERE until IS NOT NULL;
CREATE TABLE bundles(route BLOB NOT NULL, key BLOB NOT NULL, state BLOB NOT NULL,
                     PRIMARY KEY(route, key)) WITHOUT ROWID;
CREATE TABLE notices(message TEXT NOT NULL, incident TEXT NOT NULL,
                     PRIMARY KEY(message, incident)) WITHOUT ROWID;
CREATE INDEX notices_of_incident ON notices(incident);
CREATE TABLE outbox(id INTEGER PRIMARY KEY AUTOINCREMENT, receiver BLOB NOT NULL,
                    message TEXT NOT NULL, address BLOB NOT NULL, content BLOB NOT NULL,
                    key BLOB NOT NULL, created INTEGER NOT NULL, attempts INTEGER NOT NULL,
                    next INTEGER NOT NULL);
CREATE TABLE deliveries(id INTEGER PRIMARY KEY, receiver BLOB NOT NULL, message TEXT NOT NULL,
                        address BLOB NOT NULL, at INTEGER NOT NULL, outcome TEXT NOT NULL,
                        attempt INTEGER NOT NULL, said BLOB NOT NULL);
CREATE INDEX deliveries_of_receiver ON deliveries(receiver, id);
)",
          R"(
CREATE TABLE acknowledgements(incident TEXT PRIMARY KEY, author BLOB NOT NULL,
                              comment BLOB NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE silences(id TEXT PRIMARY KEY, cluster BLOB, group_name BLOB, topic BLOB, status BLOB,
                      kind BLOB, author BLOB NOT NULL, comment BLOB NOT NULL,
                      created INTEGER NOT NULL, begun INTEGER NOT NULL,
                      ended INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX silences_by_end ON silences(ended);
CREATE INDEX silences_by_time ON silences(created, id);
CREATE TABLE silence_labels(silence TEXT NOT NULL, name BLOB NOT NULL, pattern BLOB NOT NULL,
                            PRIMARY KEY(silence, name)) WITHOUT ROWID;
)",
          R"(
ALTER TABLE silences ADD COLUMN end_told INTEGER NOT NULL DEFAULT 0;
UPDATE silences SET end_told = 1 WHERE ended <= 1000 * strftime('%s', 'now');
)"};
}

}  // namespace tidemark
