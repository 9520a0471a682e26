#include "storage/history_codec.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const Instant noon = from_ms(1'700'000'000'000 / 3'600'000 * 3'600'000);

PartitionSample read_to(std::int64_t committed, std::int64_t log_end) {
  return {PartitionStatus::ok, true, committed, log_end, log_end - committed};
}

GroupSample sample(Instant at, std::vector<TopicSample> topics) {
  GroupSample out;
  out.at = at;
  out.totals = {GroupStatus::ok, 3, 500, 10, 12};
  out.topics = std::move(topics);
  return out;
}

// Without what is only there because it was there before.
GroupSample shown(GroupSample of) {
  std::erase_if(of.topics, [](TopicSample& topic) {
    while (!topic.partitions.empty() && !topic.partitions.back().shown) topic.partitions.pop_back();
    return topic.partitions.empty();
  });
  return of;
}

GroupSample decoded(HistoryDecoder& decoder, std::string_view piece) {
  EXPECT_TRUE(decoder.next(piece).ok());
  EXPECT_TRUE(piece.empty());
  return shown(decoder.sample());
}

class History : public testing::Test {
 protected:
  // What comes out of it again.
  GroupSample there_and_back(const GroupSample& in) {
    bytes_ = encoder_.piece(in);
    return decoded(decoder_, bytes_);
  }

  HistoryEncoder encoder_;
  HistoryDecoder decoder_{noon};
  std::string bytes_;
};

TEST_F(History, TellsWhatChanged) {
  const auto first = sample(noon, {{"orders", {read_to(5, 5), read_to(6, 9)}}});
  EXPECT_EQ(there_and_back(first), first);
  const auto second = sample(noon + seconds(30), {{"orders", {read_to(5, 5), read_to(9, 10)}}});
  EXPECT_EQ(there_and_back(second), second);
  EXPECT_LE(bytes_.size(), 8U);
}

TEST_F(History, SaysNothingOfASampleLikeTheOneBefore) {
  const auto first = sample(noon, {{"orders", {read_to(5, 5)}}});
  there_and_back(first);
  auto again = first;
  again.at += seconds(30);
  EXPECT_EQ(encoder_.piece(again), "");
}

TEST_F(History, EachHourBeginsWhole) {
  auto each = sample(noon, {{"orders", {read_to(5, 5)}}});
  there_and_back(each);
  each.at += hours(1);
  const std::string piece = encoder_.piece(each);
  HistoryDecoder fresh(noon + hours(1));
  EXPECT_EQ(decoded(fresh, piece), each);
}

TEST_F(History, IsWholeAgainAfterSomethingWasLost) {
  auto each = sample(noon, {{"orders", {read_to(5, 5)}}});
  EXPECT_FALSE(encoder_.piece(each).empty());
  encoder_.forget();
  each.at += seconds(30);
  EXPECT_EQ(there_and_back(each), each);
}

TEST_F(History, ToldTopicsAndPartitionsComeAndGo) {
  there_and_back(sample(noon, {{"b", {read_to(1, 1)}}}));
  const auto more = sample(
      noon + seconds(30),
      {{"a", {read_to(7, 7)}}, {"b", {read_to(1, 1), read_to(2, 2)}}, {"c", {read_to(3, 3)}}});
  EXPECT_EQ(there_and_back(more), more);
  const auto fewer = sample(noon + seconds(60), {{"b", {read_to(1, 1)}}});
  EXPECT_EQ(there_and_back(fewer), fewer);
  const auto again = sample(noon + seconds(90), {{"a", {read_to(8, 8)}}});
  EXPECT_EQ(there_and_back(again), again);
}

TEST_F(History, AGroupThatLeftIsGone) {
  there_and_back(sample(noon, {{"b", {read_to(1, 1)}}}));
  GroupSample gone;
  gone.at = noon + seconds(30);
  gone.gone = true;
  EXPECT_EQ(there_and_back(gone), gone);
}

