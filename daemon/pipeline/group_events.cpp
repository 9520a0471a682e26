#include "daemon/pipeline/group_events.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "daemon/ranges.h"
#include "evaluator/words.h"

namespace tidemark {
namespace {

constexpr std::array all_conditions = {Condition::data_loss, Condition::over_max_time_lag,
                                       Condition::retention_risk, Condition::unsubscribed,
                                       Condition::rebalancing};

Event event_of(const GroupReport& group, EventKind kind, Instant at) {
  Event out;
  out.at = at;
  out.kind = kind;
  out.group = group.name.get();
  return out;
}

std::string beginning(Condition condition, const GroupReport& group) {
  switch (condition) {
    case Condition::over_max_time_lag:
      return "records wait for longer than its max_time_lag: " + group.explanation;
    case Condition::retention_risk:
      return "retention is about to delete records before the group reads them";
    case Condition::unsubscribed:
      return "records are written to a topic that the group has left";
    case Condition::rebalancing:
      return "the group rebalances again and again, generation " + std::to_string(group.generation);
    case Condition::data_loss:
      break;
  }
  return "retention deleted records before the group read them";
}

std::int64_t lost_before(const TopicOfGroup* topic, PartitionId partition) {
  if (topic == nullptr) return 0;
  const auto at = std::lower_bound(
      topic->partitions.begin(), topic->partitions.end(), partition,
      [](const PartitionReport& each, PartitionId wanted) { return each.partition < wanted; });
  return at == topic->partitions.end() || at->partition != partition ? 0 : at->lost;
}

const TopicOfGroup* find_topic(const GroupReport& group, const TopicName& topic) {
  const auto at = std::lower_bound(
      group.topics.begin(), group.topics.end(), topic,
      [](const TopicOfGroup& each, const TopicName& wanted) { return each.topic < wanted; });
  return at == group.topics.end() || at->topic != topic ? nullptr : &*at;
}

// What of one topic was lost since `before`: partitions that had lost nothing until then.
struct Loss {
  std::vector<std::int32_t> partitions;
  std::int64_t records = 0;
};

Loss new_loss(const TopicOfGroup* before, const TopicOfGroup& now) {
  Loss out;
  for (const PartitionReport& each : now.partitions) {
    if (each.lost == 0 || lost_before(before, each.partition) > 0) continue;
    out.partitions.push_back(each.partition.get());
    out.records += each.lost;
  }
  return out;
}

std::string sentence_of(const Loss& loss, const std::string& topic) {
  std::string out = "retention deleted " + words::records(loss.records) + " of ";
  if (loss.partitions.size() == 1) {
    out += topic + "-" + std::to_string(loss.partitions.front());
  } else {
    out += std::to_string(loss.partitions.size()) + " partitions of " + topic + " (" +
           ranges(loss.partitions) + ")";
  }
  return out + " before the group read " + (loss.records == 1 ? "it" : "them");
}

}  // namespace

void GroupEvents::judged(GroupNews& news, const GroupReport* before, const GroupReport& now,
                         bool starting, Instant at) {
  if (const auto left = gone_.find(now.name.get()); left != gone_.end()) {
    compare(*left->second, now, at);
    gone_.erase(left);
    news.learnt = true;
    return;
  }
  if (news.learnt && before != nullptr) {
    compare(*before, now, at);
    return;
  }
  if (news.from_start) {
    news.learnt = !starting && (!now.stale || now.status != GroupStatus::unknown);
    return;
  }
  news.learnt = true;
  Event event = event_of(now, EventKind::group_new, at);
  event.to = to_string(now.status);
  event.reason = to_string(now.reason);
  event.sentence = now.explanation;
  log_.add(std::move(event));
}

void GroupEvents::gone(const GroupNews& news, std::shared_ptr<const GroupReport> last) {
  if (!news.learnt || !last) return;
  std::string name = last->name.get();
  gone_.insert_or_assign(std::move(name), std::move(last));
}

void GroupEvents::look(Instant now) {
  for (const auto& [name, last] : gone_) {
    Event event = event_of(*last, EventKind::group_gone, now);
    event.from = to_string(last->status);
    event.to = "NOT_FOUND";
    event.sentence = "the group was deleted, or everything that it had committed has expired";
    log_.add(std::move(event));
  }
  gone_.clear();
}

void GroupEvents::forgotten(GroupNews& news, const std::string& name, const GroupReport* last,
                            const std::string& author, Instant now) {
  Event event;
  event.at = now;
  event.kind = EventKind::group_forgotten;
  event.group = name;
  if (last != nullptr) event.from = to_string(last->status);
  event.sentence = "the group is forgotten until its next commit";
  event.author = author;
  log_.add(std::move(event));
  news.learnt = false;
}

void GroupEvents::compare(const GroupReport& before, const GroupReport& now, Instant at) {
  if (before.status != now.status) tell_status(before, now, at);
  if (before.conditions != now.conditions) tell_conditions(before, now, at);
  if (now.lost > 0) tell_losses(before, now, at);
}

void GroupEvents::tell_status(const GroupReport& before, const GroupReport& now, Instant at) {
  Event event = event_of(now, EventKind::status, at);
  event.from = to_string(before.status);
  event.to = to_string(now.status);
  event.reason = to_string(now.reason);
  event.sentence = now.explanation;
  log_.add(std::move(event));
}

// That records were lost is told once per loss, by tell_losses.
void GroupEvents::tell_conditions(const GroupReport& before, const GroupReport& now, Instant at) {
  for (const Condition each : all_conditions) {
    const bool holds = now.conditions.has(each);
    if (holds == before.conditions.has(each)) continue;
    if (holds && each == Condition::data_loss) continue;
    Event event = event_of(now, EventKind::condition, at);
    (holds ? event.to : event.from) = to_string(each);
    event.reason = to_string(each);
    event.sentence =
        holds ? beginning(each, now) : std::string(to_string(each)) + " no longer holds";
    log_.add(std::move(event));
  }
}

void GroupEvents::tell_losses(const GroupReport& before, const GroupReport& now, Instant at) {
  for (const TopicOfGroup& topic : now.topics) {
    const Loss loss = new_loss(find_topic(before, topic.topic), topic);
    if (loss.partitions.empty()) continue;
    Event event = event_of(now, EventKind::data_loss, at);
    event.subject = topic.topic.get();
    if (loss.partitions.size() == 1) event.subject += "-" + std::to_string(loss.partitions.front());
    event.to = to_string(Condition::data_loss);
    event.reason = to_string(Condition::data_loss);
    event.sentence = sentence_of(loss, topic.topic.get());
    log_.add(std::move(event));
  }
}

}  // namespace tidemark
