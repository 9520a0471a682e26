#include "config/nearest.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

TEST(EditDistance, CountsLettersInsertedDeletedChangedAndSwapped) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("refresh", "refresh"), 0u);
  EXPECT_EQ(edit_distance("refesh", "refresh"), 1u);
  EXPECT_EQ(edit_distance("reffresh", "refresh"), 1u);
  EXPECT_EQ(edit_distance("rafresh", "refresh"), 1u);
  EXPECT_EQ(edit_distance("rferesh", "refresh"), 1u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("State-Dir", "state_dir"), 0u);
}

TEST(Nearest, IsWhatWasProbablyMeant) {
  EXPECT_EQ(nearest("boostrap", {"name", "bootstrap", "kafka"}), "bootstrap");
  EXPECT_EQ(nearest("patience-min", {"patience_max", "patience_min"}), "patience_min");
  EXPECT_EQ(nearest("groop", {"groups", "group"}), "group");
}

TEST(Nearest, IsNothingWhenNothingIsNear) {
  EXPECT_FALSE(nearest("colour", {"name", "bootstrap", "kafka"}));
  EXPECT_FALSE(nearest("", {"name"}));
  EXPECT_FALSE(nearest(std::string(100'000, 'x'), {"name"}));
}

}  // namespace
}  // namespace tidemark
