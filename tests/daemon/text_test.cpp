#include "daemon/terminal/text.h"

#include <gtest/gtest.h>

namespace tidemark::terminal {
namespace {

TEST(Width, IsWhatATerminalUses) {
  EXPECT_EQ(width_of(""), 0u);
  EXPECT_EQ(width_of("payments"), 8u);
  EXPECT_EQ(width_of("naïve"), 5u);
  EXPECT_EQ(width_of("e\u0301"), 1u);  // an accent of its own
  EXPECT_EQ(width_of("日本語"), 6u);
  EXPECT_EQ(width_of("🚀"), 2u);
}

TEST(Printable, LeavesWhatCanBeShown) {
  for (const char* name : {"a/b c%", "日本語", "🚀", "naïve", "👩‍💻"}) {
    EXPECT_EQ(printable(name), name);
  }
}

TEST(Printable, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(printable("a\nb\tc\r"), "a\\nb\\tc\\r");
  EXPECT_EQ(printable("\x1b[31mred\x07\x7f"), "\\x1b[31mred\\x07\\x7f");
  EXPECT_EQ(printable("\u009b31m"), "\\u{9b}31m");  // an escape sequence in one character
  EXPECT_EQ(printable(std::string("\0", 1)), "\\x00");
}

TEST(Printable, ShowsWhatWouldDeceive) {
  EXPECT_EQ(printable("pay\u202emments"), "pay\\u{202e}mments");  // written backwards
  EXPECT_EQ(printable("pay\u200bments"), "pay\\u{200b}ments");    // a blank without a width
}

TEST(Printable, ShowsBytesThatAreNoText) { EXPECT_EQ(printable("a\xff\xc3"), "a\\xff\\xc3"); }

TEST(Cut, LeavesWhatFits) {
  EXPECT_EQ(cut("payments", 8), "payments");
  EXPECT_EQ(cut("日本", 4), "日本");
}

TEST(Cut, EndsWithASignThatThereWasMore) {
  EXPECT_EQ(cut("payments", 7), "paymen…");
  EXPECT_EQ(cut("payments", 1), "…");
  EXPECT_EQ(cut("payments", 0), "");
  EXPECT_EQ(cut("日本語", 5), "日本…");
  EXPECT_EQ(cut("日本語", 4), "日…");  // half a character is none
}

TEST(Padded, FillsUpToTheWidthThatIsSeen) {
  EXPECT_EQ(padded("日本", 6, false), "日本  ");
  EXPECT_EQ(padded("12", 4, true), "  12");
  EXPECT_EQ(padded("12345", 4, true), "12345");
}

}  // namespace
}  // namespace tidemark::terminal
