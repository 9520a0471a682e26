#include "storage/history_query.h"

#include "storage/history_codec.h"
#include "storage/history_rows.h"
#include "storage/history_schema.h"

namespace tidemark {
namespace {

// Opened for one question.
class Reading {
 public:
  explicit Reading(const std::string& path) {
    error_ = database_.open({path, history_migrations(), Durability::last_ones_may_be_lost, true});
  }

  [[nodiscard]] bool ok() const { return error_.ok(); }
  // The first failure, of opening or since.
  std::optional<Error> failure() {
    if (error_.ok()) error_ = database_.take_error();
    return error_.ok() ? std::nullopt : std::optional(Error{error_.message});
  }
  Database& database() { return database_; }

  // 0: there is none.
  std::int64_t group_id(const HistoryRange& range) {
    Statement found = database_.prepare(
        "SELECT groups.id FROM groups JOIN clusters ON clusters.id = groups.cluster"
        " WHERE clusters.name = ?1 AND groups.name = ?2");
    found.bind_text(1, range.cluster).bind_blob(2, range.group);
    return found.step() ? found.number(0) : 0;
  }

  // A row of a table with keys; empty: there is none.
  std::string row(Statement& question, std::int64_t key) {
    std::string out;
    if (question.bind(1, key).step()) out = question.bytes(0);
    question.reset();
    return out;
  }

 private:
  Database database_;
  DatabaseError error_;
};

}  // namespace

Result<GroupHistory> samples_of(const std::string& path, const HistoryRange& range) {
  Reading reading(path);
  if (!reading.ok()) return *reading.failure();
  GroupHistory out;
  const std::int64_t group = reading.group_id(range);
  if (group == 0) {
    if (auto failure = reading.failure()) return *failure;
    return out;
  }
  const auto keep = [&](const GroupSample& sample) {
    if (sample.at >= range.from && sample.at < range.to) out.samples.push_back(sample);
  };
  for (Instant hour = block_of(range.from); hour < range.to; hour += block_unit) {
    const auto instants = instants_of(reading.database(), group, hour, hour + block_unit);
    if (instants.empty()) continue;
    const std::string bytes = block_of_group(reading.database(), group, hour, instants);
    if (!each_sample(hour, bytes, instants, keep)) out.damaged = true;
  }
  if (auto failure = reading.failure()) return *failure;
  return out;
}

Result<std::vector<TotalsStep>> totals_of(const std::string& path, const HistoryRange& range,
                                          TotalsLength length) {
  const TotalsTier& tier = length == TotalsLength::five_minutes ? five_minutes : one_hour;
  Reading reading(path);
  if (!reading.ok()) return *reading.failure();
  std::vector<TotalsStep> out;
  const std::int64_t group = reading.group_id(range);
  Statement rows = reading.database().prepare("SELECT bytes FROM " + std::string(tier.table) +
                                              " WHERE key = ?1");
  Instant row{(range.from.time_since_epoch() / tier.row) * tier.row};
  for (; group != 0 && row < range.to; row += tier.row) {
    const std::string bytes = reading.row(rows, history_key(row, tier.row, group));
    for (const TotalsStep& step : steps_of(bytes, row, tier.step)) {
      if (step.at >= range.from && step.at < range.to) out.push_back(step);
    }
  }
  if (auto failure = reading.failure()) return *failure;
  return out;
}

}  // namespace tidemark
