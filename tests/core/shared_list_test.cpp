#include "core/shared_list.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tidemark {
namespace {

using List = SharedList<std::string>;

TEST(SharedList, BeginsEmpty) {
  const List list;
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(list.begin(), list.end());
  EXPECT_TRUE(list.get().empty());
}

TEST(SharedList, CopiesShareTheirItems) {
  const List one{"a", "b"};
  const List two = one;
  EXPECT_TRUE(two.shares_with(one));
  EXPECT_EQ(&one[1], &two[1]);
  EXPECT_FALSE(two.shares_with(List{"a", "b"})) << "equal, but not the same";
}

TEST(SharedList, AChangeIsSeenInOneCopyAlone) {
  const List before{"a"};
  List after = before;
  after.push_back("b");
  after.edit([](std::vector<std::string>& items) { items.front() = "c"; });
  EXPECT_EQ(before.get(), std::vector<std::string>{"a"});
  EXPECT_EQ(after.get(), (std::vector<std::string>{"c", "b"}));
}

}  // namespace
}  // namespace tidemark
