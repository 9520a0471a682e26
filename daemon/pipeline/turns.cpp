#include "daemon/pipeline/turns.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/block_pool.h"

namespace tidemark {
namespace {

constexpr std::size_t many = 256;  // groups

}  // namespace

void Turns::wake(Slot slot) {
  SlotInfo& of = books_.slots.info(slot);
  Group& group = *of.reading->group;
  if (of.rests) {
    of.rests = false;
    group.awake.push_back(slot);
  }
  wake(group);
}

void Turns::wake(Group& group) {
  if (group.dirty) return;
  group.dirty = true;
  if (group.place != Group::unplaced) turns_[group.place].at = Instant::min();
}

void Turns::wake_whole(Group& group) {
  group.whole = true;
  wake(group);
}

void Turns::wake_all() {
  for (auto& [name, group] : books_.groups) {
    group.members_known = false;  // the names that they are told by may have changed
    wake_whole(group);
  }
}

void Turns::wake_readers(const Topic& topic) {
  for (const TopicPartition& partition : topic.partitions) {
    for (const Slot reader : partition.readers)
      wake_whole(*books_.slots.info(reader).reading->group);
  }
}

void Turns::order() {
  if (ordered_) return;
  ordered_ = true;
  std::vector<Turn> turns;
  turns.reserve(books_.groups.size());
  reports_.clear();
  names_ = std::make_shared<GroupNames>();
  for (auto& [name, group] : books_.groups) {
    turns.push_back(
        {group.place == Group::unplaced ? Instant::min() : turns_[group.place].at, &group});
    group.place = turns.size() - 1;
    reports_.push_back(group.report);
    pauses_.worked();
  }
  turns_ = std::move(turns);
}

void Turns::each_due(Instant now, const std::function<void(Group&)>& judge) {
  order();
  const Instant broker_now = sight_.broker_time(now);
  std::optional<BlockPool::Turnover> turnover;  // of reports
  if (most_due(broker_now)) turnover.emplace(BlockPool::shared());
  for (Turn& turn : turns_) {
    if (turn.at > broker_now) continue;
    Group& group = *turn.group;
    if (due(group, now)) judge(group);
    turn.at = next(group);
    pauses_.worked();
  }
}

bool Turns::most_due(Instant broker_now) const {
  const auto due = static_cast<std::size_t>(std::count_if(
      turns_.begin(), turns_.end(), [&](const Turn& turn) { return turn.at <= broker_now; }));
  return due >= many && 2 * due > turns_.size();
}

Instant Turns::next(const Group& group) {
  if (group.dirty || group.report->stale) return Instant::min();
  return std::min(group.due.value_or(Instant::max()), group.stale_from.value_or(Instant::max()));
}

void Turns::show(Group& group) {
  if (ordered_ && group.place != Group::unplaced) reports_.set(group.place, group.report);
}

bool Turns::due(Group& group, Instant now) {
  if (!group.report) return true;
  const bool starting = sight_.starting(group);
  if (starting && group.report->stale) return false;  // nothing else can be said yet
  const Instant broker_now = sight_.broker_time(now);
  const auto came = [&](std::optional<Instant> at) { return at && *at <= broker_now; };
  const bool time = group.report->stale || came(group.due) ||
                    (came(group.stale_from) && !still_fresh(group, broker_now));
  const bool most =
      2 * group.awake.size() > static_cast<std::size_t>(group.report->partition_count);
  group.whole = group.whole || starting || time || most;
  return starting || group.dirty || time;
}

// Whether what a quiet group was judged by has been refreshed since: then nothing is to be said
// anew, and it costs next to nothing.
bool Turns::still_fresh(Group& group, Instant broker_now) {
  if (group.has_sentences || group.membership.kind() == GroupKind::share) return false;
  Instant oldest = broker_now;
  if (const auto until = sight_.read_until(group)) oldest = std::min(oldest, *until);
  for (const auto& [name, reading] : group.readings) {
    for (const auto& [partition, slot] : reading.slots) {
      const LogEndHistory& ends = books_.slots.info(slot).at().history;
      if (ends.empty()) return false;
      oldest = std::min(oldest, ends.newest().at);
    }
  }
  group.stale_from = oldest + stale_refreshes * books_.settings.refresh + Duration{1};
  return *group.stale_from > broker_now;
}

}  // namespace tidemark
