#include "core/maybe.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

#include "core/ids.h"
#include "core/time.h"

namespace tidemark {
namespace {

static_assert(sizeof(Maybe<std::int64_t>) == sizeof(std::int64_t));
static_assert(sizeof(Maybe<Instant>) == sizeof(Instant));
static_assert(sizeof(Maybe<Offset>) == sizeof(Offset));

TEST(Maybe, BeginsWithNone) {
  const Maybe<std::int64_t> lag;
  EXPECT_FALSE(lag);
  EXPECT_FALSE(lag.has_value());
  EXPECT_EQ(lag.value_or(7), 7);
  EXPECT_EQ(lag, std::nullopt);
}

TEST(Maybe, HoldsWhatAnOptionalHolds) {
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1} << 62}) {
    const Maybe<std::int64_t> held = std::optional(value);
    ASSERT_TRUE(held);
    EXPECT_EQ(*held, value);
    EXPECT_EQ(std::optional<std::int64_t>(held), value);
  }
  EXPECT_EQ(Maybe<Offset>(Offset{12})->get(), 12);
}

TEST(Maybe, ComparesWithOptionalsWhereEitherIsNone) {
  const std::optional<Instant> none;
  const std::optional<Instant> some = from_ms(5);
  EXPECT_TRUE(Maybe<Instant>() == none);
  EXPECT_TRUE(none == Maybe<Instant>());
  EXPECT_FALSE(Maybe<Instant>() == some);
  EXPECT_FALSE(some == Maybe<Instant>());
  EXPECT_TRUE(Maybe<Instant>(some) == some);
}

TEST(Maybe, GivesUpItsValue) {
  Maybe<Instant> since = from_ms(5);
  since.reset();
  EXPECT_FALSE(since);
}

}  // namespace
}  // namespace tidemark
