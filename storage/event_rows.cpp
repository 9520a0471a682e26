#include "storage/event_rows.h"

#include <string>

#include "storage/state_schema.h"

namespace tidemark {

Statement prepare_event_insertion(Database& database) {
  // A batch may come again after a commit that failed when it was on the disk already.
  return database.prepare(
      "INSERT OR IGNORE INTO events VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
}

bool insert_event(Statement& insertion, std::int64_t cluster, const Event& event) {
  insertion.bind(1, event_key(cluster, event.sequence))
      .bind(2, cluster)
      .bind(3, to_ms(event.shown()))
      .bind_text(4, to_string(event.kind));
  if (is_of_group(event)) {
    insertion.bind_blob(5, event.group);
  } else {
    insertion.bind_null(5);
  }
  return insertion.bind_blob(6, event.subject)
      .bind_blob(7, event.from)
      .bind_blob(8, event.to)
      .bind_blob(9, event.reason)
      .bind_blob(10, event.sentence)
      .bind_blob(11, event.author)
      .run();
}

Event event_of(const Statement& row) {
  Event out;
  out.sequence = event_number(row.number(0));
  out.at = from_ms(row.number(1));
  out.kind = event_kind_from(row.bytes(2)).value_or(EventKind::status);
  out.group = row.bytes(3);
  out.subject = row.bytes(4);
  out.from = row.bytes(5);
  out.to = row.bytes(6);
  out.reason = row.bytes(7);
  out.sentence = row.bytes(8);
  out.author = row.bytes(9);
  return out;
}

std::int64_t event_cluster_id(Database& database, std::string_view name) {
  Statement found = database.prepare("SELECT id FROM event_clusters WHERE name = ?1");
  return found.bind_text(1, name).step() ? found.number(0) : 0;
}

}  // namespace tidemark
