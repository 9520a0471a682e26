// The embedded cluster from its user's side: what it takes, and what it says when it can't. That
// its brokers serve what was written is shown by the test of the whole demo.
#include "daemon/demo/mock_kafka.h"

#include <gmock/gmock.h>

namespace tidemark::demo {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

Result<std::unique_ptr<MockKafka>> small_cluster(int brokers) {
  return MockKafka::start({"TEST", brokers, {{"orders", 2}}});
}

TEST(MockKafka, HasAnAddressForEachBroker) {
  const auto cluster = small_cluster(3);
  ASSERT_TRUE(cluster.ok()) << cluster.error().message;
  const std::string& bootstrap = cluster.value()->bootstrap();
  EXPECT_EQ(std::count(bootstrap.begin(), bootstrap.end(), ','), 2) << bootstrap;
}

TEST(MockKafka, TakesRecords) {
  const auto cluster = small_cluster(1);
  ASSERT_TRUE(cluster.ok()) << cluster.error().message;
  MockKafka& kafka = *cluster.value();
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(kafka.append("orders", i % 2, "key", "value", from_ms(1'700'000'000'000)).ok());
  }
  const Status written = kafka.flush(seconds{60});
  EXPECT_TRUE(written.ok()) << written.error().message;
}

TEST(MockKafka, SaysHowManyRecordsWereNotWritten) {
  const auto cluster = small_cluster(1);
  ASSERT_TRUE(cluster.ok()) << cluster.error().message;
  MockKafka& kafka = *cluster.value();
  Status appended = kafka.append("orders", 7, "key", "value", from_ms(1'700'000'000'000));
  if (appended) appended = kafka.flush(seconds{60});  // known at the latest then
  ASSERT_FALSE(appended.ok());
  EXPECT_THAT(appended.error().message, HasSubstr("TEST"));
}

}  // namespace
}  // namespace tidemark::demo
