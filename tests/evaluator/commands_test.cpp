// Commands that people paste into a shell, with names that others chose.
#include "evaluator/commands.h"

#include <gtest/gtest.h>

#include "evaluator/words.h"

namespace tidemark::test {
namespace {

using commands::quoted;

TEST(Commands, a_harmless_name_stays_as_it_is) {
  EXPECT_EQ(quoted("orders.v2-eu_1"), "orders.v2-eu_1");
}

TEST(Commands, anything_else_is_quoted) {
  EXPECT_EQ(quoted(""), "''");
  EXPECT_EQ(quoted("two words"), "'two words'");
  EXPECT_EQ(quoted("$(reboot); `reboot` & \"x\" | y > z"), "'$(reboot); `reboot` & \"x\" | y > z'");
  EXPECT_EQ(quoted("it's"), "'it'\\''s'");
  EXPECT_EQ(quoted("~root"), "'~root'");
  EXPECT_EQ(quoted("zahlungsgröße"), "'zahlungsgröße'");
}

TEST(Commands, what_a_terminal_would_obey_is_escaped) {
  EXPECT_EQ(quoted("a\nb'c\\d"), "$'a\\012b\\'c\\\\d'");
  EXPECT_EQ(quoted("\x1b[2J"), "$'\\033[2J'");
  EXPECT_EQ(quoted("\xff"), "$'\\377'");
  EXPECT_EQ(quoted("a\u202eb"), "$'a\\342\\200\\256b'");
}

TEST(Commands, a_group_that_looks_like_an_option_is_none) {
  GroupEvidence of;
  of.bootstrap = "kafka1:9092";
  of.group = "--delete";
  EXPECT_EQ(commands::show_group_state(of),
            "kafka-consumer-groups.sh --bootstrap-server kafka1:9092 --describe --state "
            "--group=--delete");
}

TEST(Commands, without_an_address_there_is_none) {
  const GroupEvidence of;
  EXPECT_EQ(commands::show_members(of), "");
  EXPECT_EQ(commands::show_record(of, TopicName{"orders"}, PartitionId{1}, Offset{2}), "");
  EXPECT_EQ(commands::count_keys(of, TopicName{"orders"}, PartitionId{1}), "");
  EXPECT_EQ(commands::find_hanging(of, TopicName{"orders"}, 3), "");
}

TEST(Commands, transactions_of_a_topic_without_a_leader_are_found_by_its_name) {
  GroupEvidence of;
  of.bootstrap = "k:1";
  EXPECT_EQ(commands::find_hanging(of, TopicName{"orders"}, -1),
            "kafka-transactions.sh --bootstrap-server k:1 find-hanging --topic orders");
}

TEST(Words, a_name_is_one_line_of_valid_text) {
  EXPECT_EQ(words::name("payments"), "payments");
  EXPECT_EQ(words::name("a\nb\x1b\xff\u202e"), "a�b���");
  EXPECT_EQ(words::name("größe €"), "größe €");
  EXPECT_EQ(words::name(std::string(200, 'x')), std::string(120, 'x') + "…");
}

TEST(Words, a_clock_tells_the_day_of_what_is_long_ago) {
  const Instant now = from_ms(1'763'692'080'000);  // 2025-11-21 02:28 UTC
  EXPECT_EQ(words::clock(now - std::chrono::minutes{14}, now), "02:14 UTC");
  EXPECT_EQ(words::clock(now - std::chrono::hours{26}, now), "2025-11-20 00:28 UTC");
  EXPECT_EQ(words::clock(Instant::min(), now), "1970-01-01 00:00 UTC");
  EXPECT_EQ(words::clock(Instant::max(), now), "9999-12-31 23:59 UTC");
}

TEST(Words, rates_are_told_in_the_unit_that_suits_them) {
  EXPECT_EQ(words::rate(9400.4), "9,400/s");
  EXPECT_EQ(words::rate(3.44), "3.4/s");
  EXPECT_EQ(words::rate(0.5), "30/min");
  EXPECT_EQ(words::rate(0.001), "3.6/h");
  EXPECT_EQ(words::rate(0), "0/s");
  EXPECT_EQ(words::rate(-5), "0/s");
}

TEST(Words, a_guess_has_few_digits) {
  EXPECT_EQ(words::rough(std::chrono::seconds{4}), "4 s");
  EXPECT_EQ(words::rough(std::chrono::seconds{47}), "45 s");
  EXPECT_EQ(words::rough(std::chrono::seconds{1490}), "25 min");
  EXPECT_EQ(words::rough(std::chrono::hours{1}), "60 min");
  EXPECT_EQ(words::rough(std::chrono::minutes{200}), "3 h");
  EXPECT_EQ(words::rough(std::chrono::hours{70}), "3 d");
  EXPECT_EQ(words::rough(std::chrono::minutes{18}, std::chrono::minutes{42}), "18 to 40 min");
  EXPECT_EQ(words::rough(std::chrono::minutes{50}, std::chrono::hours{3}), "50 min to 3 h");
}

}  // namespace
}  // namespace tidemark::test
