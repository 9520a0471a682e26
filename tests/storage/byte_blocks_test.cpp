#include "storage/byte_blocks.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace tidemark {
namespace {

std::string_view held(const ByteBlocks& blocks, std::uint32_t owner, std::size_t size) {
  return {blocks.get(owner), size};
}

TEST(ByteBlocks, WhoPutNothingHasNothing) {
  ByteBlocks blocks;
  EXPECT_EQ(blocks.get(3), nullptr);
  blocks.erase(3);
  blocks.put(3, "abc");
  EXPECT_EQ(blocks.get(2), nullptr);
  EXPECT_EQ(held(blocks, 3, 3), "abc");
}

TEST(ByteBlocks, TheEmptyStringIsSomething) {
  ByteBlocks blocks;
  blocks.put(0, "");
  EXPECT_NE(blocks.get(0), nullptr);
}

TEST(ByteBlocks, TheLastTakesThePlaceOfOneThatGoes) {
  ByteBlocks blocks;
  blocks.put(0, "first");
  blocks.put(1, "second");
  blocks.put(2, "third");
  const char* place = blocks.get(0);
  blocks.erase(0);
  EXPECT_EQ(blocks.get(2), place);
  EXPECT_EQ(held(blocks, 1, 6), "second");
  EXPECT_EQ(held(blocks, 2, 5), "third");
}

TEST(ByteBlocks, WhatIsResizedKeepsItsBeginning) {
  ByteBlocks blocks;
  blocks.put(0, "beginning and end");
  blocks.put(1, "another");
  for (const std::size_t size : {9U, 100U, 7000U, 9000U, 20'000U, 12'000U, 50U, 9U}) {
    blocks.resize(0, size);
    EXPECT_EQ(held(blocks, 0, 9), "beginning") << size;
    EXPECT_EQ(held(blocks, 1, 7), "another") << size;
  }
}

TEST(ByteBlocks, MemoryFollowsWhatIsHeld) {
  ByteBlocks blocks;
  constexpr std::uint32_t owners = 20'000;
  for (std::size_t size = 10; size <= 150; size += 10) {
    for (std::uint32_t owner = 0; owner < owners; ++owner) {
      blocks.put(owner, std::string(size, 'x'));
    }
  }
  EXPECT_LE(blocks.bytes(), owners * 185);
  for (std::uint32_t owner = 0; owner < owners; ++owner) blocks.erase(owner);
  EXPECT_LE(blocks.bytes(), owners * 40);
}

// Whatever is put, replaced and erased in whatever order: it holds what a plain map would.
TEST(ByteBlocks, HoldsWhatAMapWould) {
  std::mt19937 random(7);
  const auto any_owner = [&] { return static_cast<std::uint32_t>(random() % 500); };
  ByteBlocks blocks;
  std::map<std::uint32_t, std::string> model;
  for (int step = 0; step < 200'000; ++step) {
    const std::uint32_t owner = any_owner();
    if (random() % 3 == 0) {
      blocks.erase(owner);
      model.erase(owner);
    } else {
      const std::size_t size = random() % 50 == 0 ? random() % 20'000 : random() % 300;
      std::string bytes(size, static_cast<char>(random()));
      blocks.put(owner, bytes);
      model[owner] = bytes;
    }
    const std::uint32_t looked_at = any_owner();
    const auto expected = model.find(looked_at);
    ASSERT_EQ(blocks.get(looked_at) != nullptr, expected != model.end()) << "step " << step;
    if (expected != model.end()) {
      ASSERT_EQ(held(blocks, looked_at, expected->second.size()), expected->second)
          << "step " << step;
    }
  }
}

}  // namespace
}  // namespace tidemark
