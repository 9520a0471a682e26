#include "daemon/pipeline/log_intake.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace tidemark {
namespace {

// The burrow rules look back as many refreshes as commits; without them none need be kept.
std::size_t refreshes_for_burrow(const PolicyTable& policies) {
  int most = 0;
  for (const PolicyEntry& entry : policies.entries()) {
    if (entry.policy.rules == RuleSet::burrow) most = std::max(most, entry.policy.intervals);
  }
  return static_cast<std::size_t>(most);
}

// What was seen of it is of a log that is no more; the next refresh shows the one that is.
void forget_log(TopicPartition& partition) {
  partition.history.forget();
  partition.starts.forget();
  partition.end.reset();
  partition.start.reset();
  partition.lso.reset();
  partition.lso_since.reset();
  partition.released.forget();
}

// Before the log end of the same refresh is taken.
void take_log_start(TopicPartition& partition, Offset seen, Instant at) {
  if (partition.start && seen < *partition.start) partition.starts.forget();
  if (partition.start && seen > *partition.start && partition.end) {
    const Crossing written = partition.history.crossing(Offset{seen.get() - 1});
    LogStartLog::Move move{seen, *partition.end, at};
    if (written.kind == Crossing::Kind::shown) move.deleted_age = at - written.at;
    partition.starts.moved(move);
  }
  partition.start = seen;
}

// Likewise. Moving on, however little, is no hanging transaction.
void take_lso(TopicPartition& partition, const PartitionOffsets& seen, bool moved, Instant at) {
  if (moved && partition.lso_since && *partition.lso < *seen.lso) {
    partition.released.rose(*partition.lso, *seen.lso, at);
  }
  if (seen.lso) partition.lso = seen.lso;
  const Offset end = seen.end.value_or(partition.end.value_or(Offset{0}));
  if (!partition.lso || *partition.lso >= end) {
    partition.lso_since.reset();
  } else if (moved || !partition.lso_since) {
    partition.lso_since = at;
  }
}

// As it came, for the burrow rules.
void remember_refresh(TopicPartition& partition, const LogEnd& end, std::size_t most) {
  if (most == 0) return;
  if (partition.recent.size() >= most) partition.recent.erase(partition.recent.begin());
  partition.recent.push_back(end);
}

}  // namespace

LogIntake::LogIntake(Books& books, Sight& sight, Turns& turns, TopicEvents& events, Pauses& pauses,
                     const PolicyTable& policies)
    : books_(books),
      sight_(sight),
      turns_(turns),
      events_(events),
      pauses_(pauses),
      burrow_refreshes_(refreshes_for_burrow(policies)) {}

void LogIntake::take(TopicsSeen&& seen) {
  books_.cluster_id = std::move(seen.cluster_id);
  books_.brokers = seen.brokers;
  sight_.offsets.resize(seen.offsets_topic_partitions);
  sight_.shares.apply(seen);
  books_.topic_names.apply(seen);
  // Padding up to a topic's size shows in its groups.
  if (books_.topics.apply(seen)) turns_.wake_all();
}

void LogIntake::take(const LogEndsSeen& seen) {
  sight_.shares.apply(seen);
  sight_.log_ends_at = std::max(sight_.log_ends_at.value_or(seen.taken_at), seen.taken_at);
  for (const OffsetsTopicEnd& at : seen.offsets_topic) {
    sight_.offsets.polled(seen.taken_at, at.partition, at.end, at.lso);
  }
  if (!books_.topics.list_known()) turns_.wake_all();
  const Instant at = sight_.broker_time(seen.taken_at);
  for (const TopicOffsets& offsets : seen.topics) {
    Topic* topic = books_.topics.of_log_ends(offsets.topic.get());
    if (topic == nullptr) continue;
    for (const PartitionOffsets& partition : offsets.partitions) {
      take(*topic, partition, at);
      pauses_.worked();
    }
  }
}

void LogIntake::take(const TopicSettingsSeen& seen) {
  for (const auto& [name, settings] : seen.topics) {
    Topic* topic = books_.topics.find(name.get());
    if (topic == nullptr || topic->settings == settings) continue;
    topic->settings = settings;
    topic->changed = true;
    for (const TopicPartition& partition : topic->partitions) {
      for (const Slot reader : partition.readers) turns_.wake(reader);
    }
  }
}

