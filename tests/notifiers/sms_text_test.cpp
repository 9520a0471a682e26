#include "notifiers/sms_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/utf8.h"
#include "tests/notifiers/messages.h"

namespace tidemark {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string text_of(const Message& message, const std::string& own = "") {
  const auto out = sms_text(message, own);
  EXPECT_TRUE(out) << out.error().message;
  return out ? out.value() : "";
}

TEST(SmsSize, CountsSeptetsAndUnits) {
  EXPECT_EQ(sms_size("abc").units, 3u);
  EXPECT_EQ(sms_size("a|[€]").units, 9u);  // four of them take two
  EXPECT_FALSE(sms_size("äöü@£Ω").ucs2);
  EXPECT_TRUE(sms_size("zażółć").ucs2);
  EXPECT_EQ(sms_size("😀").units, 2u);
  EXPECT_EQ(sms_size("😀").room(), 70u);
  EXPECT_TRUE(sms_size(std::string(160, 'a')).fits());
  EXPECT_FALSE(sms_size(std::string(161, 'a')).fits());
}

TEST(SmsText, SaysStatusClusterAndGroupFirst) {
  EXPECT_EQ(text_of(test::opened()),
            "ERROR SAMPLE payments-sample, since 22:01 UTC, for 12 min: orders-3 is STOPPED: no "
            "commit for 12 min while 48,200 records wait.");
  EXPECT_THAT(text_of(test::of_kind(MessageKind::resolved)),
              StartsWith("OK SAMPLE payments-sample, from 22:01 UTC to 22:13 UTC"));
  EXPECT_THAT(text_of(test::of_kind(MessageKind::opened, true)),
              StartsWith("ERROR SAMPLE payments-sample and 190 more, since"));
}

TEST(SmsText, CutsTheReasonBeforeTheNames) {
  const std::string group = "payments-settlement-reconciliation-worker-v2";
  const std::string text = text_of(test::opened_of("production-eu-central", group));
  EXPECT_LE(sms_size(text).units, 160u);
  EXPECT_THAT(text, StartsWith("ERROR production-eu-central " + group + ", since 22:01 UTC"));
  EXPECT_THAT(text, HasSubstr(": orders-3 is STOPPED"));
}

TEST(SmsText, ShortensALongNameInItsMiddle) {
  const std::string text =
      text_of(test::opened_of("PROD", "begin-" + std::string(240, 'x') + "-end"));
  EXPECT_LE(sms_size(text).units, 160u);
  EXPECT_THAT(text, StartsWith("ERROR PROD begin-xxx"));
  EXPECT_THAT(text, HasSubstr("..x"));
  EXPECT_THAT(text, HasSubstr("-end, since 22:01 UTC, for 12 min"));
}

TEST(SmsText, UsesUcs2ForNamesThatNeedItAndForNothingElse) {
  const std::string text = text_of(test::opened_of("PROD", "заказы"));
  EXPECT_TRUE(sms_size(text).ucs2);
  EXPECT_TRUE(sms_size(text).fits());
  EXPECT_THAT(text, StartsWith("ERROR PROD заказы"));
  Message message = test::opened();
  message.alerts[0].reason = "lag ≤ 5 – 日本 “so”…";
  EXPECT_THAT(text_of(message), HasSubstr(": lag <= 5 - ?? \"so\"..."));
}

TEST(SmsText, TakesATemplate) {
  EXPECT_EQ(text_of(test::opened(), "{{group}}: {{status}}\n"), "payments-sample: ERROR");
  const std::string long_text = text_of(test::opened(), std::string(300, 'a') + "{{group}}");
  EXPECT_EQ(long_text, std::string(160, 'a'));
}

// A name of any letters: ASCII, GSM's two-septet ones, Greek, Cyrillic, emoji, broken bytes.
std::string any_name(std::mt19937& random, std::size_t most) {
  constexpr std::u32string_view letters = U"abcXYZ-_.09|[]{}~^\\€äΩЖщ日😀\u202E\n ";
  std::string out;
  const bool plain = random() % 2 == 0;
  for (std::size_t i = 1 + random() % most; i > 0; --i) {
    append_utf8(out, letters[random() % (plain ? 20 : letters.size())]);
    if (!plain && random() % 50 == 0) out += '\xFF';
  }
  return out;
}

TEST(SmsText, FitsOneSegmentAndKeepsStatusClusterAndGroupWhateverTheyAre) {
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) {
    Message message = test::opened_of(any_name(random, 60), any_name(random, 255));
    message.alerts[0].reason = any_name(random, 200);
    const std::string text = text_of(message);
    ASSERT_TRUE(sms_size(text).fits()) << text;
    ASSERT_THAT(text, StartsWith("ERROR ")) << text;
    ASSERT_THAT(text, HasSubstr("since 22:01 UTC")) << text;
    ASSERT_FALSE(first_not_utf8(text)) << text;
    ASSERT_EQ(text.find_first_of("\r\n"), std::string::npos);
  }
}

TEST(SmsText, KeepsShortNamesWhole) {
  std::mt19937 random(8);
  for (int i = 0; i < 1000; ++i) {
    std::string group;
    for (std::size_t left = 1 + random() % 20; left > 0; --left) {
      group += static_cast<char>('a' + random() % 26);
    }
    Message message = test::opened_of("PROD", group);
    message.alerts[0].reason = any_name(random, 400);
    ASSERT_THAT(text_of(message), StartsWith("ERROR PROD " + group + ", since"));
  }
}

}  // namespace
}  // namespace tidemark
