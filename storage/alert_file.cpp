#include "storage/alert_file.h"

#include <limits>
#include <utility>

#include "storage/alert_schema.h"
#include "storage/silence_rows.h"

namespace tidemark {
namespace {

constexpr int removed_at_once = 500;
constexpr std::string_view incident_columns =
    "id, cluster, group_name, kind, status, worst, since, opened, until, ended, flaps, learning,"
    " reason, topic, topic_partition, acknowledgements.incident, acknowledgements.author,"
    " acknowledgements.comment, acknowledgements.at";
constexpr std::string_view incident_tables =
    " FROM incidents LEFT JOIN acknowledgements ON acknowledgements.incident = id";

std::string text(const Statement& row, int column) { return std::string{row.bytes(column)}; }

IncidentRow incident_of(const Statement& row) {
  IncidentRow out;
  out.id = text(row, 0);
  out.cluster = text(row, 1);
  out.group = text(row, 2);
  out.kind = text(row, 3);
  out.status = text(row, 4);
  out.worst = text(row, 5);
  out.since = from_ms(row.number(6));
  out.opened = from_ms(row.number(7));
  out.end = text(row, 9);
  if (!out.end.empty()) out.until = from_ms(row.number(8));
  out.flaps = static_cast<int>(row.number(10));
  out.learning = row.number(11) != 0;
  out.reason = text(row, 12);
  out.topic = text(row, 13);
  out.partition = static_cast<std::int32_t>(row.number(14));
  if (!row.bytes(15).empty()) {
    out.acknowledged = {out.id, text(row, 16), text(row, 17), from_ms(row.number(18))};
  }
  return out;
}

std::vector<IncidentRow> incidents_of(Statement rows) {
  std::vector<IncidentRow> out;
  while (rows.step()) out.push_back(incident_of(rows));
  return out;
}

// Everything that is asked for, in SQL; the values follow in bind_query().
std::string conditions_of(const IncidentQuery& query, bool with_cursor) {
  std::string out = " WHERE 1";
  if (query.cluster) out += " AND cluster = ?1";
  if (query.group) out += " AND group_name = ?2";
  if (query.kind) out += " AND kind = ?3";
  if (query.message) out += " AND id IN (SELECT incident FROM notices WHERE message = ?4)";
  if (query.open) out += *query.open ? " AND until IS NULL" : " AND until IS NOT NULL";
  if (with_cursor && query.before) out += " AND (opened, id) < (?5, ?6)";
  return out;
}

void bind_query(Statement& to, const IncidentQuery& query, bool with_cursor) {
  if (query.cluster) to.bind_blob(1, *query.cluster);
  if (query.group) to.bind_blob(2, *query.group);
  if (query.kind) to.bind_text(3, *query.kind);
  if (query.message) to.bind_text(4, *query.message);
  if (!with_cursor || !query.before) return;
  to.bind(5, to_ms(query.before->first));
  to.bind_text(6, query.before->second);
}

}  // namespace

struct AlertFile::Impl {
  void put(const IncidentRow& row) {
    Statement to = database.prepare(
        "INSERT OR REPLACE INTO incidents VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
        " CASE WHEN ?10 = '' THEN NULL ELSE ?9 END, ?10, ?11, ?12, ?13, ?14, ?15)");
    to.bind_text(1, row.id).bind_blob(2, row.cluster).bind_blob(3, row.group);
    to.bind_text(4, row.kind).bind_text(5, row.status).bind_text(6, row.worst);
    to.bind(7, to_ms(row.since)).bind(8, to_ms(row.opened));
    to.bind(9, row.until ? to_ms(*row.until) : 0).bind_text(10, row.end);
    to.bind(11, row.flaps).bind(12, row.learning ? 1 : 0).bind_blob(13, row.reason);
    to.bind_blob(14, row.topic).bind(15, row.partition).run();
  }

  void put(const BundleRow& row) {
    if (row.state.empty()) {
      database.prepare("DELETE FROM bundles WHERE route = ?1 AND key = ?2")
          .bind_blob(1, row.route)
          .bind_blob(2, row.key)
          .run();
      return;
    }
    database.prepare("INSERT OR REPLACE INTO bundles VALUES(?1, ?2, ?3)")
        .bind_blob(1, row.route)
        .bind_blob(2, row.key)
        .bind_blob(3, row.state)
        .run();
  }

  void put(const NoticeRow& row) {
    database.prepare("INSERT OR IGNORE INTO notices VALUES(?1, ?2)")
        .bind_text(1, row.message)
        .bind_text(2, row.incident)
        .run();
  }

