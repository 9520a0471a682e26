#include "daemon/pipeline/questions.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "daemon/pipeline/pauses.h"

namespace tidemark {
namespace {

using When = Questions::When;

// Answers with the name of the group and the order in which it came, as the topic of a window.
class Answering {
 public:
  Result<GroupDetail> operator()(const std::string& group, bool trace) {
    GroupDetail out;
    out.windows.emplace_back().topic = TopicName{group};
    ++(trace ? traces : plain);
    return out;
  }
  int traces = 0;
  int plain = 0;
};

std::string topic_of(const Result<GroupDetail>& detail) {
  return detail ? detail.value().windows.at(0).topic.get() : detail.error().message;
}

// The pipeline thread: looks for questions until told to end.
class Pipeline {
 public:
  explicit Pipeline(Questions& questions, When when)
      : thread_([this, &questions, when](const std::stop_token& stop) {
          while (!stop.stop_requested()) questions.answer(when, std::ref(answering_));
        }) {}

 private:
  Answering answering_;
  std::jthread thread_;
};

TEST(Questions, EachGetsItsOwnAnswer) {
  Questions questions("PROD", [] {});
  const Pipeline pipeline(questions, When::between_observations);
  std::vector<std::jthread> askers;
  for (int i = 0; i < 8; ++i) {
    askers.emplace_back([&questions, name = "group-" + std::to_string(i)] {
      for (int n = 0; n < 100; ++n) EXPECT_EQ(topic_of(questions.ask(name, n % 2 == 0)), name);
    });
  }
  askers.clear();
  EXPECT_EQ(questions.stats().pushed, 800U);
  EXPECT_EQ(questions.stats().name, "questions");
}

TEST(Questions, ASleepingPipelineIsWokenAfterTheQuestionIsThere) {
  Answering answering;
  Questions* asked = nullptr;
  Questions questions("PROD",
                      [&] { asked->answer(When::between_observations, std::ref(answering)); });
  asked = &questions;
  EXPECT_EQ(topic_of(questions.ask("payments", false)), "payments");
  EXPECT_EQ(answering.plain, 1);
}

TEST(Questions, InAPauseThoseWithATraceArePutAside) {
  Answering answering;
  std::atomic<int> woken{0};
  Questions questions("PROD", [&] { ++woken; });
  std::jthread traced([&] { EXPECT_EQ(topic_of(questions.ask("payments", true)), "payments"); });
  std::jthread plain([&] { EXPECT_EQ(topic_of(questions.ask("orders", false)), "orders"); });
  while (woken < 2) std::this_thread::yield();
  questions.answer(When::in_a_pause, std::ref(answering));
  questions.answer(When::in_a_pause, std::ref(answering));
  EXPECT_EQ(answering.plain, 1);
  EXPECT_EQ(answering.traces, 0);
  questions.answer(When::between_observations, std::ref(answering));
  EXPECT_EQ(answering.traces, 1);
}

TEST(Questions, NobodyThereIsSaidWithGroupAndCluster) {
  Questions questions("PROD", [] {});
  const auto late = questions.ask("payments", false);
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().message,
            "cluster PROD did not answer for group \"payments\" within 1000 ms");
  questions.close();
  EXPECT_FALSE(questions.ask("payments", false).ok());
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
