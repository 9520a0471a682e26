// [[http.token]]: who may change something; and that no problem ever shows a token.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/config/loading.h"
#include "tests/support/temporary_folder.h"

namespace tidemark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Loaded load_tokens(const std::string& text, const Outside& outside = {}) {
  return load_text(one_cluster + text, outside);
}

std::string token(const std::string& name, const std::string& rest) {
  return "[[http.token]]\nname = \"" + name + "\"\n" + rest + "\n";
}

TEST(Tokens, ComeFromTheFileTheEnvironmentOrAFileOfTheirOwn) {
  const test::TemporaryFolder folder;
  std::ofstream(folder / "token") << "from-a-file-0123456789\n";
  const Loaded loaded = load_tokens(
      token("a", "token = \"plain-0123456789abc\"\nrights = [\"silence\", \"forget\"]") +
          token("b", "token = \"${OPS}\"\nrights = [\"reload\", \"reload\"]") +
          token("c", "token_file = \"" + (folder / "token") + "\"\nrights = []"),
      {{{"OPS", "from-outside-0123456"}}, {}});
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  const auto& tokens = loaded.config->http.tokens;
  ASSERT_EQ(tokens.size(), 3u);
  EXPECT_EQ(tokens[0].name, "a");
  EXPECT_EQ(tokens[0].text.get(), "plain-0123456789abc");
  EXPECT_THAT(tokens[0].rights, ElementsAre(Right::silence, Right::forget));
  EXPECT_EQ(tokens[1].text.get(), "from-outside-0123456");
  EXPECT_THAT(tokens[1].rights, ElementsAre(Right::reload));
  EXPECT_EQ(tokens[2].text.get(), "from-a-file-0123456789");
  EXPECT_TRUE(tokens[2].rights.empty());
}

TEST(Tokens, AreRefusedWithoutBeingShown) {
  const std::string secret = "s3cret";
  const std::string long_secret = secret + "-0123456789";
  const std::string rights = "\nrights = [\"silence\"]";
  struct Wrong {
    std::string text;
    std::string complaint;
  };
  const std::vector<Wrong> wrong{
      {token("a", "token = \"" + secret + "\"" + rights), "http.token[0].token: is shorter"},
      {token("a", "token = \"" + long_secret + " x\"" + rights), "characters that a header"},
      {token("a", "token = \"" + long_secret + "\""), "http.token[0].rights: is missing"},
      {token("a", "rights = []"), "http.token[0].token: is missing"},
      {token("", "token = \"" + long_secret + "\"" + rights), "http.token[0].name"},
      {token("a", "token = \"" + long_secret + "\"\nrights = [\"silense\"]"),
       "did you mean \"silence\"?"},
      {token("a", "token = \"" + long_secret + "\"\nrights = \"silence\""), "a list"},
      {token("a", "tokn = \"" + long_secret + "\"" + rights), "did you mean \"token\"?"},
      {token("a", "token = \"" + long_secret + "\"" + rights) +
           token("a", "token = \"" + long_secret + "2\"" + rights),
       "http.token[1].name: is the name of another token"},
      {token("a", "token = \"" + long_secret + "\"" + rights) +
           token("b", "token = \"" + long_secret + "\"" + rights),
       "is the same as that of another one"},
      {"[http.token]\nname = \"a\"\n", "double brackets"},
  };
  for (const Wrong& each : wrong) {
    const Loaded loaded = load_tokens(each.text);
    EXPECT_FALSE(loaded.config) << each.text;
    EXPECT_THAT(texts_of(loaded), HasSubstr(each.complaint)) << each.text;
    EXPECT_THAT(texts_of(loaded), Not(HasSubstr(secret))) << each.text;
  }
}

}  // namespace
}  // namespace tidemark
