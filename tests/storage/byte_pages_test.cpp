#include "storage/byte_pages.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace tidemark {
namespace {

std::string_view held(const BytePages& pages, std::uint32_t owner, std::size_t size) {
  return {pages.get(owner), size};
}

TEST(BytePages, WhoPutNothingHasNothing) {
  BytePages pages;
  EXPECT_EQ(pages.get(3), nullptr);
  pages.erase(3);
  pages.put(3, "abc");
  EXPECT_EQ(pages.get(2), nullptr);
  EXPECT_EQ(held(pages, 3, 3), "abc");
}

TEST(BytePages, NeighboursKeepWhatTheyHaveWhenOneGrowsShrinksAndGoes) {
  BytePages pages;
  for (std::uint32_t owner = 0; owner < 20; ++owner) {
    pages.put(owner, "string number " + std::to_string(owner));
  }
  const std::string longer(300, 'x');
  pages.put(5, longer);
  pages.put(6, "x");
  pages.erase(4);
  EXPECT_EQ(held(pages, 3, 15), "string number 3");
  EXPECT_EQ(pages.get(4), nullptr);
  EXPECT_EQ(held(pages, 5, 300), longer);
  EXPECT_EQ(held(pages, 6, 1), "x");
  EXPECT_EQ(held(pages, 7, 15), "string number 7");
  EXPECT_EQ(held(pages, 8, 15), "string number 8");
}

TEST(BytePages, MemoryFollowsWhatIsHeld) {
  BytePages pages;
  constexpr std::uint32_t owners = 20'000;
  for (std::size_t size = 10; size <= 110; size += 10) {
    for (std::uint32_t owner = 0; owner < owners; ++owner) {
      pages.put(owner, std::string(size, 'x'));
    }
  }
  EXPECT_LE(pages.bytes(), owners * 125);
  for (std::uint32_t owner = 0; owner < owners; ++owner) {
    if (owner % 4 != 0) pages.erase(owner);
  }
  EXPECT_LE(pages.bytes(), owners * 60);
  for (std::uint32_t owner = 0; owner < owners; ++owner) pages.erase(owner);
  EXPECT_LE(pages.bytes(), 1'000'000U);
}

// Whatever is put, replaced and erased in whatever order: it holds what a plain map would.
TEST(BytePages, HoldsWhatAMapWould) {
  std::mt19937 random(17);
  const auto any_owner = [&] { return static_cast<std::uint32_t>(random() % 300); };
  BytePages pages;
  std::map<std::uint32_t, std::string> model;
  for (int step = 0; step < 200'000; ++step) {
    const std::uint32_t owner = any_owner();
    if (random() % 3 == 0) {
      pages.erase(owner);
      model.erase(owner);
    } else {
      // Now and then more than a block can hold.
      const std::size_t size = 1 + (random() % 500 == 0 ? random() % 20'000 : random() % 200);
      std::string bytes(size, static_cast<char>(random()));
      pages.put(owner, bytes);
      model[owner] = bytes;
    }
    const std::uint32_t looked_at = any_owner();
    const auto expected = model.find(looked_at);
    ASSERT_EQ(pages.get(looked_at) != nullptr, expected != model.end()) << "step " << step;
    if (expected != model.end()) {
      ASSERT_EQ(held(pages, looked_at, expected->second.size()), expected->second)
          << "step " << step;
    }
  }
}

}  // namespace
}  // namespace tidemark
