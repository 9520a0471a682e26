// The events of one cluster one after the other, wherever they are: in its newest report, waiting
// to be written, or in state.db. For one request, on its thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/lookup.h"
#include "api/view.h"
#include "evaluator/event.h"
#include "storage/event_query.h"

namespace tidemark {

// Those in memory, by their numbers.
struct EventMemory {
  std::vector<std::shared_ptr<const Event>> events;
  std::uint64_t last = 0;        // the newest number that the report knows: none after it are shown
  std::uint64_t whole_from = 1;  // from here on all are in memory
};
// `waiting` was asked for after the report was.
EventMemory memory_of(const ClusterReport& report,
                      const std::vector<std::shared_ptr<const Event>>& waiting);

// state.db as far as one request needs it: opened when first asked.
class EventSource {
 public:
  // `path` empty: there is no file.
  explicit EventSource(std::string path) : path_(std::move(path)) {}

  // Null: there is none, or it can't be read.
  EventArchive* archive();
  // Why what was read is not all; null: it is.
  std::optional<Error> failure();
  [[nodiscard]] bool there() const { return !path_.empty(); }

 private:
  const std::string path_;
  bool tried_ = false;
  std::unique_ptr<EventArchive> archive_;
  std::optional<Error> failure_;
};

class EventReader {
 public:
  // All matching ones within `span`, in `order`. Both memory and source outlive it.
  EventReader(const EventMemory& memory, EventSource& source, const std::string& cluster,
              EventSpan span, const EventFilter& filter, EventOrder order);

  // The next one; null at the end.
  [[nodiscard]] const std::shared_ptr<const Event>& head() const { return head_; }
  void advance();

 private:
  std::shared_ptr<const Event> next_in_memory();
  [[nodiscard]] bool comes_first(const Event& one, const Event& other) const;

  const EventMemory& memory_;
  const EventSpan span_;
  const EventFilter filter_;
  const EventOrder order_;
  std::size_t looked_at_ = 0;  // of the memory, in this order
  std::optional<EventStream> file_;
  std::shared_ptr<const Event> from_memory_;
  std::shared_ptr<const Event> from_file_;
  std::shared_ptr<const Event> head_;
};

}  // namespace tidemark
