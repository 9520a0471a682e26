#include "core/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

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

std::u32string read(std::string_view text) {
  std::u32string out;
  while (!text.empty()) out += next_code_point(text);
  return out;
}

TEST(Utf8, ReadsCodePointsOfEveryLength) {
  EXPECT_EQ(read("aü漢😀"), U"aü漢😀");
  EXPECT_EQ(read("\x7f\xc2\x80\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"),
            U"\x7f\x80\x800\xffff\x10000\x10ffff");
}

TEST(Utf8, ReplacesWhatIsBroken) {
  EXPECT_EQ(read("a\x80z"), U"a\xfffdz");                  // goes on without beginning
  EXPECT_EQ(read("\xc3"), U"\xfffd");                      // cut short
  EXPECT_EQ(read("\xf0\x9f\x98z"), U"\xfffdz");            // one for the longest beginning
  EXPECT_EQ(read("\xc0\x80"), U"\xfffd\xfffd");            // overlong
  EXPECT_EQ(read("\xe0\x80\x80"), U"\xfffd\xfffd\xfffd");  // overlong
  EXPECT_EQ(read("\xed\xa0\x80"), U"\xfffd\xfffd\xfffd");  // a surrogate
  EXPECT_EQ(read("\xf4\x90\x80\x80"), U"\xfffd\xfffd\xfffd\xfffd");  // beyond the last code point
  EXPECT_EQ(read("\xfe\xff"), U"\xfffd\xfffd");
}

}  // namespace
}  // namespace tidemark
