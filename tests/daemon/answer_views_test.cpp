// Causes, traced rules, events and topics as a person reads them, as golden text.
#include <gtest/gtest.h>

#include <cstdlib>

#include "daemon/terminal/describe_view.h"
#include "daemon/terminal/events_view.h"
#include "daemon/terminal/explain_view.h"
#include "daemon/terminal/text.h"
#include "daemon/terminal/topics_view.h"
#include "daemon/terminal/wrap.h"

namespace tidemark::terminal {
namespace {

Look terminal_of(std::size_t width) {
  Look out;
  out.shapes = true;
  out.width = width;
  return out;
}

TEST(Wrapped, BreaksBetweenWordsAndIndentsTheRest) {
  EXPECT_EQ(wrapped("- ", "one two three four five six seven", terminal_of(24)),
            "- one two three four\n  five six seven\n");
  EXPECT_EQ(wrapped("- ", "one two three", {}), "- one two three\n");
  EXPECT_EQ(wrapped("", "a-word-that-is-much-longer-than-that b", terminal_of(20)),
            "a-word-that-is-much-longer-than-that\nb\n");
}

TEST(Wrapped, LeavesANumberWithItsUnit) {
  EXPECT_EQ(wrapped("", "there is no commit 7 s, patience", terminal_of(20)),
            "there is no commit\n7 s, patience\n");
}

TEST(Wrapped, DoesNotCountTheCodesOfColours) {
  Look look = terminal_of(26);
  look.colour = true;
  EXPECT_EQ(wrapped(toned("ab", Tone::dim, look), "eleven chars and more of them", look),
            toned("ab", Tone::dim, look) + "eleven chars and more of\n  them\n");
}

TEST(Wrapped, ObeysNothingThatItIsGiven) {
  EXPECT_EQ(wrapped("", "a\nb\x1b[2J", {}), "a\\nb\\x1b[2J\n");
}

GroupDetailAnswer late_group() {
  GroupDetailAnswer out;
  out.group.cluster = "PROD";
  out.group.group = "payments";
  out.group.status = "ERROR";
  out.group.kind = "classic";
  out.group.protocol_type = "connect";
  out.findings = {{"stuck_record", "Partition 7 stands at offset 123,456 for 14 min: look at it.",
                   "kcat -b broker-1:9092,broker-2:9092 -t orders -p 7 -o 123456 -c 1"},
                  {"one_member", "All 6 late partitions belong to payments-3.", ""}};
  out.forecast = "At this speed it never catches up.";
  return out;
}

TEST(DescribeWhy, HasCommandsOnLinesOfTheirOwn) {
  const std::string text = describe_text(late_group(), terminal_of(40));
  EXPECT_NE(text.find("\nWhy\n"
                      "- Partition 7 stands at offset 123,456\n"
                      "  for 14 min: look at it.\n"
                      "    kcat -b broker-1:9092,broker-2:9092 -t orders -p 7 -o 123456 -c 1\n"
                      "- All 6 late partitions belong to\n"
                      "  payments-3.\n"
                      "- At this speed it never catches up.\n"),
            std::string::npos)
      << text;
}

TEST(DescribeWhy, IsNotThereWithoutACause) {
  GroupDetailAnswer detail = late_group();
  detail.findings.clear();
  detail.forecast.clear();
  EXPECT_EQ(describe_text(detail, {}).find("Why"), std::string::npos);
}

TEST(Describe, FitsIntoEightyColumns) {
  GroupDetailAnswer detail = late_group();
  PartitionAnswer late;
  late.topic = "a-topic-with-a-long-name";
  late.partition = 117;
  late.status = "STOPPED";
  late.lag = 1'234'567;
  late.time_lag = 7000;
  late.committed_offset = 123'456'789;
  late.log_end = 124'691'356;
  late.commit_age = 7000;
  late.owner = "a-client-with-a-long-name@10.1.2.3";
  late.explanation = "no commit for 7,000 s while 1,234,567 records wait";
  detail.partitions = {late};
  detail.findings.clear();
  std::string text = describe_text(detail, terminal_of(80));
  for (std::size_t end = 0; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1)) {
    EXPECT_LE(width_of(text.substr(0, end)), 80U) << text.substr(0, end);
  }
}

TEST(Describe, SaysWhichKindOfGroupItIs) {
  GroupDetailAnswer detail = late_group();
  const auto kind = [&] {
    const std::string text = describe_text(detail, {});
    const std::size_t at = text.find("Kind         ") + 13;
    return text.substr(at, text.find('\n', at) - at);
  };
  EXPECT_EQ(kind(), "classic group (connect)");
  detail.group.protocol_type = "consumer";
  EXPECT_EQ(kind(), "classic group");
  detail.group.kind = "share";
  detail.group.protocol_type.clear();
  EXPECT_EQ(kind(), "share group");
}

TEST(Describe, ShowsWhatAnOpenTransactionHides) {
  GroupDetailAnswer detail = late_group();
  PartitionAnswer held;
  held.topic = "orders";
  held.partition = 3;
  held.status = "OK";
  held.lso = 991'204;
  held.log_end = 991'300;
  held.lso_since_ms = 1'000'000;
  detail.as_of_ms = 1'000'000 + 22 * 60'000;
  detail.partitions = {held};
  EXPECT_NE(describe_text(detail, {})
                .find("Transaction  orders-3 is readable up to 991,204: one is open since 22m\n"),
            std::string::npos)
      << describe_text(detail, {});
}

ExplainAnswer why_payments() {
  ExplainAnswer out;
  out.group.cluster = "PROD";
  out.group.group = "payments";
  out.group.status = "ERROR";
  out.group.reason = "stopped";
  out.group.explanation = "orders-1: no commit for 700 s (1 of 3 partitions: STOPPED)";
  out.group.rules = "tidemark";
  out.group.status_since_ms = 1'000'000;
  out.as_of_ms = 1'400'000;
  out.decided_by = "orders-1";
  out.verdicts[{"OK", "caught_up"}]["orders"] = {0, 2};
  out.verdicts[{"STOPPED", "stopped"}]["orders"] = {1};
  ExplainedPartition& of = out.partitions.emplace_back();
  of.at.topic = "orders";
  of.at.partition = 1;
  of.at.status = "STOPPED";
  of.at.reason = "stopped";
  of.at.explanation = "no commit for 700 s while 40 records wait; patience 300 s";
  of.at.committed_offset = 100;
  of.at.commit_age = 700;
  of.at.log_start = 0;
  of.at.log_end = 141;
  of.at.lso = 141;
  of.at.lag = 40;
  of.at.time_lag = 690;
  of.position = 101;
  of.probed_to = 101;
  of.probe = "record";
  of.unread_source = "probe";
  of.patience = 300;
  of.samples = 9;
  of.intervals = 10;
  of.standing_since_ms = 700'000;
  of.rules = {{1, "no_data", false, false, "a commit was seen"},
              {9, "stopped", true, true, "waiting without a commit for 700 s > 300 s"},
              {13, "keeping_up", true, false, "no run"}};
  return out;
}

TEST(Explain, ShowsEachRuleWithItsNumbersInAPipe) {
  EXPECT_EQ(explain_text(why_payments(), {}),
            R"(PROD  payments  ERROR, for 6m 40s
  stopped: orders-1: no commit for 700 s (1 of 3 partitions: STOPPED)

The worst partition decides, ERROR over WARNING over UNKNOWN over OK: orders-1. The partitions are:
  OK caught_up: orders 0,2
  STOPPED stopped: orders 1

orders-1  STOPPED
  stopped: no commit for 700 s while 40 records wait; patience 300 s
  Committed  100, where it stands for 11m 40s; last commit 11m 40s ago
  Position   101, as far as a probe found nothing
  Log        start 0, end 141
  Lag        40, the oldest for 11m 30s, by its own timestamp
  Patience   5m
  Window     9 of 10 commits
  Probe      found a record at the position

The rules (tidemark), the first that is true decides:
   1  no_data     false  a commit was seen
>  9  stopped     true   waiting without a commit for 700 s > 300 s
  13  keeping_up  true   no run
)");
}

TEST(Explain, WrapsNumbersBelowThemselvesOnATerminal) {
  const std::string text = explain_text(why_payments(), terminal_of(60));
  EXPECT_NE(text.find(">  9  stopped     ✓ true   waiting without a commit for\n"
                      "                           700 s > 300 s\n"
                      "  13  keeping_up  ✓ true   no run\n"),
            std::string::npos)
      << text;
}

TEST(Explain, SaysThatTheRulesCouldNotBeTried) {
  ExplainAnswer answer = why_payments();
  answer.partitions[0].rules.clear();
  answer.problem = "cluster PROD did not answer";
  const std::string text = explain_text(answer, {});
  EXPECT_NE(text.find("The rules could not be tried: cluster PROD did not answer\n"),
            std::string::npos);
  EXPECT_EQ(text.find("the first that is true"), std::string::npos);
}

TEST(Explain, AGroupWithoutCommitsIsJudgedByItself) {
  ExplainAnswer answer = why_payments();
  answer.decided_by.clear();
  answer.partitions.clear();
  EXPECT_NE(explain_text(answer, {}).find("No partition with a commit counts"), std::string::npos);
}

EventAnswer stopped_event() {
  EventAnswer out;
  out.cluster = "PROD";
  out.at_ms = 1'700'000'000'000;
  out.kind = "status";
  out.group = "payments";
  out.from = "OK";
  out.to = "ERROR";
  out.reason = "stopped";
  out.sentence = "orders-0: no commit for 340 s while 31 records wait";
  return out;
}

class EventText : public testing::Test {
 protected:
  EventText() {
    setenv("TZ", "UTC", 1);
    tzset();
  }
};

TEST_F(EventText, IsOneLineInAPipe) {
  EXPECT_EQ(event_text(stopped_event(), {}),
            "2023-11-14 22:13:20  PROD      status           payments: OK → ERROR: orders-0: no "
            "commit for 340 s while 31 records wait\n");
}

TEST_F(EventText, HasItsSentenceBelowOnATerminal) {
  EXPECT_EQ(event_text(stopped_event(), terminal_of(50)),
            "2023-11-14 22:13:20  PROD  payments  OK → ✗ ERROR\n"
            "    orders-0: no commit for 340 s while 31 records\n"
            "    wait\n");
}

TEST_F(EventText, NamesWhatItIsAbout) {
  EventAnswer loss = stopped_event();
  loss.kind = "data_loss";
  loss.subject = "orders-2";
  loss.from.clear();
  loss.to = "data_loss";
  EXPECT_NE(event_text(loss, {}).find("payments orders-2: data_loss: "), std::string::npos);
  EventAnswer blind = stopped_event();
  blind.kind = "blind";
  blind.group.reset();
  blind.subject = "offsets partition 17";
  blind.reason = "not_read";
  EXPECT_NE(event_text(blind, {}).find("offsets partition 17: blind: not_read: "),
            std::string::npos);
  EventAnswer nameless = stopped_event();
  nameless.group = "";
  EXPECT_NE(event_text(nameless, {}).find("\"\": OK → ERROR"), std::string::npos);
  EventAnswer ended = stopped_event();
  ended.kind = "condition";
  ended.from = "retention_risk";
  ended.to.clear();
  EXPECT_NE(event_text(ended, {}).find("payments: retention_risk ended: "), std::string::npos);
}

TEST(TopicsTable, SaysHowLongRecordsAreKeptAndWhoReadsThem) {
  TopicsAnswer answer;
  answer.as_of_ms = 1'000'000;
  TopicAnswer orders;
  orders.cluster = "PROD";
  orders.topic = "orders";
  orders.partition_count = 12;
  orders.readers = 3;
  orders.produced_per_second = 1500.4;
  orders.settings = TopicAnswer::Settings{604'800, 1'610'612'736, true, false};
  TopicAnswer lonely;
  lonely.cluster = "PROD";
  lonely.topic = "lonely";
  lonely.partition_count = 1;
  lonely.produced_per_second = 0.25;
  lonely.unread_since_ms = 280'000;
  answer.topics = {orders, lonely};
  EXPECT_EQ(topics_table(answer, {}),
            "CLUSTER  TOPIC   PARTITIONS  READERS  WRITTEN  RETENTION      UNREAD\n"
            "PROD     orders          12        3  1,500/s  7d or 1.5 GiB\n"
            "PROD     lonely           1        0    0.2/s  -              for 12m\n");
}

TEST(RetentionText, KnowsTheWaysOfCleaning) {
  using Settings = TopicAnswer::Settings;
  EXPECT_EQ(retention_text(std::nullopt), "-");
  EXPECT_EQ(retention_text(Settings{std::nullopt, std::nullopt, true, false}), "for ever");
  EXPECT_EQ(retention_text(Settings{86'400, std::nullopt, false, true}), "compacted");
  EXPECT_EQ(retention_text(Settings{86'400, std::nullopt, true, true}), "1d, compacted");
}

}  // namespace
}  // namespace tidemark::terminal
