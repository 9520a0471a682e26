// Questions about what happened, answered from state.db. Any thread may ask; each question opens
// the file for itself, reads beside the writer and waits for nobody.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "evaluator/event.h"
#include "storage/database.h"

namespace tidemark {

enum class EventOrder : std::uint8_t { oldest_first, newest_first };

// Numbers of one cluster's events: from `first` to `last`, both included. Empty if first > last.
struct EventSpan {
  std::uint64_t first = 1;
  std::uint64_t last = UINT64_MAX;
};

// Events one after the other, in the order of their numbers. Lives as long as its archive.
class EventStream {
 public:
  ~EventStream();
  EventStream(EventStream&&) noexcept;
  EventStream& operator=(EventStream&&) noexcept;

  // Null: there is no more, or the reading failed (see EventArchive::failure()).
  std::shared_ptr<const Event> next();

 private:
  friend class EventArchive;
  struct Impl;
  explicit EventStream(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The file, opened for one question. Belongs to one thread.
class EventArchive {
 public:
  // The error names the file.
  static Result<std::unique_ptr<EventArchive>> open(const std::string& path);

  // The numbers between which all events of that time are; others may be among them (a clock that
  // was set makes earlier events look later).
  EventSpan span_of(std::string_view cluster, const EventFilter& filter);
  EventStream read(std::string_view cluster, EventSpan span, const EventFilter& filter,
                   EventOrder order);

  // The first failure since it was opened: what was read is not all.
  std::optional<Error> failure();

 private:
  EventArchive() = default;
  std::int64_t bound_of(const std::string& question, std::int64_t cluster, Instant at);

  Database database_;
  std::optional<Error> failure_;
};

}  // namespace tidemark
