#include "daemon/state/event_queue.h"

#include <utility>

namespace tidemark {
namespace {

std::size_t bytes_of(const Event& event) {
  return sizeof(Event) + event.group.size() + event.subject.size() + event.from.size() +
         event.to.size() + event.reason.size() + event.sentence.size() + event.author.size();
}

}  // namespace

EventQueue::EventQueue(std::string cluster, std::uint64_t last, Load room,
                       std::function<void()> arrival)
    : cluster_(std::move(cluster)), room_(room), arrival_(std::move(arrival)), last_(last) {}

void EventQueue::add(Events events) {
  {
    const MutexLock lock(mutex_);
    for (auto& event : events) {
      last_ = event->sequence;
      ++added_;
      bytes_ += bytes_of(*event);
      events_.push_back(std::move(event));
    }
    keep_to(given_up_ ? Load{0, 0} : room_);
  }
  arrival_();
}

// The oldest leave.
void EventQueue::keep_to(Load room) {
  while (events_.size() > room.items || (events_.size() > 1 && bytes_ > room.bytes)) {
    bytes_ -= bytes_of(*events_.front());
    events_.pop_front();
    ++dropped_;
  }
}

EventQueue::Events EventQueue::take(std::size_t most) {
  const MutexLock lock(mutex_);
  while (taken_.size() < most && !events_.empty()) {
    bytes_ -= bytes_of(*events_.front());
    taken_.push_back(std::move(events_.front()));
    events_.pop_front();
  }
  return taken_;
}

void EventQueue::written() {
  const MutexLock lock(mutex_);
  taken_.clear();
}

EventQueue::Events EventQueue::waiting() const {
  const MutexLock lock(mutex_);
  Events out = taken_;
  out.insert(out.end(), events_.begin(), events_.end());
  return out;
}

void EventQueue::give_up() {
  const MutexLock lock(mutex_);
  given_up_ = true;
  dropped_ += taken_.size();
  taken_.clear();
  keep_to({0, 0});
}

std::uint64_t EventQueue::last() const {
  const MutexLock lock(mutex_);
  return last_;
}

ChannelStats EventQueue::stats() const {
  const MutexLock lock(mutex_);
  ChannelStats out;
  out.name = "events";
  out.depth = out.weight = taken_.size() + events_.size();
  out.capacity = room_.items;
  out.pushed = added_;
  out.dropped = dropped_;
  out.bytes = bytes_;
  out.capacity_bytes = room_.bytes;
  return out;
}

}  // namespace tidemark
