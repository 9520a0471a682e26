// Which probes are asked, in which order and how many at a time. One question per (topic,
// partition, offset), whoever wants to know; accusations first, then what waits since nobody knows
// when, then what has merely waited. What failed is asked again with backoff; a topic that may not
// be read is left alone for long, and is named in the log once. Owned by one pipeline thread;
// instants are on the brokers' clock.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "core/log.h"
#include "core/time.h"
#include "evaluator/observation.h"

namespace tidemark {

class ProbeDesk {
 public:
  enum class Urgency : std::uint8_t {
    accusation,   // a verdict waits for it
    unknown_age,  // nothing tells since when records wait
    waiting,      // records have waited for a slot: are they any?
  };
  static constexpr std::size_t most_in_flight = 32;
  static constexpr std::size_t most_wanted = 10'000;
  static constexpr std::size_t most_with_accusations = 50'000;
  static constexpr int most_waiting_a_second = 100;  // questions of the least urgency

  explicit ProbeDesk(std::string cluster) : cluster_(std::move(cluster)) {}

  // What a question is about.
  struct Place {
    Place(std::string_view of_topic, PartitionId at, Offset since)
        : topic(of_topic), partition(at), from(since) {}
    Place(const ProbeQuestion& question)  // NOLINT(google-explicit-constructor)
        : Place(question.topic.get(), question.partition, question.from) {}

    std::string_view topic;
    PartitionId partition;
    Offset from;
  };
  // Null: it will be asked, or is being asked. Else: when to come again, it makes no sense before.
  std::optional<Instant> want(const Place& place, Urgency urgency, Instant now);

  // What to ask now; of what is not `still_wanted` nothing more is heard.
  std::vector<ProbeQuestion> take(Instant now,
                                  const std::function<bool(const ProbeQuestion&)>& still_wanted);
  // It could not be handed on: it will be taken again.
  void put_back(const ProbeQuestion& question);
  // Questions handed on so long ago that no answer will come any more; they count as failed.
  std::vector<ProbeQuestion> take_lost(Instant now);
  // False: nobody waits for this answer.
  bool answered(const ProbeSeen& seen, Instant now);

  // Counted since the start. Answers of any kind are `sent` − those in flight.
  [[nodiscard]] std::uint64_t sent() const { return sent_; }
  [[nodiscard]] std::uint64_t failed() const { return failed_; }
  [[nodiscard]] std::uint64_t skipped() const { return skipped_; }
  [[nodiscard]] std::size_t waiting() const { return asked_.size(); }  // those in flight included

 private:
  using PartitionKey = std::pair<std::string, std::int32_t>;
  struct Key {
    std::string topic;
    PartitionId partition;
    Offset from;
  };
  // A place is found without a key of its own.
  struct Hash {
    using is_transparent = void;
    template <class A>
    std::size_t operator()(const A& a) const {
      constexpr std::size_t golden = 0x9E3779B97F4A7C15;  // spreads what differs in its last bits
      const auto partition = static_cast<std::size_t>(a.partition.get());
      const auto from = static_cast<std::size_t>(a.from.get());
      return ((std::hash<std::string_view>()(a.topic) + partition) * golden + from) * golden;
    }
  };
  struct Same {
    using is_transparent = void;
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return a.partition == b.partition && a.from == b.from && a.topic == b.topic;
    }
  };
  template <class T>
  using ByPlace = std::unordered_map<Key, T, Hash, Same>;
  struct Asked {
    Urgency urgency = Urgency::waiting;
    bool sent = false;
  };
  struct Pause {
    Instant until;
    Duration length{0};
  };

  [[nodiscard]] std::optional<Instant> paused(const Place& place, Instant now) const;
  void note_denied(const ProbeSeen& seen, Instant now);
  void note_failed(const ProbeQuestion& question, Instant now);
  bool may_take(Urgency urgency, Instant now);

  const std::string cluster_;
  ByPlace<Asked> asked_;
  std::array<std::deque<Key>, 3> queues_;  // by urgency; entries that `asked_` belies are void
  ByPlace<Instant> in_flight_;             // since when
  std::map<PartitionKey, Pause> pauses_;   // after failures
  std::map<std::string, Instant, std::less<>> denied_;  // topic → until
  std::set<std::string> named_;                         // denied ones that the log has named
  Instant second_;  // in which so many of the least urgency were taken:
  int taken_in_second_ = 0;
  std::uint64_t sent_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t skipped_ = 0;
  log::RateLimit skipped_limit_{std::chrono::seconds{60}};
};

}  // namespace tidemark
