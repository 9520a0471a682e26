#include "tests/evaluator/tale.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

namespace tidemark::test {
namespace {

constexpr std::int64_t beginning_ms = 1'700'000'000'000;

std::optional<Offset> offset(std::optional<std::int64_t> value) {
  if (!value) return std::nullopt;
  return Offset{*value};
}

}  // namespace

Instant at(double seconds) { return from_ms(beginning_ms) + span(seconds); }

Duration span(double seconds) { return Duration{std::llround(seconds * 1000)}; }

std::int64_t Line::operator()(double seconds) const {
  if (seconds <= points_.front().first) return std::llround(points_.front().second);
  for (std::size_t i = 1; i < points_.size(); ++i) {
    const auto [t0, o0] = points_[i - 1];
    const auto [t1, o1] = points_[i];
    if (seconds <= t1) return std::llround(o0 + (o1 - o0) * (seconds - t0) / (t1 - t0));
  }
  return std::llround(points_.back().second);
}

Tale::Tale() = default;

Tale& Tale::refresh(double every) {
  policy.refresh = span(every);
  return *this;
}

Tale& Tale::commit(double when, std::int64_t offset) {
  commits_.push_back({Offset{offset}, at(when)});
  return *this;
}

Tale& Tale::commits(double from, double to, double every,
                    const std::function<std::int64_t(double)>& offset) {
  for (int i = 0; from + i * every <= to + ms / 2; ++i) {
    commit(from + i * every, offset(from + i * every));
  }
  return *this;
}

Tale& Tale::log_end(double from, std::function<std::int64_t(double)> end) {
  return log_end(from, std::numeric_limits<double>::infinity(), std::move(end));
}

Tale& Tale::log_end(double from, double to, std::function<std::int64_t(double)> end) {
  log_ends_.push_back({from, to, std::move(end)});
  return *this;
}

Tale& Tale::one_log_end(double when, std::int64_t end) {
  return log_end(when, when, [end](double) { return end; });
}

Tale& Tale::probe_found_end(std::int64_t empty_to) {
  probe = StoryProbe{Offset{empty_to}, std::nullopt};
  return *this;
}

Tale& Tale::probe_found_record(std::int64_t empty_to, double when) {
  probe = StoryProbe{Offset{empty_to}, at(when)};
  return *this;
}

Story Tale::until(double now) const {
  Story story;
  story.policy = policy;
  for (const StoryCommit& commit : commits_) {
    if (commit.at <= at(now)) story.commits.push_back(commit);
  }
  const double every = to_seconds(policy.refresh);
  for (const Refreshes& seen : log_ends_) {
    const double to = std::min(seen.to, now);
    for (int i = 0; seen.from + i * every <= to + ms / 2; ++i) {
      const double when = seen.from + i * every;
      story.log_ends.push_back({Offset{seen.end(when)}, at(when)});
    }
  }
  story.probe = probe;
  story.around.now = at(now);
  story.around.log_start = offset(log_start);
  story.around.lso = offset(lso);
  story.around.live_lag = live_lag;
  story.around.has_members = members;
  story.around.assigned = assigned;
  story.around.offsets_seen = at(offsets_seen.value_or(now));
  story.around.previous = previous;
  return story;
}

void PrintTo(const Row& row, std::ostream* out) { *out << row.id << ": " << row.story; }

void expect_row(const Row& row) {
  Tale tale;
  row.tell(tale);
  const Story story = tale.until(row.judged_at);
  const Replayed got = replay(story);
  const PartitionVerdict& verdict = got.verdict;
  SCOPED_TRACE(row.id + ": " + row.story + " (" + got.explanation + ")");
  EXPECT_EQ(to_string(verdict.status), to_string(row.expected.status));
  EXPECT_EQ(to_string(verdict.reason), to_string(row.expected.reason));
  EXPECT_EQ(verdict.lag, row.expected.lag);
  std::optional<Duration> time_lag;
  if (row.expected.time_lag) time_lag = span(*row.expected.time_lag);
  EXPECT_EQ(verdict.time_lag(story.around.now), time_lag);
  EXPECT_EQ(verdict.stale, row.expected.stale);
  EXPECT_THAT(verdict.conditions.words(), testing::ElementsAreArray(row.expected.conditions));
}

std::string test_name(const std::string& id, std::size_t index) {
  std::string out = std::to_string(index) + "_";
  for (const char letter : id) {
    if (letter == '\'') out += "prime";
    if (std::isalnum(static_cast<unsigned char>(letter)) != 0) out += letter;
  }
  return out;
}

}  // namespace tidemark::test
