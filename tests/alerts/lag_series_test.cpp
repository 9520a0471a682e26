// The lag before a message, read from a real history.db.
#include "daemon/alerts/lag_series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/history_codec.h"
#include "storage/history_file.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant noon = from_ms(1'700'000'000'000 / 86'400'000 * 86'400'000) + hours{12};

GroupSample sample(Instant at, std::int64_t lag) {
  GroupSample out;
  out.at = at;
  out.totals.status = GroupStatus::ok;
  out.totals.lag = lag;
  return out;
}

IncidentKey payments() {
  return {ClusterName{"PROD"}, GroupName{"payments"}, IncidentKind::status};
}

TEST(LagSeries, IsWhatTheFileHoldsOfTheLastHour) {
  test::TemporaryFolder folder;
  const std::string path = folder / "history.db";
  HistorySettings settings;
  settings.path = path;
  HistoryFile file(settings);
  ASSERT_TRUE(file.open().ok());
  HistoryEncoder encoder;
  for (Instant at = noon - hours{3}; at <= noon; at += seconds{30}) {
    const std::string piece = encoder.piece(sample(at, (at - noon + hours{3}) / seconds{1}));
    const auto put_piece = [&](const PutPiece& put) { put("payments", piece); };
    ASSERT_TRUE(file.write("PROD", at, put_piece).ok());
  }
  const auto points = lag_series(path, payments(), noon - minutes{5}, noon);
  ASSERT_EQ(points.size(), 121u);
  EXPECT_EQ(points.front().at, noon - hours{1});
  EXPECT_EQ(points.front().lag, 7200);
  EXPECT_EQ(points.back().lag, 10'800);
  const auto older = lag_series(path, payments(), noon - hours{2}, noon);
  EXPECT_GE(older.front().at, noon - hours{2} - minutes{15});
  EXPECT_LE(older.front().at, noon - hours{2} - minutes{14});
  EXPECT_LE(older.size(), most_points);
  IncidentKey nobody = payments();
  nobody.group = GroupName{"nobody"};
  EXPECT_TRUE(lag_series(path, nobody, noon, noon).empty());
  EXPECT_TRUE(lag_series(folder / "none.db", payments(), noon, noon).empty());
  EXPECT_TRUE(lag_series("", payments(), noon, noon).empty());
}

TEST(LagSeries, KeepsTheHighestOfThoseThatFallTogether) {
  std::vector<GroupSample> samples;
  for (int i = 0; i < 2880; ++i)
    samples.push_back(sample(noon + i * seconds{30}, i == 1234 ? 9 : 1));
  const auto points = lag_points(samples);
  EXPECT_LE(points.size(), most_points);
  EXPECT_EQ(std::count_if(points.begin(), points.end(),
                          [](const LagPoint& point) { return point.lag == 9; }),
            1);
}

TEST(LagSeries, HasAGapWhereNothingWasRecorded) {
  const auto points = lag_points({sample(noon, 1), sample(noon + seconds{30}, 2),
                                  sample(noon + minutes{20}, 3), sample(noon + minutes{21}, 4)});
  ASSERT_EQ(points.size(), 5u);
  EXPECT_FALSE(points[2].lag);
  GroupSample gone = sample(noon, 5);
  gone.gone = true;
  EXPECT_FALSE(lag_points({gone}).front().lag);
}

}  // namespace
}  // namespace tidemark
