#include "storage/history_totals.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

const Instant midnight = from_ms(1'700'000'000'000 / 86'400'000 * 86'400'000);
constexpr std::chrono::minutes five{5};

TEST(HistoryTotals, AStepRemembersTheWorstTheRangeAndTheSums) {
  TotalsStep step{midnight};
  step.add({GroupStatus::ok, 40, 100, std::nullopt, 7});
  step.add({GroupStatus::error, 10, std::nullopt, 3, 8});
  step.add({GroupStatus::warning, 20, 900, 4, std::nullopt});
  EXPECT_EQ(step.worst, GroupStatus::error);
  EXPECT_EQ(step.lag_least, 10);
  EXPECT_EQ(step.lag_most, 40);
  EXPECT_EQ(step.lag_last, 20);
  EXPECT_EQ(step.time_lag_most, 900);
  EXPECT_EQ(step.committed, 7);
  EXPECT_EQ(step.produced, 15);
}

TEST(HistoryTotals, UnknownIsWorseThanOkAndBetterThanWarning) {
  EXPECT_EQ(worse(GroupStatus::ok, GroupStatus::unknown), GroupStatus::unknown);
  EXPECT_EQ(worse(GroupStatus::unknown, GroupStatus::warning), GroupStatus::warning);
  EXPECT_EQ(worse(GroupStatus::error, GroupStatus::warning), GroupStatus::error);
}

TEST(HistoryTotals, RowsGiveBackWhatWasAppended) {
  TotalsStep known{midnight + five};
  known.add({GroupStatus::warning, 12, 3000, 5, 6});
  const TotalsStep unknown{midnight + 7 * five, GroupStatus::unknown};
  std::string row;
  append(row, known, midnight, five);
  append(row, unknown, midnight, five);
  EXPECT_EQ(steps_of(row, midnight, five), (std::vector{known, unknown}));
  EXPECT_LE(row.size(), 16U);
}

TEST(HistoryTotals, ACutRowGivesTheWholeStepsBeforeTheCut) {
  TotalsStep step{midnight};
  step.add({GroupStatus::ok, 1000, 1000, 1000, 1000});
  std::string row;
  append(row, step, midnight, five);
  const std::size_t one = row.size();
  append(row, step, midnight, five);
  for (std::size_t size = 0; size < row.size(); ++size) {
    EXPECT_EQ(steps_of(std::string_view(row).substr(0, size), midnight, five).size(), size / one);
  }
}

}  // namespace
}  // namespace tidemark
