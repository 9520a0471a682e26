// What topics that come and go leave behind in the book of their names.
#include "daemon/pipeline/topic_names.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

constexpr int many = static_cast<int>(TopicNameBook::most_missing) + 500;

TopicUuid id(int i) {
  TopicUuid out{};
  out[0] = 1;
  out[14] = static_cast<std::uint8_t>(i / 256);
  out[15] = static_cast<std::uint8_t>(i % 256);
  return out;
}

std::string name(int i) { return "orders-" + std::to_string(i); }

TopicsSeen list(int from, int to) {
  TopicsSeen out;
  for (int i = from; i < to; ++i) out.topics.push_back({TopicName{name(i)}, 1});
  return out;
}

TEST(TopicNameBook, KnowsWhatItLearnt) {
  TopicNameBook book;
  book.learn(id(1), "orders");
  book.learn(id(1), "orders");
  EXPECT_EQ(book.names(), (TopicNames{{id(1), "orders"}}));
}

TEST(TopicNameBook, WhatIsInTheListIsKeptHoweverMuchItIs) {
  TopicNameBook book;
  for (int i = 0; i < many; ++i) book.learn(id(i), name(i));
  book.apply(list(0, many));
  EXPECT_EQ(book.names().size(), static_cast<std::size_t>(many));
}

TEST(TopicNameBook, OfWhatIsMissingTheNewestStay) {
  TopicNameBook book;
  for (int i = 0; i < many; ++i) book.learn(id(i), name(i));
  book.apply(list(0, 3));
  EXPECT_EQ(book.names().size(), TopicNameBook::most_missing + 3);
  EXPECT_TRUE(book.names().contains(id(2))) << "listed";
  EXPECT_FALSE(book.names().contains(id(3))) << "the oldest that is not";
  EXPECT_TRUE(book.names().contains(id(many - 1))) << "it may be so new that the list lacks it";
}

TEST(TopicNameBook, ATopicThatIsCreatedAgainAndAgainKeepsItsNewestIds) {
  TopicNameBook book;
  for (int i = 0; i < 100; ++i) book.learn(id(i), "orders");
  EXPECT_EQ(book.names().size(), TopicNameBook::most_ids);
  EXPECT_TRUE(book.names().contains(id(99)));
}

TEST(TopicNameBook, AnIdThatIsAnothersNowHasItsName) {
  TopicNameBook book;
  book.learn(id(1), "orders");
  book.learn(id(1), "payments");
  for (int i = 2; i < 100; ++i) book.learn(id(i), "orders");
  EXPECT_EQ(book.names().at(id(1)), "payments");
  EXPECT_EQ(book.names().size(), TopicNameBook::most_ids + 1);
}

}  // namespace
}  // namespace tidemark
