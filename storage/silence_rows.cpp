#include "storage/silence_rows.h"

namespace tidemark {
namespace {

std::string text(const Statement& row, int column) { return std::string{row.bytes(column)}; }

void bind(Statement& to, int at, const std::optional<std::string>& pattern) {
  if (pattern) {
    to.bind_blob(at, *pattern);
  } else {
    to.bind_null(at);
  }
}

// An empty pattern matches the empty name, so it is told from none by a column of its own.
constexpr std::string_view columns =
    "id, cluster, group_name, topic, status, kind, author, comment, created, begun, ended,"
    " end_told,"
    " cluster IS NULL, group_name IS NULL, topic IS NULL, status IS NULL, kind IS NULL";
constexpr int first_null_column = 12;

std::optional<std::string> pattern_of(const Statement& row, int column) {
  if (row.number(first_null_column + column - 1) != 0) return std::nullopt;
  return text(row, column);
}

SilenceRow silence_of(const Statement& row) {
  SilenceRow out;
  out.id = text(row, 0);
  out.cluster = pattern_of(row, 1);
  out.group = pattern_of(row, 2);
  out.topic = pattern_of(row, 3);
  out.status = pattern_of(row, 4);
  out.kind = pattern_of(row, 5);
  out.author = text(row, 6);
  out.comment = text(row, 7);
  out.created = from_ms(row.number(8));
  out.begin = from_ms(row.number(9));
  out.end = from_ms(row.number(10));
  out.end_told = row.number(11) != 0;
  return out;
}

std::map<std::string, std::string> labels_of(Database& database, const std::string& silence) {
  std::map<std::string, std::string> out;
  Statement rows = database.prepare("SELECT name, pattern FROM silence_labels WHERE silence = ?1");
  rows.bind_text(1, silence);
  while (rows.step()) out.emplace(text(rows, 0), text(rows, 1));
  return out;
}

std::string conditions_of(const SilenceQuery& query, bool with_cursor) {
  std::string out = " WHERE 1";
  if (query.state == SilenceQuery::State::ended) out += " AND ended <= ?1";
  if (query.state == SilenceQuery::State::active) out += " AND begun <= ?1 AND ended > ?1";
  if (query.state == SilenceQuery::State::unsettled) out += " AND (ended > ?1 OR NOT end_told)";
  if (query.state == SilenceQuery::State::pending) out += " AND begun > ?1 AND ended > ?1";
  if (with_cursor && query.before) out += " AND (created, id) < (?2, ?3)";
  return out;
}

void bind_query(Statement& to, const SilenceQuery& query, bool with_cursor) {
  if (query.state != SilenceQuery::State::any) to.bind(1, to_ms(query.now));
  if (!with_cursor || !query.before) return;
  to.bind(2, to_ms(query.before->first));
  to.bind_text(3, query.before->second);
}

void remove_labels(Database& database, const std::string& silence) {
  database.prepare("DELETE FROM silence_labels WHERE silence = ?1").bind_text(1, silence).run();
}

}  // namespace

void put_silence(Database& database, const SilenceRow& row) {
  Statement to = database.prepare(
      "INSERT OR REPLACE INTO silences VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
  to.bind_text(1, row.id);
  bind(to, 2, row.cluster);
  bind(to, 3, row.group);
  bind(to, 4, row.topic);
  bind(to, 5, row.status);
  bind(to, 6, row.kind);
  to.bind_blob(7, row.author).bind_blob(8, row.comment);
  to.bind(9, to_ms(row.created)).bind(10, to_ms(row.begin)).bind(11, to_ms(row.end));
  to.bind(12, row.end_told ? 1 : 0).run();
  remove_labels(database, row.id);
  for (const auto& [name, pattern] : row.labels) {
    database.prepare("INSERT INTO silence_labels VALUES(?1, ?2, ?3)")
        .bind_text(1, row.id)
        .bind_blob(2, name)
        .bind_blob(3, pattern)
        .run();
  }
}

std::optional<SilenceRow> find_silence(Database& database, const std::string& id) {
  Statement row =
      database.prepare("SELECT " + std::string{columns} + " FROM silences WHERE id = ?1");
  if (!row.bind_text(1, id).step()) return std::nullopt;
  SilenceRow out = silence_of(row);
  out.labels = labels_of(database, id);
  return out;
}

std::vector<SilenceRow> find_silences(Database& database, const SilenceQuery& query) {
  Statement rows =
      database.prepare("SELECT " + std::string{columns} + " FROM silences" +
                       conditions_of(query, true) + " ORDER BY created DESC, id DESC LIMIT ?4");
  bind_query(rows, query, true);
  rows.bind(4, static_cast<std::int64_t>(query.limit));
  std::vector<SilenceRow> out;
  while (rows.step()) out.push_back(silence_of(rows));
  for (SilenceRow& row : out) row.labels = labels_of(database, row.id);
  return out;
}

std::uint64_t count_silences(Database& database, const SilenceQuery& query) {
  Statement row = database.prepare("SELECT count(*) FROM silences" + conditions_of(query, false));
  bind_query(row, query, false);
  return row.step() ? static_cast<std::uint64_t>(row.number(0)) : 0;
}

bool remove_old_silences(Database& database, Instant before, int most) {
  std::vector<std::string> old;
  {
    Statement rows =
        database.prepare("SELECT id FROM silences WHERE ended < ?1 ORDER BY ended LIMIT ?2");
    rows.bind(1, to_ms(before)).bind(2, most);
    while (rows.step()) old.push_back(text(rows, 0));
  }
  for (const std::string& id : old) {
    remove_labels(database, id);
    database.prepare("DELETE FROM silences WHERE id = ?1").bind_text(1, id).run();
  }
  return !old.empty();
}

}  // namespace tidemark
