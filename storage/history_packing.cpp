#include "storage/history_packing.h"

#include <algorithm>
#include <array>

#include "storage/history_codec.h"
#include "storage/history_rows.h"
#include "storage/history_totals.h"

namespace tidemark {
namespace {

constexpr std::chrono::minutes settled_after{2};  // the end of the hour
constexpr Duration listed_at_once = std::chrono::minutes{5};
constexpr std::size_t packed_at_once = 50;

// Appends what the row does not have yet: an hour may be packed twice, when a clock was set back.
void keep_totals(Database& database, const TotalsTier& tier, std::int64_t group,
                 const std::vector<TotalsStep>& steps) {
  if (steps.empty()) return;
  const Instant row{(steps.front().at.time_since_epoch() / tier.row) * tier.row};
  const std::int64_t key = history_key(row, tier.row, group);
  const std::string table(tier.table);
  Statement old = database.prepare("SELECT bytes FROM " + table + " WHERE key = ?1");
  std::string bytes;
  if (old.bind(1, key).step()) bytes = old.bytes(0);
  const auto known = steps_of(bytes, row, tier.step);
  for (const TotalsStep& step : steps) {
    if (known.empty() || step.at > known.back().at) append(bytes, step, row, tier.step);
  }
  database.prepare("INSERT OR REPLACE INTO " + table + " VALUES(?1, ?2)")
      .bind(1, key)
      .bind_blob(2, bytes)
      .run();
}

class Totals {
 public:
  explicit Totals(Duration length) : length_(length) {}

  void add(const GroupSample& sample) {
    if (sample.gone) return;
    const Instant at{(sample.at.time_since_epoch() / length_) * length_};
    if (steps_.empty() || steps_.back().at != at) steps_.push_back({at});
    steps_.back().add(sample.totals);
  }
  [[nodiscard]] const std::vector<TotalsStep>& steps() const { return steps_; }

 private:
  Duration length_;
  std::vector<TotalsStep> steps_;
};

}  // namespace

bool HistoryPacking::step(Instant now) {
  if (stage_ == Stage::idle && !begin(now)) return false;
  if (!database_.begin()) return false;
  const Stage stage = stage_;
  if (stage == Stage::listing) list_groups();
  if (stage == Stage::packing) pack_some();
  if (stage == Stage::removing) remove_the_rest();
  if (!database_.commit()) stage_ = Stage::idle;
  return stage_ != Stage::idle || stage == Stage::removing;
}

bool HistoryPacking::begin(Instant now) {
  Statement first = database_.prepare("SELECT key FROM pieces ORDER BY key LIMIT 1");
  if (!first.step()) return false;
  hour_ = block_of(history_key_time(first.number(0), piece_unit));
  if (now < hour_ + block_unit + settled_after) return false;
  groups_.clear();
  listed_ = hour_;
  packed_ = 0;
  stage_ = Stage::listing;
  return true;
}

void HistoryPacking::list_groups() {
  Statement question = database_.prepare("SELECT key FROM pieces WHERE key >= ?1 AND key < ?2");
  question.bind(1, history_key(listed_, piece_unit, 0));
  listed_ += listed_at_once;
  question.bind(2, history_key(listed_, piece_unit, 0));
  while (question.step()) groups_.push_back(question.number(0) % most_group_ids);
  std::sort(groups_.begin(), groups_.end());
  groups_.erase(std::unique(groups_.begin(), groups_.end()), groups_.end());
  if (listed_ >= hour_ + block_unit) stage_ = Stage::packing;
}

void HistoryPacking::pack_some() {
  const std::size_t end = std::min(groups_.size(), packed_ + packed_at_once);
  while (packed_ < end) pack(groups_[packed_++]);
  if (packed_ == groups_.size()) stage_ = Stage::removing;
}

void HistoryPacking::pack(std::int64_t group) {
  const auto instants = instants_of(database_, group, hour_, hour_ + block_unit);
  const std::string block = block_of_group(database_, group, hour_, instants);
  database_.prepare("INSERT OR REPLACE INTO blocks VALUES(?1, ?2)")
      .bind(1, history_key(hour_, block_unit, group))
      .bind_blob(2, block)
      .run();
  Statement removal = database_.prepare("DELETE FROM pieces WHERE key = ?1");
  for (const Instant at : instants) removal.bind(1, history_key(at, piece_unit, group)).run();
  database_.prepare("UPDATE groups SET last_block = ?2 WHERE id = ?1")
      .bind(1, group)
      .bind(2, to_ms(hour_))
      .run();
  Totals fine(five_minutes.step);
  Totals coarse(one_hour.step);
  each_sample(hour_, block, instants, [&](const GroupSample& sample) {
    fine.add(sample);
    coarse.add(sample);
  });
  keep_totals(database_, five_minutes, group, fine.steps());
  keep_totals(database_, one_hour, group, coarse.steps());
}

// Those of groups that are not known any more.
void HistoryPacking::remove_the_rest() {
  Statement removal = database_.prepare(
      "DELETE FROM pieces WHERE key IN"
      " (SELECT key FROM pieces WHERE key < ?1 ORDER BY key LIMIT 5000)");
  removal.bind(1, history_key(hour_ + block_unit, piece_unit, 0)).run();
  if (database_.changes() == 0) stage_ = Stage::idle;
}

}  // namespace tidemark
