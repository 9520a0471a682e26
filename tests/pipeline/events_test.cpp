// What a cluster tells as events, and what it keeps to itself.
#include <gmock/gmock.h>

#include "tests/pipeline/cluster.h"

namespace tidemark {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr TopicUuid first_id{1};
constexpr TopicUuid second_id{2};

class Events : public Cluster {
 protected:
  // Of all up to `at`, what was not asked for before: "status payments: OK → ERROR (stopped)".
  std::vector<std::string> news(int at) {
    std::vector<std::string> out;
    const auto report = tick(at);
    for (const auto& event : report->events) {
      if (event->sequence <= told_) continue;
      EXPECT_EQ(event->sequence, told_ + 1) << "no gap";
      told_ = event->sequence;
      last_ = *event;
      out.push_back(short_of(*event));
    }
    return out;
  }
  const Event& last() const { return last_; }

  // Every second, all is refreshed every ten.
  std::vector<std::string> live(int from, int to, std::int64_t end) {
    std::vector<std::string> out;
    for (int at = from; at <= to; ++at) {
      if (at % 10 == 0) refresh(at, end);
      for (std::string& each : news(at)) out.push_back(std::move(each));
    }
    return out;
  }

 private:
  static std::string short_of(const Event& event) {
    std::string out{to_string(event.kind)};
    if (!event.group.empty()) out += " " + event.group;
    if (!event.subject.empty()) out += " " + event.subject;
    if (!event.from.empty() || !event.to.empty()) out += ": " + event.from + " → " + event.to;
    return out + " (" + event.reason + ")";
  }

