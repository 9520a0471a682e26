#include "daemon/pipeline/questions.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "daemon/pipeline/pauses.h"

namespace tidemark {
namespace {

using When = Questions::When;

// Answers with the name of the group, as the topic of a window, and counts. Unlocked: one looks at
// a time.
class Looking {
 public:
  Result<GroupDetail> operator()(std::string_view group, bool trace) {
    GroupDetail out;
    out.windows.emplace_back().topic = TopicName{std::string(group)};
    ++(trace ? traces : plain);
    return out;
  }
  int traces = 0;
  int plain = 0;
};

std::string topic_of(const Result<GroupDetail>& detail) {
  return detail ? detail.value().windows.at(0).topic.get() : detail.error().message;
}

class AskedOfPROD : public ::testing::Test {
 protected:
  // Waits as long as so many wait for their turn.
  void wait_for(std::size_t askers) {
    while (questions_.stats().depth < askers) std::this_thread::yield();
  }
  std::jthread ask(std::string name, bool trace) {
    return std::jthread([this, name = std::move(name), trace] {
      EXPECT_EQ(topic_of(questions_.ask(name, trace)), name);
    });
  }

  Looking looking_;
  std::atomic<int> woken_{0};
  Questions questions_{"PROD", std::ref(looking_), [this] { ++woken_; }};
};

TEST_F(AskedOfPROD, EachGetsItsOwnAnswerWhateverThePipelineDoes) {
  std::atomic<bool> go_on{true};
  std::jthread pipeline([&] {
    while (go_on) {
      questions_.let_look(When::in_a_pause);
      questions_.let_look(When::between_observations);
      questions_.asleep([&] { return std::this_thread::yield(), 0; });
      ++looking_.plain;  // nobody else is there
    }
  });
  std::vector<std::jthread> askers;
  for (int i = 0; i < 8; ++i) {
    askers.emplace_back([&, name = "group-" + std::to_string(i)] {
      for (int n = 0; n < 100; ++n) EXPECT_EQ(topic_of(questions_.ask(name, n % 2 == 0)), name);
    });
  }
  askers.clear();
  go_on = false;
  pipeline.join();
  EXPECT_EQ(looking_.traces, 400);
  EXPECT_EQ(questions_.stats().pushed, 800U);
  EXPECT_EQ(questions_.stats().dropped, 0U);
  EXPECT_EQ(questions_.stats().name, "questions");
}

TEST_F(AskedOfPROD, WhileThePipelineSleepsWhoeverAsksLooks) {
  const auto found = questions_.asleep([&] { return questions_.ask("payments", false); });
  EXPECT_EQ(topic_of(found), "payments");
  EXPECT_EQ(woken_, 0) << "nothing has changed";
  EXPECT_TRUE(questions_.asleep([&] { return questions_.ask("payments", true); }).ok());
  EXPECT_EQ(woken_, 1) << "the group was judged";
}

TEST_F(AskedOfPROD, InAPauseThoseWhoWantATraceGoOnWaiting) {
  const std::jthread traced = ask("payments", true);
  const std::jthread plain = ask("orders", false);
  wait_for(2);
  questions_.let_look(When::in_a_pause);
  questions_.let_look(When::in_a_pause);
  EXPECT_EQ(looking_.plain, 1);
  EXPECT_EQ(looking_.traces, 0);
  questions_.let_look(When::between_observations);
  EXPECT_EQ(looking_.traces, 1);
}

TEST_F(AskedOfPROD, ThePipelineGoesOnWhenAllWhoWaitedHaveLooked) {
  std::vector<std::jthread> askers;
  for (int i = 0; i < 5; ++i) askers.push_back(ask("group-" + std::to_string(i), false));
  wait_for(5);
  questions_.let_look(When::in_a_pause);
  EXPECT_EQ(looking_.plain, 5);
  EXPECT_EQ(questions_.stats().depth, 0U);
}

TEST_F(AskedOfPROD, APauseOfALookLetsNobodyIn) {
  Questions* at = nullptr;
  bool inside = false;
  Questions judging(
      "PROD",
      [&](std::string_view, bool trace) -> Result<GroupDetail> {
        EXPECT_FALSE(inside);
        inside = true;
        while (trace && at->stats().depth < 1) std::this_thread::yield();
        at->let_look(When::in_a_pause);
        inside = false;
        return GroupDetail{};
      },
      [] {});
  at = &judging;
  judging.asleep([&] {
    std::jthread traced([&] { EXPECT_TRUE(judging.ask("payments", true).ok()); });
    while (judging.stats().pushed < 1) std::this_thread::yield();
    EXPECT_TRUE(judging.ask("orders", false).ok());
    return 0;
  });
}

TEST_F(AskedOfPROD, AWayOutByAnErrorLetsThePipelineGoOn) {
  Questions failing(
      "PROD",
      [](std::string_view, bool) -> Result<GroupDetail> { throw std::runtime_error("no memory"); },
      [] {});
  failing.asleep([&] {
    EXPECT_THROW(static_cast<void>(failing.ask("payments", false)), std::runtime_error);
    return 0;
  });
}

TEST_F(AskedOfPROD, NobodyThereIsSaidWithGroupAndCluster) {
  const auto late = questions_.ask("payments", false);
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().message,
            "cluster PROD did not answer for group \"payments\" within 1000 ms");
  EXPECT_EQ(questions_.stats().dropped, 1U);
}

TEST_F(AskedOfPROD, AfterTheEndNobodyWaits) {
  std::jthread waits([&] { EXPECT_FALSE(questions_.ask("payments", false).ok()); });
  wait_for(1);
  questions_.close();
  waits.join();
  questions_.asleep([&] {
    EXPECT_FALSE(questions_.ask("payments", false).ok());
    return 0;
  });
}

TEST(Pauses, ComeAfterSoMuchWork) {
  Pauses pauses;
  pauses.worked(10);  // nobody wants to know
  int looks = 0;
  pauses.call([&] { ++looks; }, 3);
  for (int i = 0; i < 7; ++i) pauses.worked();
  EXPECT_EQ(looks, 2);
  pauses.worked(100);
  EXPECT_EQ(looks, 3) << "long work has one pause behind it";
}

}  // namespace
}  // namespace tidemark
