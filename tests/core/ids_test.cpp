#include "core/ids.h"

#include <gtest/gtest.h>

#include <unordered_set>

namespace tidemark {
namespace {

TEST(TopicUuid, IsPrintedAsKafkaPrintsIt) {
  EXPECT_EQ(to_string(TopicUuid{}), "AAAAAAAAAAAAAAAAAAAAAA");
  EXPECT_EQ(to_string(TopicUuid{0xfb, 0xff, 0xbf, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}),
            "-_-_AAAAAAAAAAAAAAAAAQ");
}

TEST(Offset, DifferencesAreCountsOfRecords) { EXPECT_EQ(Offset{100} - Offset{58}, 42); }

TEST(Strong, CanBeComparedAndHashed) {
  const std::unordered_set<GroupName> groups{GroupName{"a"}, GroupName{"b"}, GroupName{"a"}};
  EXPECT_EQ(groups.size(), 2U);
  EXPECT_LT(Offset{1}, Offset{2});
}

}  // namespace
}  // namespace tidemark
