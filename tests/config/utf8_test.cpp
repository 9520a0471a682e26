#include "config/utf8.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

TEST(Utf8, IsReadCharacterByCharacter) {
  EXPECT_EQ(first_utf8("a")->code, U'a');
  EXPECT_EQ(first_utf8("ü!")->code, U'ü');
  EXPECT_EQ(first_utf8("€")->bytes, 3u);
  EXPECT_EQ(first_utf8("🚀")->code, U'🚀');
  EXPECT_FALSE(first_utf8(""));
}

TEST(Utf8, IsNotOverlongNorCutNorASurrogate) {
  for (const char* bad : {"\x80", "\xc3", "\xc0\xaf", "\xe2\x82", "\xed\xa0\x80",
                          "\xf4\x90\x80\x80", "\xff", "\xc3(", "\xf0\x80\x80\x80"}) {
    EXPECT_FALSE(first_utf8(bad));
    EXPECT_EQ(first_not_utf8(std::string{"ok ü "} + bad), 6u);
  }
  EXPECT_FALSE(first_not_utf8("ok ü € 🚀"));
}

}  // namespace
}  // namespace tidemark
