#include "config/expand.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

std::optional<std::string> lookup(const std::string& name) {
  if (name == "USER_1") return "ann";
  if (name == "EMPTY") return "";
  if (name == "NESTED") return "${USER_1}";
  return std::nullopt;
}

TEST(Expand, ReplacesVariablesWhereverTheyStand) {
  EXPECT_EQ(expand("${USER_1}", lookup).text, "ann");
  EXPECT_EQ(expand("a${USER_1}b${USER_1}", lookup).text, "aannbann");
  EXPECT_EQ(expand("x${EMPTY}y", lookup).text, "xy");
  EXPECT_TRUE(expand("${EMPTY}", lookup).replaced);
}

TEST(Expand, LeavesEverythingElse) {
  for (const char* text : {"", "plain", "$", "$USER_1", "a$b", "}", "{USER_1}", "ends in $"}) {
    const Expansion expansion = expand(text, lookup);
    EXPECT_EQ(expansion.text, text);
    EXPECT_FALSE(expansion.replaced);
    EXPECT_TRUE(expansion.problems.empty());
  }
}

TEST(Expand, DoesNotLookIntoAValue) { EXPECT_EQ(expand("${NESTED}", lookup).text, "${USER_1}"); }

TEST(Expand, KnowsHowToWriteItPlainly) {
  EXPECT_EQ(expand("$${USER_1}", lookup).text, "${USER_1}");
  EXPECT_EQ(expand("$${", lookup).text, "${");
  EXPECT_EQ(expand("$${}${USER_1}", lookup).text, "${}ann");
}

TEST(Expand, NamesEveryVariableThatIsNotSet) {
  const Expansion expansion = expand("${ONE}${USER_1}${TWO}", lookup);
  ASSERT_EQ(expansion.problems.size(), 2u);
  EXPECT_EQ(expansion.problems[0], "the environment variable ONE is not set");
  EXPECT_EQ(expansion.problems[1], "the environment variable TWO is not set");
}

TEST(Expand, RefusesWhatIsNoNameWithoutCitingIt) {
  for (const char* text : {"${}", "${hunter 2}", "${1st}", "${a-b}", "${hunter2"}) {
    const Expansion expansion = expand(text, lookup);
    ASSERT_EQ(expansion.problems.size(), 1u) << text;
    EXPECT_EQ(expansion.problems[0].find("hunter"), std::string::npos);
  }
}

}  // namespace
}  // namespace tidemark
