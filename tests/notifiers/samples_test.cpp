#include "notifiers/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "notifiers/links.h"

namespace tidemark {
namespace {

const Instant now = from_ms(1'700'000'000'000);

TEST(Samples, AreOfEveryKind) {
  std::set<MessageKind> kinds;
  for (const Message& message : sample_messages(now)) {
    kinds.insert(message.kind);
    EXPECT_FALSE(message.alerts.empty());
    EXPECT_GE(message.count, message.alerts.size());
  }
  EXPECT_EQ(kinds.size(), 7u);
}

TEST(Samples, EndWhatTheyBegan) {
  const Message begin = sample_message(now, "http://t:1", "k");
  const Message end = sample_end(now, "http://t:1", "k");
  EXPECT_FALSE(is_over(begin));
  EXPECT_TRUE(is_over(end));
  EXPECT_EQ(begin.dedup_key, end.dedup_key);
  EXPECT_NE(begin.idempotency_key, end.idempotency_key);
  EXPECT_EQ(begin.alerts[0].incident, end.alerts[0].incident);
}

TEST(Links, LeadToTheScreensOfThePage) {
  EXPECT_EQ(link_to_group("http://t:8000/", ClusterName{"PROD"}, GroupName{"a/b c"}, now),
            "http://t:8000/ui/#/PROD/groups/a%2Fb%20c?at=1700000000000&range=1h");
  EXPECT_EQ(link_to_cluster("https://proxy/tidemark", ClusterName{"PROD"}),
            "https://proxy/tidemark/ui/#/PROD/monitor");
}

}  // namespace
}  // namespace tidemark
