// Makes one state of many signs: is the cluster reachable, do we get in, may we read. Signs come
// from any thread; the one that reports takes the changes.
//
// A single dead broker of several does not make a cluster unreachable: only a metadata request that
// fails does, or the loss of all brokers before the first answer.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "collectors/kafka_error.h"
#include "core/mutex.h"
#include "evaluator/observation.h"

namespace tidemark {

enum class OffsetsTopicAccess : std::uint8_t { unknown, there, missing, no_describe };

class LinkTracker {
 public:
  // `bootstrap`: for the problem's sentence when no address is known to be the cause.
  explicit LinkTracker(std::string bootstrap) : bootstrap_(std::move(bootstrap)) {}

  // From an error callback. True if the brokers' presence should be verified now.
  bool noticed(const KafkaError& error);
  // A metadata request was answered, or failed.
  void answered();
  void failed(const KafkaError& error);
  void offsets_topic_is(OffsetsTopicAccess access);
  // Whether the records of the offsets topic may be read.
  void reading_allowed(bool allowed);

  // The state, if it is another than at the last call. It begins with `connecting`.
  std::optional<LinkSeen> take_change();

 private:
  [[nodiscard]] LinkSeen state() const TM_REQUIRES(mutex_);
  [[nodiscard]] LinkSeen down() const TM_REQUIRES(mutex_);

  const std::string bootstrap_;

  Mutex mutex_;
  std::optional<bool> up_ TM_GUARDED_BY(mutex_);                    // null: nothing is known yet
  std::map<std::string, KafkaError> causes_ TM_GUARDED_BY(mutex_);  // by address, since the answer
  OffsetsTopicAccess access_ TM_GUARDED_BY(mutex_) = OffsetsTopicAccess::unknown;
  bool may_read_ TM_GUARDED_BY(mutex_) = true;
  std::optional<LinkSeen> told_ TM_GUARDED_BY(mutex_);
};

}  // namespace tidemark
