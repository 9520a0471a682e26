#include "core/lazy.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace tidemark {
namespace {

TEST(Lazy, IsMadeOnceForAllWhoAsk) {
  const Lazy<int> lazy;
  std::atomic<int> made{0};
  std::vector<std::jthread> readers;
  for (int i = 0; i < 8; ++i) {
    readers.emplace_back([&] { EXPECT_EQ(lazy.get([&] { return 41 + ++made; }), 42); });
  }
  readers.clear();
  EXPECT_EQ(made, 1);
}

TEST(Lazy, ACopyMakesItsOwn) {
  const Lazy<int> lazy;
  EXPECT_EQ(lazy.get([] { return 1; }), 1);
  const Lazy<int> copy(lazy);
  EXPECT_EQ(copy.get([] { return 2; }), 2);
  EXPECT_EQ(lazy.get([] { return 3; }), 1);
}

}  // namespace
}  // namespace tidemark
