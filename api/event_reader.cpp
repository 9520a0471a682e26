#include "api/event_reader.h"

#include <algorithm>
#include <utility>

namespace tidemark {

EventMemory memory_of(const ClusterReport& report,
                      const std::vector<std::shared_ptr<const Event>>& waiting) {
  EventMemory out;
  out.events = report.events.get();
  out.last = out.events.empty() ? report.last_event : out.events.back()->sequence;
  for (const auto& event : waiting) {
    if (event->sequence <= out.last) out.events.push_back(event);
  }
  std::sort(out.events.begin(), out.events.end(),
            [](const auto& a, const auto& b) { return a->sequence < b->sequence; });
  const auto twice =
      std::unique(out.events.begin(), out.events.end(),
                  [](const auto& a, const auto& b) { return a->sequence == b->sequence; });
  out.events.erase(twice, out.events.end());
  out.whole_from = out.last + 1;
  for (auto at = out.events.rbegin(); at != out.events.rend(); ++at) {
    if ((*at)->sequence + 1 != out.whole_from) break;
    out.whole_from = (*at)->sequence;
  }
  return out;
}

EventArchive* EventSource::archive() {
  if (!std::exchange(tried_, true) && !path_.empty()) {
    auto opened = EventArchive::open(path_);
    if (opened) {
      archive_ = std::move(opened.value());
    } else {
      failure_ = opened.error();
    }
  }
  return archive_.get();
}

std::optional<Error> EventSource::failure() {
  if (archive_ && !failure_) failure_ = archive_->failure();
  return failure_;
}

EventReader::EventReader(const EventMemory& memory, EventSource& source, const std::string& cluster,
                         EventSpan span, const EventFilter& filter, EventOrder order)
    : memory_(memory),
      span_{span.first, std::min(span.last, memory.last)},
      filter_(filter),
      order_(order) {
  const bool all_in_memory = span_.first >= memory.whole_from || span_.first > span_.last;
  EventArchive* const archive = all_in_memory ? nullptr : source.archive();
  if (archive != nullptr) {
    const EventSpan known = archive->span_of(cluster, filter);
    const EventSpan both{std::max(span_.first, known.first), std::min(span_.last, known.last)};
    file_ = archive->read(cluster, both, filter, order);
    from_file_ = file_->next();
  }
  from_memory_ = next_in_memory();
  advance();
}

std::shared_ptr<const Event> EventReader::next_in_memory() {
  const auto& events = memory_.events;
  while (looked_at_ < events.size()) {
    const std::size_t at = looked_at_++;
    const auto& event =
        order_ == EventOrder::oldest_first ? events[at] : events[events.size() - 1 - at];
    const bool within = event->sequence >= span_.first && event->sequence <= span_.last;
    if (within && filter_.matches(*event)) return event;
  }
  return nullptr;
}

bool EventReader::comes_first(const Event& one, const Event& other) const {
  return order_ == EventOrder::oldest_first ? one.sequence < other.sequence
                                            : one.sequence > other.sequence;
}

void EventReader::advance() {
  const bool file_first = from_file_ && (!from_memory_ || comes_first(*from_file_, *from_memory_));
  if (file_first) {
    head_ = std::exchange(from_file_, file_->next());
    return;
  }
  const bool both = from_file_ && from_memory_ && from_file_->sequence == from_memory_->sequence;
  if (both) from_file_ = file_->next();
  head_ = std::exchange(from_memory_, nullptr);
  if (head_) from_memory_ = next_in_memory();
}

}  // namespace tidemark
