#include "daemon/terminal/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/terminal/text.h"

namespace tidemark::terminal {
namespace {

Table fruit() {
  return {{{"NAME", false, 6}, {"COUNT", true}, {"NOTE", false, 8}},
          {{{"apples", Tone::strong}, {"7"}, {"red", Tone::bad}},
           {{"日本の梨"}, {"1,310"}, {"a long remark about them"}}}};
}

Look person(std::size_t width) {
  Look out;
  out.width = width;
  return out;
}

std::size_t widest(const std::string& text) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at);
    out = std::max(out, width_of(text.substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

TEST(Table, IsAlignedByWhatIsSeen) {
  EXPECT_EQ(render(fruit(), {}),
            "NAME      COUNT  NOTE\n"
            "apples        7  red\n"
            "日本の梨  1,310  a long remark about them\n");
}

TEST(Table, HasItsTitlesWithoutRows) {
  EXPECT_EQ(render({fruit().columns, {}}, {}), "NAME  COUNT  NOTE\n");
}

TEST(Table, HasNoBlanksAtTheEndsOfLines) {
  Table table = fruit();
  for (auto& row : table.rows) row[2].text = "";
  EXPECT_EQ(render(table, {}),
            "NAME      COUNT  NOTE\n"
            "apples        7\n"
            "日本の梨  1,310\n");
}

TEST(Table, CutsTheLastColumnFirst) {
  Table table = fruit();
  table.rows[1][2].text = "a remark about them that takes fifty columns at least";
  EXPECT_EQ(render(table, person(60)),
            "NAME      COUNT  NOTE\n"
            "apples        7  red\n"
            "日本の梨  1,310  a remark about them that takes fifty colum…\n");
}

TEST(Table, CutsOtherColumnsBeforeNothingCanBeReadOfTheLast) {
  Table table = fruit();
  table.rows[0][0].text = "a-name-that-nobody-can-read-at-once";
  EXPECT_EQ(widest(render(table, person(60))), 60u);
  EXPECT_THAT(render(table, person(60)), testing::HasSubstr("a long remark about them\n"));
}

TEST(Table, NeverCutsBelowWhatAColumnNeeds) {
  EXPECT_EQ(render(fruit(), person(5)),
            "NAME    COUNT  NOTE\n"
            "apples      7  red\n"
            "日本…   1,310  a long …\n");
}

TEST(Table, IsNoWiderThanAScreenThatMustNotWrap) {
  for (std::size_t width = 1; width < 45; ++width) {
    Look look = person(width);
    look.no_wrapping = true;
    EXPECT_LE(widest(render(fruit(), look)), width);
  }
}

TEST(Table, IsColouredOnlyWhereThatIsWanted) {
  Look look;
  look.colour = true;
  EXPECT_EQ(render({fruit().columns, {fruit().rows[0]}}, look),
            "\x1b[2mNAME\x1b[0m    \x1b[2mCOUNT\x1b[0m  \x1b[2mNOTE\x1b[0m\n"
            "\x1b[1mapples\x1b[0m      7  \x1b[1;31mred\x1b[0m\n");
}

TEST(Table, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(render({{{"NAME"}}, {{{"\x1b[2Jgone\n"}}}}, {}), "NAME\n\\x1b[2Jgone\\n\n");
}

}  // namespace
}  // namespace tidemark::terminal
