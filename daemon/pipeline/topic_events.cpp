#include "daemon/pipeline/topic_events.h"

#include <utility>

#include "evaluator/words.h"

namespace tidemark {
namespace {

Event event_of(EventKind kind, std::string_view topic, std::string reason, std::string sentence) {
  Event out;
  out.kind = kind;
  out.subject = topic;
  out.reason = std::move(reason);
  out.sentence = std::move(sentence);
  return out;
}

Event unread_event(const TopicReport& topic, Instant now) {
  Event out = event_of(EventKind::unread_topic, topic.topic.get(), "unread",
                       "records are written to it and no group reads them");
  out.to = "unread";
  out.at = now;
  return out;
}

}  // namespace

void TopicEvents::recreated(std::string_view topic) {
  waiting_.insert_or_assign(
      std::string(topic),
      event_of(EventKind::topic_recreated, topic, "topic_id",
               "it was deleted and created again: what was committed before counts no more"));
}

void TopicEvents::fell(std::string_view topic, PartitionId partition, Offset from, Offset to) {
  waiting_.try_emplace(
      std::string(topic),
      event_of(EventKind::topic_recreated, topic, "log_end_fell",
               "the log end of " + std::string(topic) + "-" + std::to_string(partition.get()) +
                   " went back from " + words::number(from) + " to " + words::number(to) +
                   ": the topic was deleted and created again, or truncated"));
}

void TopicEvents::look(Instant now) {
  if (waiting_.empty()) return;
  std::erase_if(told_, [&](const auto& each) { return now - each.second > quiet_; });
  for (auto& [topic, event] : waiting_) {
    if (!told_.try_emplace(topic, now).second) continue;
    event.at = now;
    log_.add(std::move(event));
  }
  waiting_.clear();
}

void TopicEvents::look_for_unread(const TopicList& topics, Instant now) {
  std::set<std::string, std::less<>> unread;
  for (const auto& topic : topics) {
    if (!topic->unread_reported) continue;
    unread.insert(topic->topic.get());
    if (!unread_.contains(topic->topic.get())) log_.add(unread_event(*topic, now));
  }
  for (const std::string& topic : unread_) {
    if (unread.contains(topic)) continue;
    Event event = event_of(EventKind::unread_topic, topic, "read",
                           "a group reads it, or nothing is written to it any more");
    event.from = "unread";
    event.at = now;
    log_.add(std::move(event));
  }
  unread_ = std::move(unread);
}

}  // namespace tidemark
