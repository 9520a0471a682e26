#include "core/pattern.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

TEST(Pattern, MatchesTheFullNameOrNotAtAll) {
  const auto pattern = Pattern::compile("pay.*");
  ASSERT_TRUE(pattern.ok());
  EXPECT_TRUE(pattern.value().matches("payments"));
  EXPECT_FALSE(pattern.value().matches("repayments"));
  EXPECT_EQ(pattern.value().text(), "pay.*");
}

TEST(Pattern, SaysWhatIsWrongWithAnExpression) {
  const auto pattern = Pattern::compile("(unclosed");
  ASSERT_FALSE(pattern.ok());
  EXPECT_NE(pattern.error().message.find("missing )"), std::string::npos)
      << pattern.error().message;
}

}  // namespace
}  // namespace tidemark
