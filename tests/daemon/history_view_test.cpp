#include "daemon/terminal/history_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark::terminal {
namespace {

using testing::HasSubstr;
using testing::Not;

HistoryStepAnswer step(std::int64_t minute, std::string status, std::optional<std::int64_t> lag) {
  HistoryStepAnswer out;
  out.at_ms = 1'700'000'000'000 + minute * 60'000;
  out.status = std::move(status);
  out.lag = lag;
  return out;
}

HistoryAnswer history(std::vector<HistoryStepAnswer> steps) {
  HistoryAnswer out;
  out.cluster = "PROD";
  out.group = "payments";
  out.step_seconds = 60;
  out.steps = std::move(steps);
  return out;
}

Look plain() {
  Look out;
  out.width = 80;
  return out;
}

TEST(HistoryPlot, RisesWithTheLagAndTellsTheStatus) {
  const std::string text =
      history_plot(history({step(0, "OK", 0), step(1, "OK", 5), step(2, "WARNING", 10),
                            step(3, "", {}), step(4, "ERROR", 1000)}),
                   plain());
  EXPECT_THAT(text, HasSubstr("PROD / payments: lag, the most in 1m"));
  EXPECT_THAT(text, HasSubstr(" 1,000 |" + std::string(4 * 14, ' ') + std::string(14, '#') + "\n"));
  const std::string some = std::string(14, ' ') + std::string(28, '#') + std::string(14, ' ');
  EXPECT_THAT(text, HasSubstr("     0 |" + some + std::string(14, '#') + "\n"));
  EXPECT_THAT(text, HasSubstr("status  " + std::string(28, '.') + std::string(14, 'W') +
                              std::string(14, ' ') + std::string(14, 'E') + "\n"));
}

TEST(HistoryPlot, ShowsTheWorstWhereManyStepsShareAColumn) {
  std::vector<HistoryStepAnswer> steps;
  for (int i = 0; i < 700; ++i)
    steps.push_back(step(i, i == 350 ? "ERROR" : "OK", i == 350 ? 7 : 0));
  Look narrow = plain();
  narrow.width = 40;
  const std::string text = history_plot(history(steps), narrow);
  EXPECT_THAT(text, HasSubstr("E"));
  EXPECT_THAT(text, HasSubstr("7 |"));
}

TEST(HistoryPlot, SaysWhereNothingWasRecorded) {
  EXPECT_THAT(history_plot(history({step(0, "", {}), step(1, "", {})}), plain()),
              HasSubstr("nothing was recorded in that time"));
}

TEST(HistoryPlot, NamesCannotMoveTheCursor) {
  HistoryAnswer hostile = history({step(0, "OK", 0)});
  hostile.group = "a\x1b[2Jb";
  EXPECT_THAT(history_plot(hostile, plain()), Not(HasSubstr("\x1b")));
}

TEST(HistoryTable, HasALineForEachStepThatWasRecorded) {
  HistoryAnswer of = history({step(0, "OK", 1310), step(1, "", {}), step(2, "ERROR", {})});
  of.steps[0].time_lag = 340;
  of.steps[0].committed = 2.4;
  of.steps[0].produced = 1500;
  const std::string text = history_table(of, {});
  EXPECT_THAT(text, HasSubstr("TIME                 STATUS    LAG  TIME LAG  READ/S  WRITTEN/S\n"));
  EXPECT_THAT(text, HasSubstr("OK      1,310    5m 40s       2      1,500\n"));
  EXPECT_THAT(text, HasSubstr("ERROR       -         -       -          -\n"));
}

}  // namespace
}  // namespace tidemark::terminal
