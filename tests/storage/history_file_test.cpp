#include "storage/history_file.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "storage/history_codec.h"
#include "storage/history_query.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant noon = from_ms(1'700'000'000'000 / 86'400'000 * 86'400'000) + hours(12);

class HistoryFileTest : public testing::Test {
 protected:
  HistoryFileTest() { settings_.path = folder_ / "history.db"; }

  void open() {
    file_ = std::make_unique<HistoryFile>(settings_);
    const DatabaseError error = file_->open();
    ASSERT_TRUE(error.ok()) << error.message;
  }
  void restart() {
    file_.reset();
    encoders_.clear();
    open();
  }

  // One partition, read up to `committed` of `log_end`.
  static GroupSample sample(std::int64_t committed, std::int64_t log_end) {
    GroupSample out;
    out.totals = {GroupStatus::ok, log_end - committed, std::nullopt, 1, 2};
    out.topics = {
        {"orders", {{PartitionStatus::ok, true, committed, log_end, log_end - committed}}}};
    return out;
  }

  void record(Instant at, std::map<std::string, GroupSample> groups) {
    const DatabaseError error = file_->write("PROD", at, [&](const PutPiece& put) {
      for (auto& [name, of] : groups) {
        of.at = at;
        const std::string piece = encoders_[name].piece(of);
        if (!piece.empty()) put(name, piece);
      }
    });
    ASSERT_TRUE(error.ok()) << error.message;
  }

  // Until there is nothing more to do.
  int keep_up(Instant now) {
    int steps = 0;
    for (; steps < 10'000; ++steps) {
      const auto did = file_->keep_up(now);
      EXPECT_TRUE(did.error.ok()) << did.error.message;
      if (!did.more) break;
    }
    return steps;
  }

  [[nodiscard]] std::vector<GroupSample> ask(const std::string& group, Instant from,
                                             Instant to) const {
    auto found = samples_of(settings_.path, {"PROD", group, from, to});
    EXPECT_TRUE(found.ok());
    EXPECT_FALSE(found.value().damaged);
    return found.value().samples;
  }
  [[nodiscard]] std::vector<std::int64_t> lags(const std::string& group, Instant from,
                                               Instant to) const {
    std::vector<std::int64_t> out;
    for (const GroupSample& each : ask(group, from, to)) out.push_back(*each.totals.lag);
    return out;
  }

  test::TemporaryFolder folder_;
  HistorySettings settings_;
  std::unique_ptr<HistoryFile> file_;
  std::map<std::string, HistoryEncoder> encoders_;
};

TEST_F(HistoryFileTest, AnswersWhatWasRecorded) {
  open();
  record(noon, {{"a", sample(1, 5)}, {"b", sample(7, 7)}});
  record(noon + seconds(30), {{"a", sample(3, 5)}, {"b", sample(7, 7)}});
  EXPECT_EQ(lags("a", noon, noon + hours(1)), (std::vector<std::int64_t>{4, 2}));
  EXPECT_EQ(lags("b", noon, noon + hours(1)), (std::vector<std::int64_t>{0, 0}));
  EXPECT_EQ(lags("a", noon + seconds(1), noon + hours(1)), (std::vector<std::int64_t>{2}));
  EXPECT_TRUE(ask("c", noon, noon + hours(1)).empty());
  const auto samples = ask("a", noon, noon + seconds(1));
  ASSERT_EQ(samples.size(), 1U);
  EXPECT_EQ(samples[0].at, noon);
  EXPECT_EQ(samples[0].topics, sample(1, 5).topics);
}

TEST_F(HistoryFileTest, ARestartIsAGapAndNothingMore) {
  open();
  record(noon, {{"a", sample(1, 5)}});
  restart();
  record(noon + minutes(10), {{"a", sample(1, 5)}});
  const auto samples = ask("a", noon, noon + hours(1));
  ASSERT_EQ(samples.size(), 2U);
  EXPECT_EQ(samples[1].at - samples[0].at, minutes(10));
}

TEST_F(HistoryFileTest, PackingChangesNoAnswerAndKeepsTotals) {
  open();
  for (int i = 0; i < 150; ++i) {
    record(noon + seconds(30) * i, {{"a", sample(i, i + i % 7)}, {"b", sample(5, 5)}});
  }
  const auto before_a = ask("a", noon, noon + hours(2));
  const auto before_b = ask("b", noon, noon + hours(2));
  ASSERT_EQ(before_a.size(), 150U);
  EXPECT_EQ(keep_up(noon + minutes(61)), 0);  // the hour may still get something
  EXPECT_GT(keep_up(noon + minutes(63)), 2);
  EXPECT_EQ(ask("a", noon, noon + hours(2)), before_a);
  EXPECT_EQ(ask("b", noon, noon + hours(2)), before_b);

  const HistoryRange day{"PROD", "a", noon - hours(12), noon + hours(12)};
  const auto steps = totals_of(settings_.path, day, TotalsLength::five_minutes);
  ASSERT_TRUE(steps.ok());
  ASSERT_EQ(steps.value().size(), 12U);
  EXPECT_EQ(steps.value()[0].at, noon);
  EXPECT_EQ(steps.value()[0].lag_most, 6);
  EXPECT_EQ(steps.value()[0].committed, 10);
  const auto hour = totals_of(settings_.path, day, TotalsLength::one_hour);
  ASSERT_TRUE(hour.ok());
  ASSERT_EQ(hour.value().size(), 1U);
  EXPECT_EQ(hour.value()[0].produced, 240);
}

