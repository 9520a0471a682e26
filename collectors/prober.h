// Looks at single records: what is the first readable one at or after an offset? One thread, its
// own, with a read_committed handle that is opened at the first question and closed when none has
// come for a while. A fixed number of partitions is read at the same time, one question each, and
// each question has a time limit, so memory and time are bounded whatever is asked.
//
// An offset below log start is answered from log start. Every question that was taken is answered
// once, by a ProbeSeen; a refusal or a time-out is an answer too.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <utility>

#include "collectors/kafka_client.h"
#include "collectors/outlet.h"
#include "core/channel.h"
#include "core/clock.h"

namespace tidemark {

class Prober {
 public:
  static constexpr std::size_t most_in_flight = 32;
  static constexpr std::size_t most_waiting = 1024;
  static constexpr std::size_t bytes_each = sizeof(ProbeQuestion) + 256;  // the longest topic name
  static constexpr std::chrono::milliseconds time_limit{4000};            // of one question

  // All outlive it.
  Prober(const CollectorSettings& settings, Outlet& outlet, const Clock& clock)
      : settings_(settings), outlet_(outlet), clock_(clock) {}

  // Any thread; returns at once. False: too many wait already.
  bool ask(ProbeQuestion question) {
    return questions_.push(std::move(question), {1, bytes_each}, std::chrono::milliseconds{0});
  }

  // The thread's body.
  void run(const std::stop_token& stop);

 private:
  using Steady = std::chrono::steady_clock::time_point;
  using Key = std::pair<std::string, std::int32_t>;
  struct Reading {
    Offset from;
    Steady until;
    bool from_log_start = false;
  };

  void take_questions();
  bool open(const std::stop_token& stop);
  void close_if_unused();
  void start(const std::stop_token& stop);
  void fetch(const std::stop_token& stop);
  void take(const FetchedRecord& record, const std::stop_token& stop);
  void resume_at_log_start(const Key& key, Reading& reading, const std::stop_token& stop);
  void give_up_late_ones(const std::stop_token& stop);
  void note_errors();
  void fail(const Key& key, Offset from, std::string why, const std::stop_token& stop);
  void answer(ProbeSeen seen, const std::stop_token& stop);

  const CollectorSettings& settings_;
  Outlet& outlet_;
  const Clock& clock_;
  Channel<ProbeQuestion> questions_{"probes", {most_waiting, most_waiting* bytes_each}};

  std::shared_ptr<KafkaClient> client_;
  std::deque<ProbeQuestion> waiting_;
  std::map<Key, Reading> in_flight_;
  // Of this handle: librdkafka keeps each topic that it has met, and tells a refusal only once.
  std::set<std::string, std::less<>> met_;
  std::set<std::string, std::less<>> denied_;
  Steady used_at_{};
  std::string last_error_;
};

}  // namespace tidemark
