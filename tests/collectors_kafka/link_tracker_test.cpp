#include "collectors/link_tracker.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

const KafkaError refused{KafkaFault::refused, "Connection refused", "b1:9092"};
const KafkaError unresolved{KafkaFault::unresolved, "no such name", "b2:9092"};
const KafkaError wrong_password{KafkaFault::authentication, "invalid credentials", "b1:9092"};
const KafkaError all_down{KafkaFault::all_down, "2/2 brokers are down", {}};
const KafkaError no_metadata{KafkaFault::disconnected, "Local: Broker transport failure", {}};

class LinkTrackerTest : public testing::Test {
 protected:
  LinkTrackerTest() { link.take_change(); }

  void connect() {
    link.offsets_topic_is(OffsetsTopicAccess::there);
    link.answered();
    ASSERT_EQ(change().state, LinkState::connected);
  }
  LinkSeen change() {
    const auto seen = link.take_change();
    EXPECT_TRUE(seen.has_value());
    return seen.value_or(LinkSeen{});
  }
  bool unchanged() { return !link.take_change(); }

  LinkTracker link{"b1:9092,b2:9092"};
};

TEST_F(LinkTrackerTest, BeginsWithConnectingAndTellsEachStateOnce) {
  LinkTracker fresh("b1:9092");
  EXPECT_EQ(fresh.take_change()->state, LinkState::connecting);
  EXPECT_FALSE(fresh.take_change());
}

TEST_F(LinkTrackerTest, NamesEachCauseWhenAllBrokersAreDownFromTheStart) {
  link.noticed(refused);
  link.noticed(unresolved);
  EXPECT_TRUE(unchanged());  // the others may still come
  link.noticed(all_down);
  const LinkSeen seen = change();
  EXPECT_EQ(seen.state, LinkState::unreachable);
  EXPECT_EQ(seen.problem, "connection refused by b1:9092; cannot resolve b2");
}

TEST_F(LinkTrackerTest, WithoutACauseItNamesTheAddressItTried) {
  link.failed(no_metadata);
  EXPECT_NE(change().problem.find("b1:9092,b2:9092"), std::string::npos);
}

TEST_F(LinkTrackerTest, OneDeadBrokerOfSeveralLeavesTheClusterConnected) {
  connect();
  EXPECT_FALSE(link.noticed(refused));
  EXPECT_TRUE(unchanged());
}

TEST_F(LinkTrackerTest, TheLossOfAllBrokersIsVerifiedBeforeItIsTold) {
  connect();
  link.noticed(refused);
  EXPECT_TRUE(link.noticed(all_down));
  EXPECT_TRUE(unchanged());
  link.failed(no_metadata);
  EXPECT_EQ(change().problem, "connection refused by b1:9092");
}

TEST_F(LinkTrackerTest, AnAnswerEndsTheOutageAndForgetsItsCauses) {
  link.noticed(refused);
  link.failed(no_metadata);
  EXPECT_EQ(change().state, LinkState::unreachable);
  connect();
  link.failed(no_metadata);
  EXPECT_EQ(change().problem.find("refused"), std::string::npos);
}

TEST_F(LinkTrackerTest, ARefusedLoginIsWorthMoreThanADeadBroker) {
  link.noticed(unresolved);
  link.noticed(wrong_password);
  link.noticed(all_down);
  const LinkSeen seen = change();
  EXPECT_EQ(seen.state, LinkState::authentication_failed);
  EXPECT_EQ(seen.problem, "b1:9092: invalid credentials");
}

TEST_F(LinkTrackerTest, ACertificateFileThatCannotBeReadIsAFailedLogin) {
  link.failed({KafkaFault::bad_settings, "ssl.ca.location failed", {}});
  const LinkSeen seen = change();
  EXPECT_EQ(seen.state, LinkState::authentication_failed);
  EXPECT_EQ(seen.problem, "ssl.ca.location failed");
}

TEST_F(LinkTrackerTest, NamesResourceAndMissingRight) {
  link.offsets_topic_is(OffsetsTopicAccess::no_describe);
  link.answered();
  LinkSeen seen = change();
  EXPECT_EQ(seen.state, LinkState::not_authorized);
  EXPECT_EQ(seen.resource, "Topic __consumer_offsets");
  EXPECT_EQ(seen.right, "Describe");

  link.offsets_topic_is(OffsetsTopicAccess::there);
  link.reading_allowed(false);
  seen = change();
  EXPECT_EQ(seen.state, LinkState::not_authorized);
  EXPECT_EQ(seen.right, "Read");

  link.reading_allowed(true);
  EXPECT_EQ(change().state, LinkState::connected);
}

TEST_F(LinkTrackerTest, WaitsForATopicThatDoesNotExistYet) {
  link.offsets_topic_is(OffsetsTopicAccess::missing);
  link.answered();
  const LinkSeen seen = change();
  EXPECT_EQ(seen.state, LinkState::waiting_for_topic);
  EXPECT_NE(seen.problem.find("__consumer_offsets"), std::string::npos);
}

}  // namespace
}  // namespace tidemark
