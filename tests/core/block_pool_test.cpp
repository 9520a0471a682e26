#include "core/block_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <random>
#include <thread>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

struct Taken {
  unsigned char* block;
  std::size_t size;
  unsigned char mark;
};

Taken take(BlockPool& pool, std::size_t size, int mark) {
  const Taken out{static_cast<unsigned char*>(pool.take(size)), size,
                  static_cast<unsigned char>(mark)};
  std::memset(out.block, out.mark, size);
  return out;
}

bool intact(const Taken& of) {
  return std::all_of(of.block, of.block + of.size, [&](unsigned char at) { return at == of.mark; });
}

TEST(BlockPool, BlocksOfAllSizesAreAlignedAndKeepWhatIsWrittenIntoThem) {
  BlockPool pool;
  std::vector<Taken> all;
  for (std::size_t size = 1; size <= BlockPool::most; size += 1 + size / 7) {
    for (int i = 0; i < 3; ++i) all.push_back(take(pool, size, static_cast<int>(all.size() % 251)));
  }
  all.push_back(take(pool, BlockPool::most, 7));
  for (const Taken& each : all) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(each.block) % alignof(std::max_align_t), 0U);
    EXPECT_TRUE(intact(each)) << each.size;
    pool.give(each.block);
  }
}

TEST(BlockPool, NoTwoBlocksOverlapHoweverTheyComeAndGo) {
  BlockPool pool;
  std::mt19937 random(1);
  std::vector<Taken> held;
  std::unique_ptr<BlockPool::Turnover> turnover;
  for (int turn = 0; turn < 20'000; ++turn) {
    if (turn % 500 == 0) turnover = std::make_unique<BlockPool::Turnover>(pool);
    if (turn % 500 == 250) turnover.reset();
    const bool more = random() % 1000 < 520 - held.size() / 20;
    if (more || held.empty()) {
      const std::size_t size = random() % 2 == 0 ? random() % 200 + 1 : random() % 9000 + 1;
      held.push_back(take(pool, size, turn % 256));
      continue;
    }
    std::swap(held[random() % held.size()], held.back());
    ASSERT_TRUE(intact(held.back()));
    pool.give(held.back().block);
    held.pop_back();
    if (turn % 1000 == 0) pool.trim();
  }
  for (const Taken& each : held) {
    ASSERT_TRUE(intact(each));
    pool.give(each.block);
  }
  turnover.reset();
  EXPECT_EQ(pool.in_use(), 0U);
  pool.trim();
  EXPECT_EQ(pool.bytes(), 0U);
}

TEST(BlockPool, WhatCameBackIsTakenAgain) {
  BlockPool pool;
  std::vector<void*> blocks;
  for (int i = 0; i < 1000; ++i) blocks.push_back(pool.take(6400));
  const std::size_t most = pool.bytes();
  for (int round = 0; round < 3; ++round) {
    for (void* each : blocks) pool.give(each);
    for (void*& each : blocks) each = pool.take(6400);
  }
  EXPECT_EQ(pool.bytes(), most);
  EXPECT_LT(most, 1000 * 6400 * 11 / 10 + 512 * 1024);
  for (void* each : blocks) pool.give(each);
}

TEST(BlockPool, ASlabThatCameBackServesBlocksOfAnotherSize) {
  BlockPool pool;
  std::vector<void*> blocks;
  for (int i = 0; i < 100; ++i) blocks.push_back(pool.take(6400));
  for (void* each : blocks) pool.give(each);
  const std::size_t held = pool.bytes();
  blocks.clear();
  for (int i = 0; i < 300; ++i) blocks.push_back(pool.take(2000));
  EXPECT_EQ(pool.bytes(), held);
  for (void* each : blocks) pool.give(each);
}

TEST(BlockPool, ATrimLeavesWhatIsInUse) {
  BlockPool pool;
  std::vector<Taken> all;
  for (int i = 0; i < 1000; ++i) all.push_back(take(pool, 6400, i % 256));
  const std::size_t most = pool.bytes();
  for (std::size_t i = 20; i < all.size(); ++i) pool.give(all[i].block);
  pool.trim();
  EXPECT_LT(pool.bytes(), most / 10);
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_TRUE(intact(all[i]));
    pool.give(all[i].block);
  }
}

