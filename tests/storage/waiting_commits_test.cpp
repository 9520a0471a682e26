#include "storage/waiting_commits.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

constexpr Slot slot{7};
constexpr Instant start = from_ms(1'700'000'000'000);

using Numbers = std::vector<std::pair<std::int64_t, std::int64_t>>;

Numbers held(const WaitingCommits& waiting, Slot of) {
  Numbers out;
  waiting.each(of, [&](const CommitSample& commit) {
    out.emplace_back(commit.offset.get(), to_ms(commit.at));
  });
  return out;
}

TEST(WaitingCommits, WhoHasNoneHasNone) {
  WaitingCommits waiting;
  EXPECT_FALSE(waiting.any(slot));
  EXPECT_FALSE(waiting.newest(slot).has_value());
  waiting.erase(slot);
  EXPECT_EQ(held(waiting, slot), Numbers{});
}

TEST(WaitingCommits, ComeBackInTheirOrderUntilTheyAreErased) {
  WaitingCommits waiting;
  EXPECT_TRUE(waiting.add(slot, {Offset{100}, start}));
  EXPECT_TRUE(waiting.add(slot, {Offset{90}, start + Duration{5}}));
  EXPECT_TRUE(waiting.add(slot, {Offset{250}, start - Duration{7}}));
  const auto at = to_ms(start);
  EXPECT_EQ(held(waiting, slot), (Numbers{{100, at}, {90, at + 5}, {250, at - 7}}));
  EXPECT_EQ(waiting.newest(slot)->offset, Offset{250});
  EXPECT_EQ(waiting.newest(slot)->at, start - Duration{7});
  waiting.erase(slot);
  EXPECT_FALSE(waiting.any(slot));
}

TEST(WaitingCommits, TheRoomIsBoundedAndWhatIsRefusedChangesNothing) {
  WaitingCommits waiting;
  for (std::size_t i = 0; i < WaitingCommits::most; ++i) {
    EXPECT_TRUE(waiting.add(slot, {Offset{std::int64_t(i)}, start}));
  }
  EXPECT_FALSE(waiting.add(slot, {Offset{99}, start}));
  EXPECT_EQ(held(waiting, slot).size(), WaitingCommits::most);
  EXPECT_EQ(waiting.newest(slot)->offset, Offset{std::int64_t(WaitingCommits::most) - 1});
}

TEST(WaitingCommits, OneThatIsTooFarFromTheOthersIsRefused) {
  constexpr std::int64_t far = std::int64_t{1} << 31;
  WaitingCommits waiting;
  EXPECT_TRUE(waiting.add(slot, {Offset{far}, start}));
  EXPECT_FALSE(waiting.add(slot, {Offset{2 * far}, start}));
  EXPECT_FALSE(waiting.add(slot, {Offset{far}, start + Duration{far}}));
  EXPECT_FALSE(waiting.add(slot, {Offset{-1}, start}));
  EXPECT_TRUE(waiting.add(slot, {Offset{0}, start + Duration{far - 1}}));
  EXPECT_EQ(held(waiting, slot), (Numbers{{far, to_ms(start)}, {0, to_ms(start) + far - 1}}));
}

TEST(WaitingCommits, MemoryFollowsWhatIsHeld) {
  constexpr std::uint32_t slots = 20'000;
  WaitingCommits waiting;
  for (std::uint32_t i = 0; i < slots; ++i) {
    ASSERT_TRUE(waiting.add(Slot{i}, {Offset{1}, start}));
  }
  EXPECT_LE(waiting.bytes(), slots * 140);
  for (std::uint32_t i = 0; i < slots; ++i) waiting.erase(Slot{i});
  EXPECT_LE(waiting.bytes(), 500'000U);
}

// Beside plain lists, through any order of operations, with numbers from all over.
TEST(WaitingCommits, HoldWhatPlainListsWould) {
  std::mt19937_64 random(11);
  const auto any = [&]() -> std::int64_t {
    if (random() % 50 == 0) return static_cast<std::int64_t>(random());
    return static_cast<std::int64_t>(random() % 1'000'000);
  };
  WaitingCommits waiting;
  std::map<std::uint32_t, Numbers> model;
  for (int i = 0; i < 100'000; ++i) {
    const auto of = static_cast<std::uint32_t>(random() % 200);
    const std::int64_t offset = any();
    const std::int64_t ms = any();
    Numbers& expected = model[of];
    if (waiting.add(Slot{of}, {Offset{offset}, from_ms(ms)})) {
      expected.emplace_back(offset, ms);
    } else {
      ASSERT_FALSE(expected.empty()) << "step " << i;
      waiting.erase(Slot{of});
      expected.clear();
    }
    ASSERT_EQ(held(waiting, Slot{of}), expected) << "step " << i;
    ASSERT_EQ(waiting.any(Slot{of}), !expected.empty()) << "step " << i;
    if (!expected.empty()) {
      ASSERT_EQ(waiting.newest(Slot{of})->offset.get(), expected.back().first) << "step " << i;
    }
  }
}

}  // namespace
}  // namespace tidemark
