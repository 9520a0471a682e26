#include "daemon/demo/script.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "daemon/demo/plot.h"

namespace tidemark::demo {
namespace {

constexpr std::int32_t first_generation = 11;
// Groups of a cluster don't commit all at the same instant.
constexpr Duration between_groups = std::chrono::milliseconds{170};

Duration first_record_of(const TopicPlan& topic, std::int32_t partition) {
  return topic.since + partition * topic.every / topic.partitions;
}

// How many instants of first, first + every, … lie up to and including `at`.
std::int64_t instants(Duration first, Duration every, Duration at) {
  return at < first ? 0 : (at - first) / every + 1;
}

int count_at(const TopicPlan& topic, std::int32_t partition, std::int64_t turn) {
  const auto counts = static_cast<std::int64_t>(topic.counts.size());
  return topic.counts.at(static_cast<std::size_t>((turn + partition) % counts));
}

const TopicPlan& find(const ClusterPlan& plan, const std::string& name) {
  const auto found = std::find_if(plan.topics.begin(), plan.topics.end(),
                                  [&](const TopicPlan& topic) { return topic.name == name; });
  return *found;
}

// One partition is enough to be stuck.
const Plot& plot_of(const GroupPlan& group, std::int32_t partition) {
  const bool spared = group.part == Part::stuck && partition != 0;
  return plot_of(spared ? Part::healthy : group.part);
}

// What the group commits at one of its instants, if anything.
std::optional<std::int64_t> commit_at(const Plot& plot, Duration late, const TopicPlan& topic,
                                      std::int32_t partition, Duration at) {
  const Moment now = moment_of(plot, late, at);
  if (now.commits == Commits::none) return std::nullopt;
  const std::int64_t offset = produced(topic, partition, now.read_until);
  if (now.commits == Commits::repeating || at < plot.since + plot.commit_every) return offset;
  const Moment before = moment_of(plot, late, at - plot.commit_every);
  if (produced(topic, partition, before.read_until) == offset) return std::nullopt;
  return offset;
}

}  // namespace

std::int64_t produced(const TopicPlan& topic, std::int32_t partition, Duration at) {
  const auto counts = static_cast<std::int64_t>(topic.counts.size());
  const std::int64_t turns = instants(first_record_of(topic, partition), topic.every, at);
  const int a_round = std::accumulate(topic.counts.begin(), topic.counts.end(), 0);
  std::int64_t out = turns / counts * a_round;
  for (std::int64_t turn = turns - turns % counts; turn < turns; ++turn) {
    out += count_at(topic, partition, turn);
  }
  return out;
}

Duration Script::beginning() const {
  Duration out{0};
  for (const TopicPlan& topic : plan_.topics) out = std::min(out, topic.since);
  for (const GroupPlan& group : plan_.groups) out = std::min(out, plot_of(group.part).since);
  return out - Duration{1};
}

std::vector<Event> Script::between(Duration from, Duration to) const {
  std::vector<Event> out;
  add_records(from, to, out);
  for (const GroupPlan& group : plan_.groups) {
    add_members(group, from, to, out);
    add_commits(group, from, to, out);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Event& a, const Event& b) { return a.at < b.at; });
  return out;
}

void Script::add_records(Duration from, Duration to, std::vector<Event>& out) const {
  for (const TopicPlan& topic : plan_.topics) {
    for (std::int32_t p = 0; p < topic.partitions; ++p) {
      const Duration first = first_record_of(topic, p);
      const std::int64_t end = instants(first, topic.every, to);
      for (std::int64_t turn = instants(first, topic.every, from); turn < end; ++turn) {
        const int count = count_at(topic, p, turn);
        if (count > 0) out.push_back({first + turn * topic.every, Append{&topic, p, count}});
      }
    }
  }
}

void Script::add_members(const GroupPlan& group, Duration from, Duration to,
                         std::vector<Event>& out) const {
  const Plot& plot = plot_of(group.part);
  std::vector<Duration> changes = member_changes(plot, group.late, from, to);
  if (plot.since > from && plot.since <= to) changes.insert(changes.begin(), plot.since);
  for (const Duration at : changes) {
    const Moment moment = moment_of(plot, group.late, at);
    out.push_back({at, Membership{&group, first_generation + moment.changes, moment.members}});
  }
}

void Script::add_commits(const GroupPlan& group, Duration from, Duration to,
                         std::vector<Event>& out) const {
  for (const std::string& name : group.topics) {
    const TopicPlan& topic = find(plan_, name);
    for (std::int32_t p = 0; p < topic.partitions; ++p) {
      const Plot& plot = plot_of(group, p);
      const Duration first = plot.since + (&group - plan_.groups.data()) * between_groups;
      const std::int64_t end = instants(first, plot.commit_every, to);
      for (std::int64_t i = instants(first, plot.commit_every, from); i < end; ++i) {
        const Duration at = first + i * plot.commit_every;
        const auto offset = commit_at(plot, group.late, topic, p, at);
        if (offset) out.push_back({at, Commit{&group, &topic, p, *offset}});
      }
    }
  }
}

}  // namespace tidemark::demo