  std::uint64_t told_ = 0;
  Event last_;
};

TEST_F(Events, AGroupThatStopsIsToldOnceAndWithItsReason) {
  refresh(0, 100);
  commit(5, 100);
  EXPECT_THAT(live(6, 20, 100), ElementsAre("group_new payments:  → OK (caught_up)"));
  EXPECT_THAT(live(21, 1000, 150), ElementsAre("status payments: OK → ERROR (stopped)"));
  EXPECT_THAT(last().sentence, HasSubstr("no commit for"));
  commit(1001, 150);
  EXPECT_THAT(live(1001, 1010, 150), ElementsAre("status payments: ERROR → OK (caught_up)"));
}

TEST_F(Events, TheFirstVerdictAfterAStartIsNoEvent) {
  start_up(10);
  commit(-2000, 100);
  EXPECT_THAT(live(0, 700, 150), IsEmpty());
  read_to(10);
  EXPECT_THAT(live(701, 710, 150), IsEmpty());
  EXPECT_EQ(group(710)->status, GroupStatus::error) << "as it was when first seen";
  commit(711, 150);
  EXPECT_THAT(live(711, 720, 150), ElementsAre("status payments: ERROR → OK (caught_up)"));
}

TEST_F(Events, AGroupThatWasThereAtTheStartIsNotNewButALaterOneIs) {
  start_up(10);
  commit(-20, 100);
  read_to(10);
  refresh(0, 100);
  EXPECT_THAT(news(1), IsEmpty());
  commit(2, 100, "billing");
  refresh(10, 100);
  EXPECT_THAT(news(11), ElementsAre("group_new billing:  → OK (caught_up)"));
}

TEST_F(Events, ADeletedGroupIsGoneOnce) {
  refresh(0, 100);
  commit(5, 100);
  live(6, 20, 100);
  tombstone(21);
  EXPECT_THAT(live(21, 40, 100), ElementsAre("group_gone payments: OK → NOT_FOUND ()"));
}

TEST_F(Events, AGroupThatIsDeletedAndThereAgainAtOnceHasNotGone) {
  refresh(0, 100);
  commit(5, 100);
  live(6, 20, 100);
  tombstone(21);
  commit(21, 100);
  refresh(21, 100);
  EXPECT_THAT(live(22, 40, 100), IsEmpty());
}

TEST_F(Events, ALossIsToldOnceUntilItIsHealedAndHappensAgain) {
  refresh(0, 100);
  commit(5, 50);
  live(6, 9, 100);
  refresh(10, 100, 0, 60);
  EXPECT_THAT(news(11), ElementsAre("data_loss payments orders-0:  → data_loss (data_loss)"));
  EXPECT_EQ(last().sentence, "retention deleted 10 records of orders-0 before the group read them");
  refresh(20, 100, 0, 70);
  EXPECT_THAT(news(21), IsEmpty()) << "the same loss grows";
  commit(22, 80);
  refresh(30, 100, 0, 70);
  EXPECT_THAT(news(31), ElementsAre("condition payments: data_loss →  (data_loss)"));
  refresh(40, 100, 0, 90);
  EXPECT_THAT(news(41), ElementsAre("data_loss payments orders-0:  → data_loss (data_loss)"));
}

TEST_F(Events, ATopicThatIsCreatedAgainIsToldOnceHoweverItIsSeen) {
  refresh(0, 100);
  commit(5, 100, "payments", first_id);
  live(6, 20, 100);
  refresh(30, 3);
  EXPECT_THAT(news(31), ElementsAre("topic_recreated orders (log_end_fell)",
                                    "status payments: OK → WARNING (beyond_log_end)"));
  commit(32, 2, "payments", second_id);
  refresh(40, 3);
  EXPECT_THAT(news(41), ElementsAre("status payments: WARNING → OK (warming_up)"));
}

TEST_F(Events, AnotherTopicIdTellsThatATopicWasCreatedAgain) {
  refresh(0, 100);
  commit(5, 100, "payments", first_id);
  live(6, 20, 100);
  commit(25, 100, "payments", second_id);
  refresh(30, 100);
  EXPECT_THAT(live(30, 40, 100), ElementsAre("topic_recreated orders (topic_id)"));
}

TEST_F(Events, BlindnessOfAllIsToldWithoutAccusingAnybody) {
  refresh(0, 100);
  commit(5, 90);
  live(6, 20, 100);
  std::vector<std::string> seen;
  for (int at = 21; at < 1000; ++at) {
    for (std::string& each : news(at)) seen.push_back(std::move(each));
  }
  EXPECT_THAT(seen, ElementsAre("blind offsets partitions 0-3 (not_read)",
                                "blind log ends of broker 1 (not_seen)"));
  EXPECT_EQ(tick(999)->health.stale_log_ends, 2U);
  EXPECT_THAT(live(1000, 1020, 90 + 10),
              ::testing::Contains("sight_back offsets partitions 0-3 (read_again)"));
  EXPECT_EQ(tick(1021)->health.stale_log_ends, 0U);
}

TEST_F(Events, ALostLinkIsToldOnceAndThatItIsBack) {
  state.apply(LinkSeen{LinkState::connected, "", "", ""});
  EXPECT_THAT(news(1), IsEmpty());
  state.apply(LinkSeen{LinkState::unreachable, "no broker answers at broker:9092", "", ""});
  EXPECT_THAT(news(2), ElementsAre("blind link (unreachable)"));
  EXPECT_EQ(last().sentence, "no broker answers at broker:9092");
  EXPECT_THAT(news(3), IsEmpty());
  state.apply(LinkSeen{LinkState::connecting, "", "", ""});
  EXPECT_THAT(news(4), IsEmpty()) << "not back yet";
  state.apply(LinkSeen{LinkState::connected, "", "", ""});
  EXPECT_THAT(news(5), ElementsAre("sight_back link (connected)"));
}

TEST_F(Events, APauseOfTheProcessIsTold) {
  refresh(0, 100);
  live(1, 10, 100);
  EXPECT_THAT(news(310).front(), "blind this process (paused)");
  EXPECT_THAT(live(311, 320, 100), ::testing::Contains("sight_back this process (running)"));
}

TEST_F(Events, AClockThatIsSetIsTold) {
  state.note_clock(seconds{1}, start);
  EXPECT_THAT(news(0), IsEmpty());
  state.note_clock(seconds{-7200}, start + seconds{1});
  EXPECT_THAT(news(1), ElementsAre("blind this machine's clock (clock_set)"));
  EXPECT_EQ(last().sentence, "it was set back by 2 h");
  state.note_clock(seconds{-7200}, start + seconds{2});
  EXPECT_THAT(news(2), ElementsAre("sight_back this machine's clock (clock_set)"));
  state.note_clock(seconds{-7200}, start + seconds{3});
  EXPECT_THAT(news(3), IsEmpty());
}

TEST_F(Events, NothingNewMeansNoEvent) {
  refresh(0, 100);
  commit(5, 100);
  live(6, 20, 100);
  EXPECT_THAT(live(21, 300, 100), IsEmpty());
}

TEST(EventLog, KeepsTheNewestInOrder) {
  EventLog log("PROD", 3);
  for (int i = 0; i < 5; ++i) log.add(Event{});
  ASSERT_EQ(log.newest().size(), 3U);
  EXPECT_EQ(log.newest().front()->sequence, 3U);
  EXPECT_EQ(log.newest().back()->sequence, 5U);
}

TEST(EventLog, SaysAnEventInOneLine) {
  Event event;
  event.group = "payments";
  event.from = "OK";
  event.to = "ERROR";
  event.sentence = "no commit for 340 s";
  EXPECT_EQ(line_of(event), "status: group \"payments\": OK → ERROR: no commit for 340 s");
}

}  // namespace
}  // namespace tidemark