void LogIntake::take(Topic& topic, const PartitionOffsets& seen, Instant at) {
  const std::size_t size = topic.partitions.size();
  TopicPartition& partition = TopicTable::partition(topic, seen.partition);
  if (topic.partitions.size() != size) turns_.wake_readers(topic);
  Moved moved;
  moved.start = seen.start && seen.start != partition.start;
  moved.lso = seen.lso && seen.lso != partition.lso;
  moved.end = seen.end && seen.end != partition.end;
  moved.leader = seen.leader != partition.leader;
  topic.changed = topic.changed || moved.start || moved.lso || moved.end || moved.leader;
  partition.leader = seen.leader;
  if (seen.start) take_log_start(partition, *seen.start, at);
  take_lso(partition, seen, moved.lso, at);
  moved.fell = seen.end && take_end(topic, partition, seen, at);
  for (const Slot reader : partition.readers) {
    pauses_.worked();
    tell(reader, partition, seen, moved);
  }
}

// True: it fell.
bool LogIntake::take_end(Topic& topic, TopicPartition& partition, const PartitionOffsets& seen,
                         Instant at) {
  settle(partition);
  if (!partition.history.empty()) at = std::max(at, partition.history.newest().at);
  const bool fell = partition.history.append({*seen.end, at}, books_.settings.refresh);
  if (fell && partition.end) {
    events_.fell(topic.name, seen.partition, *partition.end, *seen.end);
  }
  partition.end = seen.end;
  if (fell) {
    ++books_.upheavals;
    partition.starts.forget();
    partition.released.forget();
    partition.start = seen.start;
  }
  remember_refresh(partition, {*seen.end, at}, burrow_refreshes_);
  return fell;
}

void LogIntake::tell(Slot reader, const TopicPartition& partition, const PartitionOffsets& seen,
                     const Moved& moved) {
  SlotInfo& of = books_.slots.info(reader);
  if (moved.start || moved.lso) turns_.wake(reader);
  if (moved.leader) turns_.wake_whole(*of.reading->group);
  if ((moved.lso || moved.end) && of.probe == Probe::end) of.probe = Probe::none;
  if (moved.start && of.probe == Probe::asked) of.probe = Probe::none;  // of what is deleted
  if (!seen.end) return;
  if (moved.fell) {
    begin_anew(reader, partition);
  } else if (moved.end || of.watch) {
    // Watched: a pending move is judged now, and a commit may turn out to be beyond the log end,
    // both without the log end having moved.
    books_.slots.refreshed(reader);
    turns_.wake(reader);
  }
  if (moved.fell || !of.end_at_commit_known) {
    of.end_at_commit_known = true;
    of.end_at_commit = *seen.end;
    if (!of.rests) turns_.wake(reader);  // only a topic that was left is judged by it
  }
}

// The log end fell, or it is of another topic.
void LogIntake::begin_anew(Slot reader, const TopicPartition& partition) {
  SlotInfo& of = books_.slots.info(reader);
  books_.slots.load(reader, history_);
  of.forget_probe();
  apply_refresh(history_, partition.history, true, *of.reading->policy);
  books_.slots.save(reader, history_);
  books_.slots.note_watch(reader, history_);
  turns_.wake(reader);
}

// Before its log ends change: what waits has been committed amid those that there are.
void LogIntake::settle(const TopicPartition& partition) {
  const std::vector<Slot>& readers = partition.readers;
  for (std::size_t i = 0; i < readers.size(); ++i) {
    books_.slots.expect_settling(i, readers);
    if (books_.slots.settle(readers[i])) pauses_.worked();
  }
}

void LogIntake::recreated(Topic& topic, Instant at) {
  ++books_.upheavals;
  for (TopicPartition& partition : topic.partitions) {
    settle(partition);
    if (!partition.history.empty() && partition.history.newest().at <= at) forget_log(partition);
    for (const Slot reader : partition.readers) begin_anew(reader, partition);
  }
}

}  // namespace tidemark
