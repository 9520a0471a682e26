// Stories of one partition in few words, for tests. Times are seconds from the story's beginning.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "evaluator/replay.h"

namespace tidemark::test {

constexpr double minute = 60;
constexpr double hour = 3600;
constexpr double ms = 0.001;

Instant at(double seconds);
Duration span(double seconds);

// An offset as a function of time, straight between the points given, flat before and after.
class Line {
 public:
  Line(std::initializer_list<std::pair<double, double>> points) : points_(points) {}

  [[nodiscard]] std::int64_t operator()(double seconds) const;

 private:
  std::vector<std::pair<double, double>> points_;
};

class Tale {
 public:
  Tale();

  Policy policy;
  std::optional<std::int64_t> log_start, lso, live_lag;
  std::optional<bool> members, assigned;
  std::optional<double> offsets_seen;
  std::optional<PartitionStatus> previous;
  std::optional<StoryProbe> probe;

  Tale& refresh(double every);
  Tale& commit(double when, std::int64_t offset);
  // From `from` up to and including `to`.
  Tale& commits(double from, double to, double every,
                const std::function<std::int64_t(double)>& offset);
  // The log end at each refresh from `from` on, until the story is judged (or `to`).
  Tale& log_end(double from, std::function<std::int64_t(double)> end);
  Tale& log_end(double from, double to, std::function<std::int64_t(double)> end);
  Tale& one_log_end(double when, std::int64_t end);
  Tale& probe_found_end(std::int64_t empty_to);
  Tale& probe_found_record(std::int64_t empty_to, double when);

  [[nodiscard]] Story until(double now) const;
  [[nodiscard]] Replayed judged_at(double now) const { return replay(until(now)); }

 private:
  struct Refreshes {
    double from;
    double to;
    std::function<std::int64_t(double)> end;
  };
  std::vector<StoryCommit> commits_;
  std::vector<Refreshes> log_ends_;
};

// What is expected of a verdict. `time_lag` in seconds.
struct Expected {
  PartitionStatus status;
  Reason reason;
  std::optional<std::int64_t> lag;
  std::optional<double> time_lag;
  bool stale = false;
  std::vector<std::string_view> conditions{};
};

// One row: what happened, when it is judged, and what must come out.
struct Row {
  std::string id;
  std::string story;
  std::function<void(Tale&)> tell;
  double judged_at;
  Expected expected;
};
void PrintTo(const Row& row, std::ostream* out);
void expect_row(const Row& row);
std::string test_name(const std::string& id, std::size_t index);

constexpr auto none = std::nullopt;

}  // namespace tidemark::test
