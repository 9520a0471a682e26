#include "notifiers/wording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/notifiers/messages.h"

namespace tidemark {
namespace {

using test::of_kind;
using test::opened;

TEST(Wording, SaysWhereWhoAndWhatFirst) {
  EXPECT_EQ(headline(opened()), "[SAMPLE] payments-sample is ERROR");
  EXPECT_EQ(headline(of_kind(MessageKind::worsened)),
            "[SAMPLE] payments-sample went from WARNING to ERROR");
  EXPECT_EQ(headline(of_kind(MessageKind::still)), "[SAMPLE] payments-sample is still ERROR");
  EXPECT_EQ(headline(of_kind(MessageKind::resolved)), "[SAMPLE] payments-sample is OK again");
  EXPECT_EQ(headline(of_kind(MessageKind::test)), "TEST [SAMPLE] payments-sample is ERROR");
}

TEST(Wording, CountsWhatIsToldTogether) {
  EXPECT_EQ(headline(of_kind(MessageKind::opened, true)),
            "[SAMPLE] 200 incidents, among them payments-sample (ERROR)");
  EXPECT_EQ(headline(of_kind(MessageKind::digest, true)),
            "Digest: [SAMPLE] 200 incidents, among them payments-sample (ERROR)");
}

struct KindRow {
  IncidentKind kind;
  std::string begin;
  std::string end;
};

TEST(Wording, HasWordsForEveryKindOfIncident) {
  const std::vector<KindRow> rows{
      {IncidentKind::data_loss, "[SAMPLE] payments-sample is ERROR: records were lost unread",
       "[SAMPLE] payments-sample: over: records were lost unread"},
      {IncidentKind::retention_risk,
       "[SAMPLE] payments-sample is ERROR: unread records are about to be deleted",
       "[SAMPLE] payments-sample: over: unread records are about to be deleted"},
      {IncidentKind::blocked_by_transaction,
       "[SAMPLE] payments-sample is ERROR: blocked by a transaction",
       "[SAMPLE] payments-sample: over: blocked by a transaction"},
      {IncidentKind::monitor_blind,
       "[SAMPLE] Tidemark does not see the cluster well enough to judge",
       "[SAMPLE] Tidemark sees the cluster again"},
      {IncidentKind::cluster_unreachable, "[SAMPLE] cluster is unreachable",
       "[SAMPLE] cluster is reachable again"},
  };
  for (const KindRow& row : rows) {
    Message message = opened();
    message.alerts[0].kind = row.kind;
    EXPECT_EQ(headline(message), row.begin);
    message.alerts[0].until = message.at;
    EXPECT_EQ(headline(message), row.end);
  }
}

TEST(Wording, SaysSinceWhen) {
  Alert alert = opened().alerts[0];
  EXPECT_EQ(when(alert, test::now), "since 22:01 UTC, for 12 min");
  alert.until = test::now;
  EXPECT_EQ(when(alert, test::now), "from 22:01 UTC to 22:13 UTC, for 12 min");
}

TEST(Wording, SurvivesImpossibleInstants) {
  Alert alert = opened().alerts[0];
  alert.since = from_ms(-1'000'000'000'000'000);
  EXPECT_THAT(when(alert, test::now), testing::HasSubstr("1970-01-01"));
  EXPECT_EQ(rfc3339(test::now), "2023-11-14T22:13:20Z");
  EXPECT_EQ(rfc3339(test::now + Duration{7}), "2023-11-14T22:13:20.007Z");
  EXPECT_EQ(rfc3339(Instant::max()), "9999-12-31T23:59:59.999Z");
}

TEST(Wording, KeepsHostileNamesOnOneLine) {
  const std::string line = headline(test::opened_of("A\nB", test::hostile));
  EXPECT_EQ(line.find_first_of("\r\n\xFF"), std::string::npos) << line;
}

}  // namespace
}  // namespace tidemark
