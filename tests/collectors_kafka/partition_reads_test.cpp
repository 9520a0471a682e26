// The positions of a reader, on librdkafka's mock cluster where a client is needed.
#include "collectors/partition_reads.h"

#include <gtest/gtest.h>

#include <chrono>

#include "tests/collectors_kafka/mock_cluster.h"

namespace tidemark {
namespace {

using test::MockCluster;
constexpr char topic_name[] = "__consumer_offsets";
constexpr std::int32_t partitions = 3;

class PartitionReadsTest : public testing::Test {
 protected:
  std::shared_ptr<KafkaClient> open(HandleUse use) {
    auto opened = KafkaClient::open({"DEV", cluster_.bootstrap(), {}, {}, use});
    EXPECT_TRUE(opened.ok()) << opened.error.message;
    return std::move(opened.value);
  }
  // Takes what comes until `done`; less if that takes longer than anybody should wait.
  template <class Done>
  void read(const std::shared_ptr<KafkaClient>& client, Done done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{40};
    while (!done() && std::chrono::steady_clock::now() < end) {
      reads_.adopt(partitions, client, {}, [] {});
      const Fetched fetched = client->fetch(Duration{20}, 100);
      reads_.note(fetched.records());
      for (const FetchedRecord& record : fetched.records()) {
        if (record.fault == KafkaFault::none) seen_[record.partition].push_back(record.offset);
      }
    }
  }
  void note(std::int32_t partition, std::int64_t offset, KafkaFault fault) {
    FetchedRecord record;
    record.partition = partition;
    record.offset = offset;
    record.fault = fault;
    reads_.note(std::span(&record, 1));
  }

  MockCluster cluster_;
  CollectorSettings settings_{ClusterName{"DEV"}, {}, {}, {}, {}};
  Channel<Observation> inlet_{"inlet", {100, 100'000}};
  Outlet outlet_{"DEV", inlet_};
  SystemClock clock_;
  PartitionReads reads_{{topic_name, "offsets", [](bool) {}}, settings_, outlet_, clock_};
  std::map<std::int32_t, std::vector<std::int64_t>> seen_;
};

TEST_F(PartitionReadsTest, AnotherClientGoesOnWhereTheFirstStood) {
  cluster_.create_topic(topic_name, partitions);
  cluster_.commit_many("billing", "orders", 500, 0);
  cluster_.commit_many("billing", "orders", 300, 2);
  EXPECT_FALSE(reads_.caught_up()) << "nothing has been begun";
  const auto first = open(HandleUse::backlog);
  read(first, [&] { return seen_[0].size() + seen_[2].size() > 350; });
  EXPECT_FALSE(reads_.caught_up());

  reads_.change_client();
  cluster_.commit_many("billing", "orders", 20, 1);
  const auto second = open(HandleUse::bulk);
  read(second, [&] { return reads_.caught_up() && !seen_[1].empty(); });
  for (const auto& [partition, count] : {std::pair{0, 500U}, {1, 20U}, {2, 300U}}) {
    ASSERT_EQ(seen_[partition].size(), count) << partition;
    EXPECT_EQ(seen_[partition].front(), 0) << partition;
    EXPECT_EQ(seen_[partition].back(), count - 1) << partition;
  }
}

TEST_F(PartitionReadsTest, OneThatCannotBeReadHoldsUpNobody) {
  cluster_.create_topic(topic_name, partitions);
  reads_.adopt(partitions, open(HandleUse::backlog), {}, [] {});
  note(0, 0, KafkaFault::end_of_log);
  note(1, 0, KafkaFault::not_authorized);
  EXPECT_FALSE(reads_.caught_up()) << "the last has not been read yet";
  note(2, 7, KafkaFault::end_of_log);
  EXPECT_TRUE(reads_.caught_up());
  note(1, 0, KafkaFault::none);
  EXPECT_FALSE(reads_.caught_up()) << "it can be read now";
}

}  // namespace
}  // namespace tidemark
