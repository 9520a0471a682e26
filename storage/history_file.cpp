#include "storage/history_file.h"

#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "storage/history_codec.h"
#include "storage/history_packing.h"
#include "storage/history_schema.h"
#include "storage/keep_small.h"

namespace tidemark {
namespace {

constexpr Duration fine_totals_max_age = std::chrono::hours{24 * 90};

// The ids of clusters and groups, by their names.
class Names {
 public:
  // `database` outlives it.
  explicit Names(Database& database) : database_(database) {}

  std::int64_t cluster(std::string_view name) {
    database_.prepare("INSERT OR IGNORE INTO clusters(name) VALUES(?1)").bind_text(1, name).run();
    Statement found = database_.prepare("SELECT id FROM clusters WHERE name = ?1");
    return found.bind_text(1, name).step() ? found.number(0) : 0;
  }

  std::int64_t group(std::int64_t cluster, std::string_view name, Instant at) {
    auto& known = ids_[cluster];
    const std::string key(name);
    const auto found = known.find(key);
    if (found != known.end()) return found->second;
    const std::int64_t id = look_up(cluster, name, at);
    if (id > 0) known.emplace(key, id);
    return id;
  }

  // What is known is not there any more, perhaps.
  void forget() { ids_.clear(); }

 private:
  std::int64_t look_up(std::int64_t cluster, std::string_view name, Instant at) {
    database_.prepare("INSERT OR IGNORE INTO groups(cluster, name, last_block) VALUES(?1, ?2, ?3)")
        .bind(1, cluster)
        .bind_blob(2, name)
        .bind(3, to_ms(at))
        .run();
    Statement found = database_.prepare("SELECT id FROM groups WHERE cluster = ?1 AND name = ?2");
    return found.bind(1, cluster).bind_blob(2, name).step() ? found.number(0) : 0;
  }

  Database& database_;
  std::map<std::int64_t, std::unordered_map<std::string, std::int64_t>> ids_;
};

}  // namespace

struct HistoryFile::Impl {
  explicit Impl(HistorySettings given) : settings(std::move(given)) {}

  bool remove_oldest(std::string_view table, std::int64_t before_key) {
    const std::string name(table);
    database
        .prepare("DELETE FROM " + name + " WHERE key IN (SELECT key FROM " + name +
                 " WHERE key < ?1 ORDER BY key LIMIT 200)")
        .bind(1, before_key)
        .run();
    return database.changes() > 0;
  }

  bool remove_old_instants(Instant before) {
    database
        .prepare(
            "DELETE FROM instants WHERE (cluster, at) IN"
            " (SELECT cluster, at FROM instants WHERE at < ?1 LIMIT 500)")
        .bind(1, to_ms(before))
        .run();
    return database.changes() > 0;
  }

  bool remove_old_groups(Instant before) {
    database
        .prepare(
            "DELETE FROM groups WHERE id IN"
            " (SELECT id FROM groups WHERE last_block < ?1 ORDER BY last_block LIMIT 500)")
        .bind(1, to_ms(before))
        .run();
    if (database.changes() == 0) return false;
    names.forget();
    return true;
  }

  bool remove_what_is_too_old(Instant now) {
    const Instant oldest = now - settings.max_age;
    const Instant oldest_totals = now - settings.totals_max_age;
    const Instant oldest_fine = std::max(oldest_totals, now - fine_totals_max_age);
    return remove_oldest("blocks", history_key(oldest, block_unit, 0)) ||
           remove_old_instants(oldest) ||
           remove_oldest(five_minutes.table,
                         history_key(oldest_fine - five_minutes.row, five_minutes.row, 0)) ||
           remove_oldest(one_hour.table,
                         history_key(oldest_totals - one_hour.row, one_hour.row, 0)) ||
           remove_old_groups(oldest_totals);
  }

  // The oldest leave, the finest first.
  bool make_room() {
    if (database.bytes() <= settings.max_bytes) return false;
    constexpr std::int64_t any = INT64_MAX;
    for (const std::string_view table :
         {std::string_view("blocks"), five_minutes.table, one_hour.table}) {
      if (remove_oldest(table, any)) return true;
    }
    return false;
  }

  bool step(Instant now) {
    if (packing.step(now)) return true;
    return keep_small(database, settings.max_bytes,
                      [&] { return remove_what_is_too_old(now) || make_room(); });
  }

  const HistorySettings settings;
  Database database;
  Names names{database};
  HistoryPacking packing{database};
};

HistoryFile::HistoryFile(HistorySettings settings)
    : impl_(std::make_unique<Impl>(std::move(settings))) {}
HistoryFile::~HistoryFile() = default;

DatabaseError HistoryFile::open() {
  return impl_->database.open(
      {impl_->settings.path, history_migrations(), Durability::last_ones_may_be_lost});
}

DatabaseError HistoryFile::write(std::string_view cluster, Instant at,
                                 const std::function<void(const PutPiece&)>& give) {
  Database& database = impl_->database;
  if (!database.begin()) return database.take_error();
  const std::int64_t of = impl_->names.cluster(cluster);
  database.prepare("INSERT OR REPLACE INTO instants VALUES(?1, ?2)")
      .bind(1, of)
      .bind(2, to_ms(at))
      .run();
  Statement insertion = database.prepare("INSERT OR REPLACE INTO pieces VALUES(?1, ?2)");
  give([&](std::string_view group, std::string_view piece) {
    const std::int64_t id = impl_->names.group(of, group, at);
    insertion.bind(1, history_key(at, piece_unit, id)).bind_blob(2, piece).run();
  });
  if (!database.commit()) impl_->names.forget();  // ids that were taken back with the rest
  return database.take_error();
}

HistoryFile::Upkeep HistoryFile::keep_up(Instant now) {
  const bool more = impl_->step(now);
  const DatabaseError error = impl_->database.take_error();
  return {error, more && error.ok()};
}

std::uint64_t HistoryFile::bytes() { return impl_->database.bytes(); }

}  // namespace tidemark