// One block in ten is free, everywhere, when all of them are made anew.
std::size_t held_after_all_are_made_anew(BlockPool& pool, bool as_a_turnover) {
  std::vector<Taken> old;
  for (int i = 0; i < 2000; ++i) old.push_back(take(pool, 6400, i % 256));
  std::vector<Taken> left;
  for (std::size_t i = 0; i < old.size(); ++i) {
    if (i % 10 != 0)
      left.push_back(old[i]);
    else
      pool.give(old[i].block);
  }
  std::vector<Taken> fresh;
  {
    const auto turnover = as_a_turnover ? std::make_unique<BlockPool::Turnover>(pool) : nullptr;
    for (int i = 0; i < 1800; ++i) fresh.push_back(take(pool, 6400, i % 256));
  }
  for (const Taken& each : left) {
    EXPECT_TRUE(intact(each));
    pool.give(each.block);
  }
  pool.trim();
  const std::size_t held = pool.bytes();
  for (const Taken& each : fresh) {
    EXPECT_TRUE(intact(each));
    pool.give(each.block);
  }
  return held;
}

TEST(BlockPool, ATurnoverLeavesNoOldSlabBehind) {
  BlockPool pool;
  const std::size_t needed = 1800UL * 6400;
  EXPECT_LT(held_after_all_are_made_anew(pool, true), needed * 11 / 10);
  EXPECT_GT(held_after_all_are_made_anew(pool, false), needed * 18 / 10);
}

TEST(BlockPool, RoomThatWasPutAsideServesAgainAfterATurnover) {
  BlockPool pool;
  const Taken kept = take(pool, 6400, 1);
  const std::size_t held = pool.bytes();
  {
    const BlockPool::Turnover turnover(pool);
    const Taken other = take(pool, 6400, 2);
    EXPECT_GT(pool.bytes(), held);
    {
      const BlockPool::Turnover inner(pool);
      const Taken third = take(pool, 6400, 3);
      EXPECT_TRUE(intact(third));
      pool.give(third.block);
    }
    pool.give(other.block);
  }
  pool.trim();
  EXPECT_EQ(pool.bytes(), held);
  const Taken beside = take(pool, 6400, 4);
  EXPECT_EQ(pool.bytes(), held);
  EXPECT_TRUE(intact(kept));
  pool.give(kept.block);
  pool.give(beside.block);
  pool.trim();
  EXPECT_EQ(pool.bytes(), 0U);
}

TEST(BlockPool, ThreadsGiveWhatOthersHaveTaken) {
  BlockPool pool;
  std::vector<std::vector<Taken>> by_thread(4);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&pool, t, &mine = by_thread.at(static_cast<std::size_t>(t))] {
        for (std::size_t i = 0; i < 500; ++i) mine.push_back(take(pool, 64 + i % 7 * 1000, t));
      });
    }
  }
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < 4; ++t) {
      threads.emplace_back([&pool, &others = by_thread.at((t + 1) % 4)] {
        for (const Taken& each : others) {
          EXPECT_TRUE(intact(each));
          pool.give(each.block);
        }
        pool.trim();
      });
    }
  }
  EXPECT_EQ(pool.in_use(), 0U);
  pool.trim();
  EXPECT_EQ(pool.bytes(), 0U);
}

TEST(PooledAllocator, ServesAVectorOfAnyLength) {
  std::vector<std::int64_t, PooledAllocator<std::int64_t>> list;
  for (std::int64_t i = 0; i < 100'000; ++i) list.push_back(i);
  for (std::int64_t i = 0; i < 100'000; ++i) ASSERT_EQ(list[static_cast<std::size_t>(i)], i);
  const auto copy = list;
  EXPECT_EQ(copy, list);
}

}  // namespace
}  // namespace tidemark
