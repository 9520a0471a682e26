#include "core/chunk_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

using Draft = ChunkDraft<int>;
using List = ChunkList<int>;

std::vector<int> items(const List& list) { return {list.begin(), list.end()}; }

TEST(ChunkList, BeginsEmpty) {
  const List list;
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(list.begin(), list.end());
}

TEST(ChunkList, GrowsByHandAndLeavesItsCopiesAlone) {
  List list;
  for (int i = 0; i < 40; ++i) list.push_back(i);
  const List before = list;
  list.push_back(40);
  EXPECT_EQ(before.size(), 40U);
  EXPECT_EQ(list.size(), 41U);
  EXPECT_EQ(list.front(), 0);
  EXPECT_EQ(list.back(), 40);
  EXPECT_EQ(before.back(), 39);
}

TEST(ChunkList, IsSearchedLikeAVector) {
  List list;
  for (int i = 0; i < 100; ++i) list.push_back(2 * i);
  const auto found = std::lower_bound(list.begin(), list.end(), 77);
  EXPECT_EQ(*found, 78);
  EXPECT_EQ(found - list.begin(), 39);
  EXPECT_EQ(list.end() - list.begin(), 100);
}

TEST(ChunkDraft, SharesWhatDidNotChange) {
  Draft draft;
  for (int i = 0; i < 100; ++i) draft.push_back(i);
  const List before = draft.publish();
  draft.set(40, -1);
  const List after = draft.publish();
  EXPECT_EQ(&before[5], &after[5]);
  EXPECT_NE(&before[40], &after[40]);
  EXPECT_EQ(before[40], 40);
  EXPECT_EQ(after[40], -1);
}

// Beside a plain vector of which everything is copied.
TEST(ChunkDraft, TellsWhatAVectorTellsWhateverIsDoneToIt) {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    std::mt19937 random(seed);
    Draft draft;
    std::vector<int> model;
    std::vector<std::pair<List, std::vector<int>>> published;
    for (int step = 0; step < 400; ++step) {
      const auto what = random() % 20;
      const int value = static_cast<int>(random() % 1000);
      if (what == 0 && random() % 10 == 0) {
        draft.clear();
        model.clear();
      } else if (what == 1) {
        published.emplace_back(draft.publish(), model);
      } else if (what < 10 || model.empty()) {
        draft.push_back(value);
        model.push_back(value);
      } else {
        const std::size_t at = random() % model.size();
        draft.set(at, value);
        model[at] = value;
      }
      ASSERT_EQ(draft.size(), model.size()) << "seed " << seed;
    }
    for (const auto& [list, as_it_was] : published) ASSERT_EQ(items(list), as_it_was);
  }
}

}  // namespace
}  // namespace tidemark
