// How finely a policy wants groups and topics to be shown in /metrics, as it reaches the report.
#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

class MetricsPolicy : public Cluster {
 protected:
  // The first whose patterns match counts.
  void wants(const std::string& group, const std::string& topic, Granularity metrics) {
    PolicyEntry entry;
    entry.group = Pattern::compile(group).value();
    entry.topic = Pattern::compile(topic).value();
    entry.policy.metrics = metrics;
    entries.push_back(entry);
    policies = PolicyTable(entries);
  }

  std::shared_ptr<const ClusterReport> published() {
    refresh(10, 100, 100);
    commit(10, 90);
    return state.tick(start + std::chrono::seconds{12});
  }

  std::vector<PolicyEntry> entries;
};

TEST_F(MetricsPolicy, SaysNothingUnlessToldTo) {
  const auto report = published();
  const GroupReport& payments = *report->find_group("payments");
  EXPECT_EQ(payments.metrics, Granularity::by_default);
  EXPECT_EQ(payments.topics.at(0).metrics, Granularity::by_default);
  EXPECT_EQ(report->find_topic("orders")->metrics, Granularity::by_default);
}

TEST_F(MetricsPolicy, IsOneForAGroupAndOneForEachOfItsTopics) {
  wants("pay.*", "orders", Granularity::topic);
  wants("pay.*", ".*", Granularity::group);
  const auto report = published();
  const GroupReport& payments = *report->find_group("payments");
  EXPECT_EQ(payments.metrics, Granularity::group);
  EXPECT_EQ(payments.topics.at(0).metrics, Granularity::topic);
}

TEST_F(MetricsPolicy, OfATopicByItselfIsFoundWithoutAGroup) {
  wants("", "orders", Granularity::none);
  const auto report = published();
  EXPECT_EQ(report->find_topic("orders")->metrics, Granularity::none);
  EXPECT_EQ(report->find_group("payments")->topics.at(0).metrics, Granularity::by_default);
}

}  // namespace
}  // namespace tidemark
