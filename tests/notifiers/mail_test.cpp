#include "notifiers/mail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/utf8.h"
#include "notifiers/hashing.h"
#include "notifiers/http.h"
#include "notifiers/lag_picture.h"
#include "notifiers/mail_templates.h"
#include "notifiers/template_data.h"
#include "notifiers/text.h"
#include "tests/notifiers/messages.h"

namespace tidemark {
namespace {

using testing::HasSubstr;
using testing::Not;

EmailSettings settings() {
  EmailSettings out;
  out.from = "tidemark@example.com";
  out.to = {"a@example.com", "b@example.com"};
  return out;
}

std::string mail(const Message& message, const EmailSettings& how = settings()) {
  const auto out = mail_of(message, how);
  EXPECT_TRUE(out) << out.error().message;
  return out ? out.value() : "";
}

std::string head_of(const std::string& mail) { return mail.substr(0, mail.find("\r\n\r\n")); }

std::string header(const std::string& mail, const std::string& name) {
  const std::string head = "\r\n" + head_of(mail) + "\r\n";
  const auto at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const auto begin = at + name.size() + 4;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

TEST(Mail, HasTheHeadersOfAMail) {
  const std::string text = mail(test::opened());
  EXPECT_EQ(header(text, "From"), "Tidemark <tidemark@example.com>");
  EXPECT_EQ(header(text, "Subject"), "[SAMPLE] payments-sample is ERROR");
  EXPECT_EQ(header(text, "Date"), "Tue, 14 Nov 2023 22:13:20 +0000");
  EXPECT_EQ(header(text, "Auto-Submitted"), "auto-generated");
  EXPECT_THAT(head_of(text), HasSubstr("To: a@example.com,\r\n b@example.com\r\n"));
}

TEST(Mail, OfTheEndAnswersTheOneOfTheBeginning) {
  const std::string begin = mail(test::opened());
  const std::string end = mail(test::of_kind(MessageKind::resolved));
  EXPECT_EQ(header(begin, "In-Reply-To"), "");
  EXPECT_EQ(header(end, "In-Reply-To"), header(begin, "Message-ID"));
  EXPECT_EQ(header(end, "References"), header(begin, "Message-ID"));
  EXPECT_NE(header(end, "Message-ID"), header(begin, "Message-ID"));
  EXPECT_EQ(mail(test::opened()), begin) << "sent again it is the same mail";
}

// The text part, as a person reads it.
std::string text_of(const Message& message) {
  const auto out = render(std::string{mail_templates::text}, template_data(message), Escape::none);
  EXPECT_TRUE(out);
  return without_gaps(out.value());
}

TEST(Mail, SaysWhatAPersonNeedsAtThreeInTheMorning) {
  EXPECT_EQ(text_of(test::opened()),
            "[SAMPLE] payments-sample is ERROR: orders-3 is STOPPED: no commit for 12 min while "
            "48,200 records wait. (since 22:01 UTC, for 12 min)\n"
            "\n"
            "Lag: 48,200 records, 12 min behind; what decides: orders-3\n"
            "Nothing reads it, so it will not catch up.\n"
            "\n"
            "Likely cause: It has no members: the last one, consumer-1 at 10.0.0.7, left 12 min "
            "ago.\n"
            "\n"
            "What to do next:\n"
            "    kafka-consumer-groups.sh --bootstrap-server HOST:PORT --describe --group "
            "payments-sample\n"
            "\n"
            "Show it: http://127.0.0.1:8000/ui/#/SAMPLE/groups/payments-sample?at=1700000000000"
            "&range=1h\n"
            "\n"
            "-- \n"
            "Tidemark, incident sample-1\n");
}

TEST(Mail, OfTheEndIsShort) {
  EXPECT_EQ(text_of(test::of_kind(MessageKind::resolved)),
            "[SAMPLE] payments-sample is OK again: Nothing waits: it has read everything. (from "
            "22:01 UTC to 22:13 UTC, for 12 min)\n"
            "\n"
            "Show it: http://127.0.0.1:8000/ui/#/SAMPLE/groups/payments-sample?at=1700000000000"
            "&range=1h\n"
            "\n"
            "-- \n"
            "Tidemark, incident sample-1\n");
}

TEST(Mail, OfManyNamesTheWorstAndCountsTheRest) {
  const std::string text = text_of(test::of_kind(MessageKind::opened, true));
  EXPECT_THAT(text,
              testing::StartsWith("[SAMPLE] 200 incidents, among them payments-sample (ERROR)\n\n"
                                  "* ERROR SAMPLE payments-sample: orders-3 is STOPPED"));
  EXPECT_THAT(text, HasSubstr("* WARNING SAMPLE payments-sample-8: "));
  EXPECT_THAT(text, HasSubstr("\n* … and 190 more\n\nShow all of them: http://"));
}

TEST(Mail, LetsNobodyAddAHeaderOrALine) {
  Message message = test::opened_of(test::hostile, test::hostile);
  message.alerts[0].reason = test::hostile;
  message.alerts[0].incident = "x\r\nBcc: a@b";
  message.dedup_key = message.idempotency_key = test::hostile;
  EmailSettings own = settings();
  own.subject = "{{group}}\r\nBcc: c@d\r\n\r\nbody";
  for (const EmailSettings& how : {settings(), own}) {
    const std::string head = "\r\n" + head_of(mail(message, how));
    EXPECT_THAT(head, Not(HasSubstr("\r\nBcc:")));
    EXPECT_THAT(head, HasSubstr("\r\nMIME-Version: 1.0"));
  }
}

TEST(Mail, IsAsciiWithShortLines) {
  const std::string text = mail(test::opened_of(test::hostile, "группа" + test::hostile));
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    ASSERT_LT(static_cast<unsigned char>(text[i]), 0x80);
    if (text[i] == '\n') {
      ASSERT_EQ(text[i - 1], '\r');
      width = 0;
    } else {
      ASSERT_LE(++width, 200u);
    }
  }
}

TEST(Mail, HasAPictureWhereThereIsSomethingToDraw) {
  EXPECT_THAT(mail(test::opened()), HasSubstr("Content-Type: image/png"));
  Message flat = test::opened();
  flat.alerts[0].lag_series.clear();
  EXPECT_THAT(mail(flat), Not(HasSubstr("image/png")));
  EmailSettings without = settings();
  without.picture = false;
  EXPECT_THAT(mail(test::opened(), without), Not(HasSubstr("image/png")));
}

TEST(MailEncoding, OfHeadersTakesAnything) {
  EXPECT_EQ(header_text("plain"), "plain");
  EXPECT_EQ(header_text("zażółć"), "=?UTF-8?B?emHFvMOzxYLEhw==?=");
  EXPECT_EQ(header_text("=?x?="), "=?UTF-8?B?PT94Pz0=?=");
  EXPECT_THAT(header_text(std::string(40, 'a') + "日本日本"), HasSubstr("?=\r\n =?UTF-8?B?"));
}

TEST(MailEncoding, OfBodiesKeepsBlanksAtTheEndOfLines) {
  EXPECT_EQ(quoted_printable("a=b \nc\td\xC3\xA4"), "a=3Db=20\r\nc\td=C3=A4");
  EXPECT_EQ(quoted_printable(std::string(80, 'x')),
            std::string(75, 'x') + "=\r\n" + std::string(5, 'x'));
  EXPECT_EQ(base64_lines("Man"), "TWFu\r\n");
  EXPECT_EQ(base64_lines("Ma"), "TWE=\r\n");
  EXPECT_EQ(base64_lines("M"), "TQ==\r\n");
}

TEST(LagPicture, IsAPng) {
  const std::string png = lag_picture(test::opened().alerts[0].lag_series);
  const Instant at = from_ms(1'700'000'000'000);
  EXPECT_EQ(
      picture_words({{at, 7}, {at + std::chrono::minutes{5}, 1200}}, at + std::chrono::minutes{5}),
      "Lag from 22:13 UTC to 22:18 UTC; 1,200 records at most");
  EXPECT_EQ(
      picture_words({{at, 7}, {at + std::chrono::seconds{30}, 9}}, at + std::chrono::minutes{5}),
      "Lag from 22:13:20 UTC to 22:13:50 UTC; 9 records at most");
  EXPECT_EQ(picture_words({}, at), "");
  EXPECT_EQ(png.substr(0, 8), "\x89PNG\r\n\x1A\n");
  EXPECT_LT(png.size(), 20'000u);
}

TEST(LagPicture, TakesGapsAndWhatMakesNoSense) {
  std::vector<LagPoint> points{{test::now, {}}, {test::now, 5}};
  EXPECT_EQ(lag_picture(points), "");
  EXPECT_EQ(lag_picture({}), "");
  points = {{test::now, -7}, {test::now + Duration{1}, {}}, {test::now + Duration{2}, INT64_MAX}};
  EXPECT_NE(lag_picture(points), "");
}

TEST(Text, IsShortenedInItsMiddle) {
  EXPECT_EQ(shortened("abcdefghij", 6, ".."), "ab..ij");
  EXPECT_EQ(shortened("abc", 3, ".."), "abc");
  EXPECT_EQ(shortened("日本語日本語", 5, ".."), "日本..語");
  EXPECT_EQ(shortened("abcdef", 1, ".."), ".");
}

TEST(Text, HasNoGaps) {
  EXPECT_EQ(without_gaps("\n\na\n\n\n\nb\nc"), "a\n\nb\nc");
  EXPECT_EQ(without_gaps("\n"), "");
  EXPECT_EQ(without_gaps(""), "");
}

TEST(Text, HidesSecrets) {
  EXPECT_EQ(without_secret("a s3cr3t and s3cr3t", "s3cr3t"), "a (hidden) and (hidden)");
  EXPECT_EQ(without_secret("abc", ""), "abc");
}

TEST(Digest, IsThatOfTheBooks) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, test case 2
  EXPECT_EQ(hmac_sha256_hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(RetryAfter, IsSecondsOrADate) {
  EXPECT_EQ(parse_retry_after("17", test::now), Duration{17'000});
  EXPECT_EQ(parse_retry_after("Tue, 14 Nov 2023 22:15:20 GMT", test::now), Duration{120'000});
  EXPECT_EQ(parse_retry_after("Tue, 14 Nov 2023 22:00:00 GMT", test::now), Duration{0});
  EXPECT_EQ(parse_retry_after("999999999", test::now), Duration{86'400'000});
  EXPECT_EQ(parse_retry_after("soon", test::now), std::nullopt);
  EXPECT_EQ(parse_retry_after("", test::now), std::nullopt);
}

}  // namespace
}  // namespace tidemark
