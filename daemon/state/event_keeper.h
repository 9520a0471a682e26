// Keeps the events of all clusters in state.db. Nothing waits for it: pipelines put events into
// bounded queues, and whatever the file does, verdicts, answers and scrapes go on; meanwhile the
// events wait here, and answers have them from here.
//
// A file that is damaged is set aside under another name and a new one begun; one of a newer
// version is left alone and nothing is kept; without room, or on a read-only disk, it tries again,
// after a second and then less and less often. Each of these is said in the log and in status().
//
// One thread of its own (`state`). Its end writes what waits, for three seconds at most.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/log.h"
#include "core/mutex.h"
#include "core/published.h"
#include "core/worker.h"
#include "daemon/state/event_queue.h"
#include "daemon/state/event_start.h"
#include "storage/event_status.h"
#include "storage/state_file.h"

namespace tidemark {

class EventKeeper {
 public:
  // Opens the file and learns from it where the numbers of each cluster go on. `clock` outlives it.
  EventKeeper(StateFileSettings settings, const std::vector<std::string>& clusters,
              const Clock& clock);
  ~EventKeeper();
  EventKeeper(const EventKeeper&) = delete;
  EventKeeper& operator=(const EventKeeper&) = delete;

  // By the order of the clusters. Fixed after construction.
  [[nodiscard]] const EventStart& start_of(std::size_t cluster) const { return starts_[cluster]; }
  EventQueue& queue(std::size_t cluster) { return *queues_[cluster]; }

  // Any thread.
  [[nodiscard]] std::shared_ptr<const EventStatus> status() const;
  // Those of one cluster that are not in the file, oldest first.
  [[nodiscard]] EventQueue::Events waiting(std::string_view cluster) const;

  // What the thread does, to be called by hand in tests: writes what waits, or tries to, and keeps
  // the file in order. True: there is more of the latter to do at once.
  bool work();
  // What it does at its end.
  void finish();

  // From here on it works by itself, until stop(), which waits for its end.
  void start();
  void stop();

 private:
  using Steady = std::chrono::steady_clock;

  void run(const std::stop_token& stop);
  void wait(std::chrono::milliseconds limit);
  void note_arrival();

  DatabaseError open_file();
  bool ready();
  DatabaseError begin();
  void write_what_waits();
  std::size_t write_some();
  void look_alive();
  bool keep_up();
  void written(std::size_t events);
  void take(const DatabaseError& error);
  void give_up();
  void set_damaged_aside(bool say_if_it_stays);
  void say_lost();
  void publish();
  [[nodiscard]] std::uint64_t waiting() const;
  [[nodiscard]] std::uint64_t lost() const;
  [[nodiscard]] Instant shown_now() const { return clock_.now() + clock_.step(); }

  const StateFileSettings settings_;
  const Clock& clock_;
  std::vector<std::unique_ptr<EventQueue>> queues_;
  std::vector<EventStart> starts_;

  std::unique_ptr<StateFile> file_;  // null: to be opened, unless off
  Steady::time_point try_again_;
  std::chrono::milliseconds patience_;
  Steady::time_point alive_at_;
  Steady::time_point kept_up_at_;
  log::RateLimit complaints_;
  std::uint64_t lost_told_ = 0;
  DatabaseError failing_;  // none: it is written
  EventStatus now_;
  Published<EventStatus> status_;

  Mutex mutex_;
  CondVar arrival_;
  bool arrived_ TM_GUARDED_BY(mutex_) = false;
  std::unique_ptr<Worker> thread_;
};

}  // namespace tidemark
