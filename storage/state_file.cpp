#include "storage/state_file.h"

#include <map>
#include <utility>

#include "storage/event_rows.h"
#include "storage/keep_small.h"
#include "storage/state_schema.h"

namespace tidemark {
namespace {

constexpr int rows_at_once = 500;

}  // namespace

struct StateFile::Impl {
  explicit Impl(StateFileSettings given) : settings(std::move(given)) {}

  std::int64_t cluster(const std::string& name) {
    const auto known = clusters.find(name);
    return known != clusters.end() ? known->second : 0;
  }

  void note_alive(std::int64_t id, Instant now, bool ended) {
    database.prepare("UPDATE event_clusters SET alive = ?2, ended = ?3 WHERE id = ?1")
        .bind(1, id)
        .bind(2, to_ms(now))
        .bind(3, ended ? 1 : 0)
        .run();
  }

  void note_last(std::int64_t id, std::uint64_t last) {
    database.prepare("UPDATE event_clusters SET last = max(last, ?2) WHERE id = ?1")
        .bind(1, id)
        .bind(2, static_cast<std::int64_t>(last))
        .run();
  }

  bool remove_before(std::int64_t id, std::int64_t at) {
    database
        .prepare(
            "DELETE FROM events WHERE key IN (SELECT key FROM events"
            " WHERE cluster = ?1 AND at < ?2 ORDER BY at LIMIT ?3)")
        .bind(1, id)
        .bind(2, at)
        .bind(3, rows_at_once)
        .run();
    return database.changes() > 0;
  }

  bool remove_what_is_too_old(Instant now) {
    Statement all = database.prepare("SELECT id FROM event_clusters");
    while (all.step()) {
      if (remove_before(all.number(0), to_ms(now - settings.events_max_age))) return true;
    }
    return false;
  }

  // The oldest leave, of whatever cluster.
  bool make_room() {
    if (database.bytes() <= settings.events_max_bytes) return false;
    Statement oldest = database.prepare(
        "SELECT id, (SELECT min(at) FROM events WHERE cluster = event_clusters.id) AS oldest"
        " FROM event_clusters WHERE oldest IS NOT NULL ORDER BY oldest LIMIT 1");
    if (!oldest.step()) return false;
    const std::int64_t id = oldest.number(0);
    oldest.reset();
    return remove_before(id, INT64_MAX);
  }

  bool step(Instant now) {
    return keep_small(database, settings.events_max_bytes,
                      [&] { return remove_what_is_too_old(now) || make_room(); });
  }

  const StateFileSettings settings;
  Database database;
  std::uint64_t log = 0;
  std::map<std::string, std::int64_t> clusters;  // ids of those that are watched
};

StateFile::StateFile(StateFileSettings settings)
    : impl_(std::make_unique<Impl>(std::move(settings))) {}
StateFile::~StateFile() = default;

DatabaseError StateFile::open(std::uint64_t log) {
  Database& database = impl_->database;
  DatabaseError error = database.open({impl_->settings.path, state_migrations()});
  if (!error.ok()) return error;
  // As long as it has its name, nothing is written: it may be that nothing can be.
  const auto named = [&] {
    Statement found = database.prepare("SELECT log FROM event_log WHERE id = 1");
    const bool there = found.step();
    if (there) impl_->log = static_cast<std::uint64_t>(found.number(0));
    return there;
  };
  if (!named()) {
    database.prepare("INSERT INTO event_log VALUES(1, ?1)")
        .bind(1, static_cast<std::int64_t>(log))
        .run();
    impl_->log = log;
  }
  return database.take_error();
}

std::uint64_t StateFile::log() const { return impl_->log; }

EventRecord StateFile::record_of(std::string_view cluster) {
  EventRecord out;
  Statement found =
      impl_->database.prepare("SELECT last, alive, ended FROM event_clusters WHERE name = ?1");
  if (!found.bind_text(1, cluster).step()) return out;
  out.known = true;
  out.last = static_cast<std::uint64_t>(found.number(0));
  out.alive = from_ms(found.number(1));
  out.ended = found.number(2) != 0;
  return out;
}

DatabaseError StateFile::begin(const std::vector<Beginning>& clusters, Instant now) {
  Database& database = impl_->database;
  if (!database.begin()) return database.take_error();
  std::map<std::string, std::int64_t> ids;
  for (const Beginning& each : clusters) {
    database
        .prepare(
            "INSERT OR IGNORE INTO event_clusters(name, last, alive, ended)"
            " VALUES(?1, 0, 0, 0)")
        .bind_text(1, each.cluster)
        .run();
    const std::int64_t id = event_cluster_id(database, each.cluster);
    impl_->note_last(id, each.last);
    impl_->note_alive(id, now, false);
    ids.emplace(each.cluster, id);
  }
  if (database.commit()) impl_->clusters = std::move(ids);
  // Whatever becomes of the log beside the file: that there was a start stands in the file.
  database.run("PRAGMA wal_checkpoint(PASSIVE)");
  return database.take_error();
}

DatabaseError StateFile::write(const std::vector<EventBatch>& batches, Instant now) {
  Database& database = impl_->database;
  if (!database.begin()) return database.take_error();
  Statement insertion = prepare_event_insertion(database);
  for (const EventBatch& batch : batches) {
    const std::int64_t id = impl_->cluster(batch.cluster);
    for (const auto& event : batch.events) insert_event(insertion, id, *event);
    if (!batch.events.empty()) impl_->note_last(id, batch.events.back()->sequence);
  }
  for (const auto& [name, id] : impl_->clusters) impl_->note_alive(id, now, false);
  database.commit();
  return database.take_error();
}

DatabaseError StateFile::note_alive(Instant now, bool ended) {
  Database& database = impl_->database;
  if (!database.begin()) return database.take_error();
  for (const auto& [name, id] : impl_->clusters) impl_->note_alive(id, now, ended);
  database.commit();
  return database.take_error();
}

StateFile::Upkeep StateFile::keep_up(Instant now) {
  const bool more = impl_->step(now);
  const DatabaseError error = impl_->database.take_error();
  return {error, more && error.ok()};
}

DatabaseError StateFile::take_error() { return impl_->database.take_error(); }

std::uint64_t StateFile::bytes() { return impl_->database.bytes(); }

}  // namespace tidemark
