#include "daemon/pipeline/topic_speeds.h"

#include <gtest/gtest.h>

#include <string>

namespace tidemark {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant now = from_ms(1'700'000'000'000);
constexpr Duration window = minutes{10};

const Policy& plain_policy(std::string_view) {
  static const Policy policy;
  return policy;
}

class Speeds : public testing::Test {
 protected:
  // One partition that was written at a steady rate for a quarter of an hour.
  Topic& topic(const std::string& name, int records_per_second) {
    Topic& out = table.find_or_add(name);
    TopicPartition& partition = TopicTable::partition(out, PartitionId{0});
    for (int at = 0; at <= 900; at += 10) {
      partition.history.append({Offset{at * records_per_second}, now - seconds{900 - at}},
                               seconds{10});
    }
    return out;
  }

  double likely(const Topic& of) {
    const auto& speeds = known.of(of, window, now);
    return speeds.at(0) ? speeds.at(0)->likely : -1;
  }

  TopicTable table{plain_policy};
  TopicSpeeds known{table, seconds{10}};
};

TEST_F(Speeds, AreWorkedOutOnceForAllWhoAsk) {
  const Topic& orders = topic("orders", 5);
  EXPECT_NEAR(likely(orders), 5, 0.5);
  EXPECT_NEAR(likely(orders), 5, 0.5);
  EXPECT_EQ(known.worked_out(), 1U);
}

TEST_F(Speeds, AreWorkedOutAnewAfterAWhile) {
  const Topic& orders = topic("orders", 5);
  likely(orders);
  known.of(orders, window, now + seconds{10});
  EXPECT_EQ(known.worked_out(), 2U);
}

TEST_F(Speeds, AreWorkedOutAnewWhenTopicsWent) {
  const Topic& orders = topic("orders", 5);
  likely(orders);
  table.drop_if_gone(table.find_or_add("read-once"));
  EXPECT_NEAR(likely(orders), 5, 0.5);
  EXPECT_EQ(known.worked_out(), 2U);
}

}  // namespace
}  // namespace tidemark