// An hour that was packed gets more, because a clock was set back.
TEST_F(HistoryFileTest, WhatComesTooLateIsPackedBehindTheRest) {
  open();
  record(noon, {{"a", sample(1, 5)}});
  keep_up(noon + hours(2));
  encoders_.clear();
  record(noon + minutes(30), {{"a", sample(2, 5)}});
  keep_up(noon + hours(2));
  EXPECT_EQ(lags("a", noon, noon + hours(1)), (std::vector<std::int64_t>{4, 3}));
}

TEST_F(HistoryFileTest, WhatIsTooOldLeavesAndItsTotalsStay) {
  settings_.max_age = hours(24);
  open();
  for (int i = 0; i < 60; ++i) record(noon + hours(i), {{"a", sample(i, i + i)}});
  keep_up(noon + hours(60));
  const auto left = ask("a", noon, noon + hours(60));
  ASSERT_FALSE(left.empty());
  EXPECT_GE(left.front().at, noon + hours(36));
  EXPECT_LE(left.front().at, noon + hours(37));
  const auto totals =
      totals_of(settings_.path, {"PROD", "a", noon, noon + hours(60)}, TotalsLength::one_hour);
  EXPECT_EQ(totals.value().size(), 59U);
}

TEST_F(HistoryFileTest, AGroupOfLongAgoIsForgottenAndMayComeBack) {
  settings_.totals_max_age = hours(24 * 40);
  open();
  record(noon, {{"a", sample(1, 5)}});
  keep_up(noon + hours(24 * 100));
  EXPECT_TRUE(ask("a", noon, noon + hours(1)).empty());
  EXPECT_TRUE(
      totals_of(settings_.path, {"PROD", "a", noon, noon + hours(1)}, TotalsLength::one_hour)
          .value()
          .empty());
  encoders_.clear();
  record(noon + hours(24 * 100), {{"a", sample(2, 5)}});
  EXPECT_EQ(lags("a", noon, noon + hours(24 * 101)), (std::vector<std::int64_t>{3}));
}

TEST_F(HistoryFileTest, TheFileStaysWithinItsSizeAndTheOldestLeave) {
  settings_.max_bytes = 400'000;
  open();
  std::mt19937_64 random{1};
  for (int i = 0; i < 12 * 20; ++i) {
    GroupSample busy = sample(1, 2);
    busy.topics[0].partitions.resize(100);
    for (PartitionSample& each : busy.topics[0].partitions) {
      each = {PartitionStatus::ok, true, static_cast<std::int64_t>(random() / 2), 7, 3};
    }
    record(noon + minutes(5) * i, {{"a", busy}});
    if (i % 12 == 0) keep_up(noon + minutes(5) * i);
  }
  keep_up(noon + hours(22));
  EXPECT_LE(file_->bytes(), settings_.max_bytes);
  const auto left = ask("a", noon, noon + hours(24));
  ASSERT_FALSE(left.empty());
  EXPECT_GT(left.front().at, noon + hours(5));
  EXPECT_EQ(left.back().at, noon + minutes(5) * 239);
}

TEST_F(HistoryFileTest, ADamagedBlockIsToldAndTheRestIsAnswered) {
  open();
  record(noon, {{"a", sample(1, 5)}});
  record(noon + hours(1), {{"a", sample(2, 5)}});
  const DatabaseError written =
      file_->write("PROD", noon + seconds(30), [](const PutPiece& put) { put("a", "\xff\xff"); });
  ASSERT_TRUE(written.ok());
  const auto found = samples_of(settings_.path, {"PROD", "a", noon, noon + hours(2)});
  ASSERT_TRUE(found.ok());
  EXPECT_TRUE(found.value().damaged);
  EXPECT_EQ(found.value().samples.front().at, noon);
  EXPECT_EQ(found.value().samples.back().at, noon + hours(1));
}

TEST_F(HistoryFileTest, QuestionsWithoutAFileSayWhichFile) {
  const auto found = samples_of(settings_.path, {"PROD", "a", noon, noon + hours(2)});
  ASSERT_FALSE(found.ok());
  EXPECT_NE(found.error().message.find(settings_.path), std::string::npos);
}

TEST_F(HistoryFileTest, GroupsOfTwoClustersAreNotMixedUp) {
  open();
  record(noon, {{"a", sample(1, 5)}});
  GroupSample other = sample(1, 100);
  other.at = noon;
  HistoryEncoder encoder;
  const auto put_other = [&](const PutPiece& put) { put("a", encoder.piece(other)); };
  ASSERT_TRUE(file_->write("DEV", noon, put_other).ok());
  EXPECT_EQ(lags("a", noon, noon + hours(1)), (std::vector<std::int64_t>{4}));
}

}  // namespace
}  // namespace tidemark
