#include "daemon/state/event_keeper.h"

#include <algorithm>
#include <random>
#include <utility>

namespace tidemark {
namespace {

using std::chrono::milliseconds;

constexpr Load room_of_a_cluster{100'000, 64'000'000};
constexpr std::size_t rows_at_once = 5'000;  // of a cluster, in one transaction
constexpr milliseconds rest_between_writes{100};
constexpr milliseconds rest_between_steps{10};  // of upkeep
constexpr milliseconds upkeep_every{10'000};
constexpr milliseconds alive_every{30'000};
constexpr milliseconds look_every{500};
constexpr milliseconds first_patience{1'000};
constexpr milliseconds longest_patience{30'000};
constexpr milliseconds end_within{3'000};
constexpr std::chrono::minutes complain_every{10};

std::uint64_t new_name() {
  std::random_device random;
  return ((std::uint64_t{random()} << 31U) ^ random()) & 0x7fff'ffff'ffff'ffffU;
}

}  // namespace

EventKeeper::EventKeeper(StateFileSettings settings, const std::vector<std::string>& clusters,
                         const Clock& clock)
    : settings_(std::move(settings)),
      clock_(clock),
      patience_(first_patience),
      complaints_(complain_every),
      status_(std::make_shared<EventStatus>()) {
  now_.state = EventStatus::State::keeping;
  now_.path = settings_.path;
  now_.log = new_name();
  const DatabaseError error = open_file();
  std::string trouble = error.message;
  for (const std::string& name : clusters) {
    starts_.push_back(error.ok() ? start_after(file_->record_of(name), shown_now())
                                 : start_without_record(trouble, shown_now()));
    queues_.push_back(std::make_unique<EventQueue>(name, starts_.back().last, room_of_a_cluster,
                                                   [this] { note_arrival(); }));
  }
  if (!error.ok()) {
    take(error);
    ready();  // where it was damaged, a new one begins
  } else if (const DatabaseError unwritable = begin(); !unwritable.ok()) {
    // What a later start would read there would not be true.
    for (EventStart& start : starts_) start = start_without_record(unwritable.message, shown_now());
    take(unwritable);
  } else {
    log::info("events are kept in {}", settings_.path);
  }
  publish();
}

EventKeeper::~EventKeeper() { stop(); }

void EventKeeper::stop() {
  if (!thread_) return;
  thread_->request_stop();
  note_arrival();
  thread_.reset();
}

void EventKeeper::start() {
  thread_ = std::make_unique<Worker>("state", [this](const std::stop_token& stop) { run(stop); });
}

void EventKeeper::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const bool more = work();
    if (!stopped_within(stop, more ? rest_between_steps : rest_between_writes) && !more) {
      wait(look_every);
    }
  }
  finish();
}

void EventKeeper::wait(milliseconds limit) {
  const MutexLock lock(mutex_);
  arrival_.wait_until(mutex_, Steady::now() + limit,
                      [&]() TM_REQUIRES(mutex_) { return arrived_; });
  arrived_ = false;
}

void EventKeeper::note_arrival() {
  const MutexLock lock(mutex_);
  arrived_ = true;
  arrival_.notify_one();
}

std::shared_ptr<const EventStatus> EventKeeper::status() const {
  auto out = std::make_shared<EventStatus>(*status_.get());
  out->waiting = waiting();
  out->lost = lost();
  return out;
}

EventQueue::Events EventKeeper::waiting(std::string_view cluster) const {
  for (const auto& queue : queues_) {
    if (queue->cluster() == cluster) return queue->waiting();
  }
  return {};
}

std::uint64_t EventKeeper::waiting() const {
  std::uint64_t out = 0;
  for (const auto& queue : queues_) out += queue->stats().depth;
  return out;
}

std::uint64_t EventKeeper::lost() const {
  std::uint64_t out = 0;
  for (const auto& queue : queues_) out += queue->stats().dropped;
  return out;
}

bool EventKeeper::work() {
  if (!ready()) {
    publish();
    return false;
  }
  write_what_waits();
  look_alive();
  const bool more = keep_up();
  publish();
  return more;
}

void EventKeeper::finish() {
  try_again_ = {};
  if (ready()) {
    const auto end = clock_.steady() + end_within;
    while (file_ && waiting() > 0 && clock_.steady() < end) write_some();
    if (file_ && waiting() == 0) take(file_->note_alive(shown_now(), true));
  }
  if (waiting() > 0) log::error("the last {} events are not in {}", waiting(), settings_.path);
  publish();
}

DatabaseError EventKeeper::open_file() {
  file_ = std::make_unique<StateFile>(settings_);
  const DatabaseError error = file_->open(now_.log);
  if (error.ok() && queues_.empty()) now_.log = file_->log();
  return error;
}

// Opens the file if need be and if it is time to.
bool EventKeeper::ready() {
  if (file_) return true;
  if (now_.state == EventStatus::State::off || clock_.steady() < try_again_) return false;
  DatabaseError error = open_file();
  if (error.ok()) error = begin();
  take(error);
  if (error.ok() && waiting() == 0) written(0);
  publish();
  return file_ != nullptr;
}

DatabaseError EventKeeper::begin() {
  std::vector<StateFile::Beginning> clusters;
  for (const auto& queue : queues_) {
    // Those that wait are not in the file; as it is told before an end, that is all the same.
    clusters.push_back({queue->cluster(), queue->last()});
  }
  return file_->begin(clusters, shown_now());
}

void EventKeeper::write_what_waits() {
  while (file_ && write_some() >= rows_at_once) {
  }
}

// How many.
std::size_t EventKeeper::write_some() {
  std::vector<EventBatch> batches;
  std::size_t events = 0;
  for (const auto& queue : queues_) {
    EventBatch batch{queue->cluster(), queue->take(rows_at_once)};
    events += batch.events.size();
    if (!batch.events.empty()) batches.push_back(std::move(batch));
  }
  if (events == 0) return 0;
  const DatabaseError error = file_->write(batches, shown_now());
  if (!error.ok()) {
    take(error);
    return 0;
  }
  for (const auto& queue : queues_) queue->written();
  written(events);
  return events;
}

void EventKeeper::written(std::size_t events) {
  if (now_.state == EventStatus::State::failing) {
    log::info("events are written to {} again, {} that had waited among them", settings_.path,
              events + waiting());
  }
  now_.state = EventStatus::State::keeping;
  now_.reason.clear();
  failing_ = {};
  if (events > 0) now_.last = shown_now();
  now_.written += events;
  patience_ = first_patience;
  alive_at_ = clock_.steady();
}

// So that after an end without notice it is known when that was.
void EventKeeper::look_alive() {
  if (!file_ || clock_.steady() < alive_at_ + alive_every) return;
  const DatabaseError error = file_->note_alive(shown_now());
  take(error);
  if (error.ok()) written(0);
}

bool EventKeeper::keep_up() {
  if (!file_ || clock_.steady() < kept_up_at_ + upkeep_every) return false;
  const auto kept = file_->keep_up(shown_now());
  take(kept.error);
  if (!kept.more) kept_up_at_ = clock_.steady();
  return kept.more;
}

// What a failure leads to; what waits goes on waiting.
void EventKeeper::take(const DatabaseError& error) {
  if (error.ok()) return;
  file_.reset();
  const bool said = error.known_from(failing_);
  failing_ = error;
  now_.reason = error.message;
  if (error.fault == DatabaseFault::newer) {
    give_up();
    return;
  }
  now_.state = EventStatus::State::failing;
  try_again_ = clock_.steady() + patience_;
  patience_ = std::min(2 * patience_, longest_patience);
  if (!said) {
    log::error("events can't be written: {}; they wait in memory, {} of each cluster at most",
               error.message, room_of_a_cluster.items);
  }
  if (error.fault == DatabaseFault::damaged) set_damaged_aside(!said);
}

void EventKeeper::give_up() {
  now_.state = EventStatus::State::off;
  log::error("events are kept in memory only: {}", now_.reason);
  for (const auto& queue : queues_) queue->give_up();
}

void EventKeeper::set_damaged_aside(bool say_if_it_stays) {
  const auto moved = set_aside(settings_.path, to_ms(shown_now()));
  if (moved) {
    log::error("{} is damaged: it is now {}, and a new one begins", settings_.path, moved.value());
    try_again_ = clock_.steady();
  } else if (say_if_it_stays) {
    log::error("{} is damaged, and stays: {}", settings_.path, moved.error().message);
  }
}

void EventKeeper::say_lost() {
  const std::uint64_t lost = this->lost();
  if (lost == lost_told_ || !complaints_.pass(clock_.steady())) return;
  lost_told_ = lost;
  log::error("{} events are lost: there was no room to let them wait for {}", lost, settings_.path);
}

void EventKeeper::publish() {
  if (now_.state == EventStatus::State::failing) say_lost();
  if (file_) now_.bytes = file_->bytes();
  status_.publish(std::make_shared<EventStatus>(now_));
}

}  // namespace tidemark
