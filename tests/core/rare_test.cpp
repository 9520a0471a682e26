#include "core/rare.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

TEST(Rare, HoldsNothingUnlessGivenSomething) {
  const Rare<std::string> none;
  const Rare<std::string> some(std::string("late"));
  EXPECT_FALSE(none);
  ASSERT_TRUE(some);
  EXPECT_EQ(*some, "late");
  EXPECT_EQ(some->size(), 4);
}

TEST(Rare, IsAsSmallAsAPointer) { EXPECT_EQ(sizeof(Rare<std::string>), sizeof(void*)); }

TEST(Rare, CopiesShareOneValue) {
  const Rare<std::string> first(std::string("late"));
  const Rare<std::string> second = first;  // NOLINT(performance-unnecessary-copy-initialization)
  EXPECT_EQ(&*first, &*second);
}

TEST(Rare, TheLastHolderFreesTheValue) {
  const auto watched = std::make_shared<int>(1);
  {
    Rare<std::shared_ptr<int>> first(watched);
    Rare<std::shared_ptr<int>> second(first);
    Rare<std::shared_ptr<int>> third(std::move(first));
    EXPECT_EQ(watched.use_count(), 2);
    second = third;
    second = {};
    EXPECT_EQ(watched.use_count(), 2);
  }
  EXPECT_EQ(watched.use_count(), 1);
}

TEST(Rare, AssignedToItselfStays) {
  Rare<std::string> some(std::string("late"));
  const Rare<std::string>& same = some;
  some = same;
  EXPECT_EQ(*some, "late");
}

TEST(Rare, IsCopiedAndLetGoOfByManyThreads) {
  const auto watched = std::make_shared<int>(1);
  {
    const Rare<std::shared_ptr<int>> shared(watched);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([shared] {
        for (int i = 0; i < 1000; ++i) EXPECT_EQ(**Rare<std::shared_ptr<int>>(shared), 1);
      });
    }
  }
  EXPECT_EQ(watched.use_count(), 1);
}

}  // namespace
}  // namespace tidemark