  void put(OutboxRow& row) {
    database
        .prepare(
            "INSERT INTO outbox(receiver, message, address, content, key, created, attempts,"
            " next) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        .bind_blob(1, row.receiver)
        .bind_text(2, row.message)
        .bind_blob(3, row.address)
        .bind_blob(4, row.content)
        .bind_blob(5, row.key)
        .bind(6, to_ms(row.created))
        .bind(7, row.attempts)
        .bind(8, to_ms(row.next))
        .run();
    Statement id = database.prepare("SELECT last_insert_rowid()");
    if (id.step()) row.id = id.number(0);
  }

  void log(const DeliveryRow& row) {
    database
        .prepare(
            "INSERT INTO deliveries(receiver, message, address, at, outcome, attempt, said)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        .bind_blob(1, row.receiver)
        .bind_text(2, row.message)
        .bind_blob(3, row.address)
        .bind(4, to_ms(row.at))
        .bind_text(5, row.outcome)
        .bind(6, row.attempt)
        .bind_blob(7, row.said)
        .run();
    database
        .prepare(
            "DELETE FROM deliveries WHERE receiver = ?1 AND id <= (SELECT id FROM deliveries"
            " WHERE receiver = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)")
        .bind_blob(1, row.receiver)
        .bind(2, deliveries_kept)
        .run();
  }

  Database database;
};

AlertFile::AlertFile() : impl_(std::make_unique<Impl>()) {}
AlertFile::~AlertFile() = default;

DatabaseError AlertFile::open(const std::string& path, Instant now) {
  Database& database = impl_->database;
  DatabaseError error = database.open({path, alert_migrations()});
  if (!error.ok()) return error;
  database.prepare("INSERT OR IGNORE INTO installation VALUES(1, ?1)").bind(1, to_ms(now)).run();
  return database.take_error();
}

DatabaseError AlertFile::open_to_read(const std::string& path) {
  DatabaseSettings settings{path, alert_migrations()};
  settings.read_only = true;
  return impl_->database.open(settings);
}

Instant AlertFile::installed() {
  Statement row = impl_->database.prepare("SELECT at FROM installation WHERE id = 1");
  return row.step() ? from_ms(row.number(0)) : Instant{};
}

DatabaseError AlertFile::write(AlertBatch& batch) {
  Database& database = impl_->database;
  if (!database.begin()) return database.take_error();
  for (const IncidentRow& row : batch.incidents) impl_->put(row);
  for (const BundleRow& row : batch.bundles) impl_->put(row);
  for (const NoticeRow& row : batch.notices) impl_->put(row);
  for (OutboxRow& row : batch.outbox) impl_->put(row);
  database.commit();
  return database.take_error();
}

DatabaseError AlertFile::record(std::int64_t outbox, const DeliveryRow& delivery,
                                std::optional<Instant> again) {
  Database& database = impl_->database;
  if (!database.begin()) return database.take_error();
  if (again) {
    database.prepare("UPDATE outbox SET attempts = ?2, next = ?3 WHERE id = ?1")
        .bind(1, outbox)
        .bind(2, delivery.attempt)
        .bind(3, to_ms(*again))
        .run();
  } else {
    database.prepare("DELETE FROM outbox WHERE id = ?1").bind(1, outbox).run();
  }
  impl_->log(delivery);
  database.commit();
  return database.take_error();
}

DatabaseError AlertFile::write(const SilenceRow& silence) {
  Database& database = impl_->database;
  if (!database.begin()) return database.take_error();
  put_silence(database, silence);
  database.commit();
  return database.take_error();
}

DatabaseError AlertFile::write(const AcknowledgementRow& row) {
  Database& database = impl_->database;
  database.prepare("INSERT OR REPLACE INTO acknowledgements VALUES(?1, ?2, ?3, ?4)")
      .bind_text(1, row.incident)
      .bind_blob(2, row.author)
      .bind_blob(3, row.comment)
      .bind(4, to_ms(row.at))
      .run();
  return database.take_error();
}

bool AlertFile::remove_old(Instant before) {
  Database& database = impl_->database;
  if (!database.begin()) return false;
  for (const std::string_view of_incidents : {"notices", "acknowledgements"}) {
    database
        .prepare("DELETE FROM " + std::string{of_incidents} +
                 " WHERE incident IN (SELECT id FROM incidents WHERE until < ?1"
                 " ORDER BY until LIMIT ?2)")
        .bind(1, to_ms(before))
        .bind(2, removed_at_once)
        .run();
  }
  database
      .prepare(
          "DELETE FROM incidents WHERE id IN (SELECT id FROM incidents WHERE until < ?1"
          " ORDER BY until LIMIT ?2)")
      .bind(1, to_ms(before))
      .bind(2, removed_at_once)
      .run();
  bool some = database.changes() > 0;
  some = remove_old_silences(database, before, removed_at_once) || some;
  return database.commit() && some;
}

std::vector<IncidentRow> AlertFile::open_incidents() {
  return incidents_of(impl_->database.prepare("SELECT " + std::string{incident_columns} +
                                              std::string{incident_tables} +
                                              " WHERE until IS NULL"));
}

std::optional<IncidentRow> AlertFile::incident(const std::string& id) {
  Statement row = impl_->database.prepare("SELECT " + std::string{incident_columns} +
                                          std::string{incident_tables} + " WHERE id = ?1");
  if (!row.bind_text(1, id).step()) return std::nullopt;
  return incident_of(row);
}

std::vector<BundleRow> AlertFile::bundles() {
  std::vector<BundleRow> out;
  Statement rows = impl_->database.prepare("SELECT route, key, state FROM bundles");
  while (rows.step()) out.push_back({text(rows, 0), text(rows, 1), text(rows, 2)});
  return out;
}

std::vector<OutboxRow> AlertFile::outbox() {
  std::vector<OutboxRow> out;
  Statement rows = impl_->database.prepare(
      "SELECT id, receiver, message, address, content, key, created, attempts, next FROM outbox"
      " ORDER BY id");
  while (rows.step()) {
    OutboxRow& row = out.emplace_back();
    row.id = rows.number(0);
    row.receiver = text(rows, 1);
    row.message = text(rows, 2);
    row.address = text(rows, 3);
    row.content = text(rows, 4);
    row.key = text(rows, 5);
    row.created = from_ms(rows.number(6));
    row.attempts = static_cast<std::uint32_t>(rows.number(7));
    row.next = from_ms(rows.number(8));
  }
  return out;
}

std::vector<IncidentRow> AlertFile::find(const IncidentQuery& query) {
  Statement rows = impl_->database.prepare(
      "SELECT " + std::string{incident_columns} + std::string{incident_tables} +
      conditions_of(query, true) + " ORDER BY opened DESC, id DESC LIMIT ?7");
  bind_query(rows, query, true);
  rows.bind(7, static_cast<std::int64_t>(query.limit));
  return incidents_of(std::move(rows));
}

std::uint64_t AlertFile::count(const IncidentQuery& query) {
  Statement row =
      impl_->database.prepare("SELECT count(*) FROM incidents" + conditions_of(query, false));
  bind_query(row, query, false);
  return row.step() ? static_cast<std::uint64_t>(row.number(0)) : 0;
}

std::optional<SilenceRow> AlertFile::silence(const std::string& id) {
  return find_silence(impl_->database, id);
}

std::vector<SilenceRow> AlertFile::silences(const SilenceQuery& query) {
  return find_silences(impl_->database, query);
}

std::uint64_t AlertFile::count(const SilenceQuery& query) {
  return count_silences(impl_->database, query);
}

// Of which no message to it has told: none was delivered since, and none waits.
std::vector<OverflowRow> AlertFile::untold_overflow() {
  std::vector<OverflowRow> out;
  Statement rows = impl_->database.prepare(
      "SELECT receiver, count(*), min(at), max(at) FROM deliveries AS lost"
      " WHERE outcome = 'overflow' AND id > coalesce((SELECT max(id) FROM deliveries AS told"
      " WHERE told.receiver = lost.receiver AND told.message LIKE 'dropped-%'"
      " AND told.outcome = 'delivered'), 0)"
      " AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.receiver = lost.receiver"
      " AND outbox.message LIKE 'dropped-%') GROUP BY receiver");
  while (rows.step()) {
    out.push_back({text(rows, 0), static_cast<std::uint64_t>(rows.number(1)),
                   from_ms(rows.number(2)), from_ms(rows.number(3))});
  }
  return out;
}

std::vector<DeliveryRow> AlertFile::deliveries(const std::string& receiver, int limit,
                                               std::optional<std::int64_t> before) {
  std::vector<DeliveryRow> out;
  Statement rows = impl_->database.prepare(
      "SELECT receiver, message, address, at, outcome, attempt, said, id FROM deliveries"
      " WHERE receiver = ?1 AND id < ?3 ORDER BY id DESC LIMIT ?2");
  rows.bind_blob(1, receiver).bind(2, limit);
  rows.bind(3, before.value_or(std::numeric_limits<std::int64_t>::max()));
  while (rows.step()) {
    out.push_back({text(rows, 0), text(rows, 1), text(rows, 2), from_ms(rows.number(3)),
                   text(rows, 4), static_cast<std::uint32_t>(rows.number(5)), text(rows, 6),
                   rows.number(7)});
  }
  return out;
}

DatabaseError AlertFile::take_error() { return impl_->database.take_error(); }

}  // namespace tidemark
