#include "api/target.h"

#include <gmock/gmock.h>

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

Target parsed(std::string_view text) { return std::get<Target>(parse_target(text)); }
TargetError refused(std::string_view text) { return std::get<TargetError>(parse_target(text)); }

TEST(Target, SegmentsAreDecodedOneByOneSoThatASlashCanBePartOfAName) {
  EXPECT_THAT(parsed("/v3/kafka/a%2Fb%20c%25/%F0%9F%8C%8A").segments,
              ElementsAre("v3", "kafka", "a/b c%", "\U0001F30A"));
}

TEST(Target, EmptySegmentsAreKept) {
  EXPECT_THAT(parsed("/groups/").segments, ElementsAre("groups", ""));
  EXPECT_THAT(parsed("//a").segments, ElementsAre("", "a"));
}

TEST(Target, PlusIsASpaceInTheQueryOnly) {
  const Target target = parsed("/a+b?q=a+b%2B&empty=&bare");
  EXPECT_THAT(target.segments, ElementsAre("a+b"));
  EXPECT_THAT(target.query, ElementsAre(Pair("q", "a b+"), Pair("empty", ""), Pair("bare", "")));
}

TEST(Target, TheAbsoluteFormIsTheSame) {
  EXPECT_THAT(parsed("http://host:8000/a/b?q=1").segments, ElementsAre("a", "b"));
  EXPECT_THAT(parsed("http://host").segments, ElementsAre(""));
}

TEST(Target, BrokenEscapesAreRefusedByName) {
  for (const char* path : {"/%zz", "/a/%4", "/%", "/%%41", "/%+1"}) {
    EXPECT_EQ(refused(path).field, "path") << path;
  }
  EXPECT_THAT(refused("/a/b%zz").message, HasSubstr("\"b%zz\""));
  EXPECT_EQ(refused("/groups?status=%zz").field, "status");
}

TEST(Target, EveryByteSurvivesEncodingAndDecoding) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(percent_decode(percent_encode(all)), all);
  EXPECT_EQ(percent_encode("a b/%"), "a%20b%2F%25");
}

}  // namespace
}  // namespace tidemark