// A hundred partitions that all move at some 100 records a second, and a hundred that rest.
TEST_F(History, IsShort) {
  std::mt19937 random{1};
  std::uniform_int_distribution<std::int64_t> records(2500, 3500);
  std::vector<PartitionSample> moving(100, read_to(1'000'000'000, 1'000'000'050));
  const std::vector<PartitionSample> resting(100, read_to(1'000'000, 1'000'000));
  const auto first = encoder_.piece(sample(noon, {{"moving", moving}, {"resting", resting}}));
  for (PartitionSample& each : moving) {
    each = read_to(*each.committed + records(random), *each.log_end + records(random));
  }
  const auto second =
      encoder_.piece(sample(noon + seconds(30), {{"moving", moving}, {"resting", resting}}));
  EXPECT_LE(second.size(), 100 * 5 + 10);
  for (PartitionSample& each : moving) each = read_to(*each.committed, *each.log_end);
  const auto third =
      encoder_.piece(sample(noon + seconds(60), {{"moving", moving}, {"resting", resting}}));
  EXPECT_LE(third.size(), 8U);
  EXPECT_LE(first.size(), 200 * 9);
}

TEST_F(History, DamagedBytesAreAnErrorAndNoCrash) {
  const std::string whole = encoder_.piece(
      sample(noon, {{"orders", {read_to(5, 500), read_to(6, 9)}}, {"other", {read_to(1, 2)}}}));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    HistoryDecoder decoder(noon);
    std::string_view cut = std::string_view(whole).substr(0, size);
    EXPECT_FALSE(decoder.next(cut).ok()) << size;
  }
  std::mt19937 random{2};
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = whole;
    for (int i = 0; i < 3; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    HistoryDecoder decoder(noon);
    std::string_view rest = bytes;
    while (!rest.empty() && decoder.next(rest).ok()) {
    }
  }
}

// Any sequence of samples, with numbers from small to extreme, comes back as it went in.
class RandomHistory {
 public:
  explicit RandomHistory(unsigned seed) : random_(seed) {}

  GroupSample next() {
    at_ += seconds(1 + random_() % 200);
    GroupSample out;
    out.at = at_;
    if (one_in(20)) {
      out.gone = true;
      return out;
    }
    out.totals.status = static_cast<GroupStatus>(random_() % 4);
    out.totals.lag = number();
    out.totals.time_lag = number();
    out.totals.committed = number();
    out.totals.produced = number();
    for (const char* topic : {"a", "b", "c"}) {
      if (!one_in(4)) out.topics.push_back({topic, partitions()});
    }
    return out;
  }

 private:
  bool one_in(unsigned n) { return random_() % n == 0; }

  Maybe<std::int64_t> number() {
    constexpr auto largest = std::numeric_limits<std::int64_t>::max();
    switch (random_() % 8) {
      case 0:
        return std::nullopt;
      case 1:
        return largest;
      case 2:
        return -largest;
      case 3:
        return static_cast<std::int64_t>(random_());
      default:
        return static_cast<std::int64_t>(random_() % 1000);
    }
  }

  std::vector<PartitionSample> partitions() {
    std::vector<PartitionSample> out(1 + random_() % 4);
    for (PartitionSample& each : out) {
      if (one_in(5)) continue;
      if (one_in(2)) {
        const auto committed = static_cast<std::int64_t>(random_() % 1000);
        each = read_to(committed, committed + static_cast<std::int64_t>(random_() % 5));
      } else {
        each = {static_cast<PartitionStatus>(random_() % 7), true, number(), number(), number()};
      }
    }
    out.back().shown = true;
    return out;
  }

  std::mt19937 random_;
  Instant at_ = noon;
};

TEST(HistoryProperty, WhatGoesInComesOut) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    RandomHistory history(seed);
    HistoryEncoder encoder;
    HistoryDecoder decoder(noon);
    Instant block = noon;
    GroupSample last;
    for (int i = 0; i < 60; ++i) {
      const GroupSample in = history.next();
      if (block_of(in.at) != block) {
        block = block_of(in.at);
        decoder = HistoryDecoder(block);
      }
      std::string_view piece;
      const std::string bytes = encoder.piece(in);
      piece = bytes;
      if (piece.empty()) {
        last.at = in.at;
        ASSERT_EQ(shown(in), last);
        continue;
      }
      ASSERT_TRUE(decoder.next(piece).ok());
      last = shown(decoder.sample());
      ASSERT_EQ(last, shown(in)) << "seed " << seed << ", sample " << i;
    }
  }
}

}  // namespace
}  // namespace tidemark
