#include "core/piece_list.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace tidemark {
namespace {

TEST(PieceList, grows_and_keeps_what_it_holds) {
  PieceList<int> list;
  std::vector<int> plain;
  for (std::size_t size = 1; size < 5'000; size = size * 3 / 2 + 1) {
    list.grow_to(size);
    plain.resize(size);
    EXPECT_EQ(list.size(), size);
    for (std::size_t at = 0; at < size; ++at) EXPECT_EQ(list[at], plain[at]) << at;
    for (std::size_t at = 0; at < size; ++at)
      plain[at] = list[at] = static_cast<int>(at * 7 + size);
  }
}

TEST(PieceList, never_shrinks) {
  PieceList<int> list;
  list.grow_to(600);
  list[599] = 7;
  list.grow_to(3);
  EXPECT_EQ(list.size(), 600U);
  EXPECT_EQ(list[599], 7);
}

TEST(PieceList, moves_nothing) {
  PieceList<int> list;
  list.grow_to(1);
  const int* first = &list[0];
  list.grow_to(100'000);
  EXPECT_EQ(&list[0], first);
}

TEST(PieceList, tells_what_it_holds) {
  PieceList<int> list;
  EXPECT_EQ(list.bytes(), 0U);
  list.grow_to(1'000);
  EXPECT_GE(list.bytes(), 1'000 * sizeof(int));
  EXPECT_LT(list.bytes(), 2'000 * sizeof(int));
}

}  // namespace
}  // namespace tidemark
