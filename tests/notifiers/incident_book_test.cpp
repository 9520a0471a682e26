#include "notifiers/incident_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace tidemark {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Instant start = from_ms(1'700'000'000'000);

Look in(GroupStatus status, IncidentKind kind = IncidentKind::status) {
  Trouble trouble;
  trouble.kind = kind;
  trouble.status = status;
  trouble.reason = "it stands still";
  return Look{true, {trouble}, {}};
}
Look fine() { return {}; }
Look unsure() { return Look{false, {}, {}}; }

class Story : public testing::Test {
 public:
  Story& look(const Look& look, const std::string& group = "payments") {
    book.look_at_group(GroupName{group}, look, now);
    return *this;
  }
  // What was told meanwhile, "opened payments ERROR".
  std::vector<std::string> wait(Duration span) {
    std::vector<std::string> out;
    for (const Instant end = now + span; now < end;) {
      now += seconds{1};
      for (const IncidentChange& change : book.advance(now)) {
        last = change.incident;
        const bool over = change.step == IncidentStep::ended;
        out.push_back(std::string{to_string(change.step)} + " " + last.key.group.get() + " " +
                      std::string{over ? to_string(last.end) : to_string(last.worst)});
      }
    }
    return out;
  }

  IncidentBook book{ClusterName{"PROD"}, BookSettings{}};
  Instant now = start;
  Incident last;
};

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(Story, OpensWhenTheTroubleHasHeldForAMinute) {
  look(in(GroupStatus::error));
  EXPECT_THAT(wait(seconds{59}), IsEmpty());
  EXPECT_THAT(wait(seconds{1}), ElementsAre("opened payments ERROR"));
  EXPECT_EQ(last.now.since, start);
  EXPECT_THAT(wait(minutes{60}), IsEmpty());
}

TEST_F(Story, ShortTroubleIsNone) {
  look(in(GroupStatus::error)).wait(seconds{59});
  look(fine()).wait(seconds{1});
  EXPECT_EQ(book.tracked(), 0u);
  look(in(GroupStatus::error));
  EXPECT_THAT(wait(seconds{59}), IsEmpty());
}

TEST_F(Story, EndsWhenItHasBeenWellForFiveMinutesAndSaysSinceWhen) {
  look(in(GroupStatus::error)).wait(minutes{2});
  look(fine());
  EXPECT_THAT(wait(minutes{5} - seconds{1}), IsEmpty());
  EXPECT_THAT(wait(seconds{1}), ElementsAre("ended payments recovered"));
  EXPECT_EQ(last.until, start + minutes{2});
  EXPECT_EQ(book.tracked(), 0u);
}

TEST_F(Story, FlappingIsOneIncidentWithACount) {
  look(in(GroupStatus::error)).wait(minutes{2});
  const std::string id = last.id;
  for (int i = 0; i < 10; ++i) {
    look(fine());
    EXPECT_THAT(wait(minutes{4}), IsEmpty());
    look(in(GroupStatus::error));
    EXPECT_THAT(wait(minutes{4}), IsEmpty());
  }
  look(fine());
  EXPECT_THAT(wait(minutes{5}), ElementsAre("ended payments recovered"));
  EXPECT_EQ(last.flaps, 10);
  EXPECT_EQ(last.id, id);
}

TEST_F(Story, WorsensOnceItIsWorseForLongEnough) {
  look(in(GroupStatus::warning)).wait(minutes{2});
  look(in(GroupStatus::error));
  EXPECT_THAT(wait(seconds{30}), IsEmpty());
  look(in(GroupStatus::warning)).wait(seconds{1});
  look(in(GroupStatus::error));
  EXPECT_THAT(wait(minutes{1}), ElementsAre("worsened payments ERROR"));
  look(in(GroupStatus::warning)).wait(minutes{2});
  look(in(GroupStatus::error));
  EXPECT_THAT(wait(minutes{10}), IsEmpty()) << "it was told already that it is ERROR";
}

TEST_F(Story, WhatIsNotSeenNeitherOpensNorEnds) {
  look(in(GroupStatus::error)).wait(seconds{30});
  look(unsure());
  EXPECT_THAT(wait(minutes{30}), IsEmpty());
  look(in(GroupStatus::error));
  EXPECT_THAT(wait(seconds{29}), IsEmpty());
  EXPECT_THAT(wait(seconds{1}), ElementsAre("opened payments ERROR"));
  look(fine()).wait(minutes{1});
  look(unsure());
  EXPECT_THAT(wait(minutes{30}), IsEmpty());
  look(fine());
  EXPECT_THAT(wait(minutes{4}), ElementsAre("ended payments recovered"));
  EXPECT_EQ(last.flaps, 0);
}

TEST_F(Story, ADeletedGroupEndsItsIncident) {
  look(in(GroupStatus::error)).wait(minutes{1});
  book.group_gone(GroupName{"payments"}, now);
  EXPECT_THAT(wait(seconds{1}), ElementsAre("ended payments group_deleted"));
  EXPECT_EQ(book.tracked(), 0u);
}

TEST_F(Story, ADeletedGroupThatIsBackInTheSameSecondBeginsAnew) {
  look(in(GroupStatus::error)).wait(minutes{1});
  book.group_gone(GroupName{"payments"}, now);
  look(in(GroupStatus::error));
  EXPECT_THAT(wait(minutes{2}),
              ElementsAre("ended payments group_deleted", "opened payments ERROR"));
}

TEST_F(Story, KindsAreIncidentsByThemselves) {
  Look both = in(GroupStatus::error);
  both.troubles.push_back(in(GroupStatus::warning, IncidentKind::retention_risk).troubles[0]);
  look(both);
  EXPECT_THAT(wait(minutes{1}), ElementsAre("opened payments ERROR", "opened payments WARNING"));
  look(in(GroupStatus::warning, IncidentKind::retention_risk));
  EXPECT_THAT(wait(minutes{10}), ElementsAre("ended payments recovered"));
  EXPECT_EQ(last.key.kind, IncidentKind::status);
}

TEST_F(Story, AHiddenKindStandsStillWhileOthersGoOn) {
  const auto cluster = [&](const Look& look) { book.look_at_cluster(look, now); };
  cluster(in(GroupStatus::error, IncidentKind::monitor_blind));
  EXPECT_THAT(wait(minutes{1}), ElementsAre("opened  ERROR"));
  Look unreachable = in(GroupStatus::error, IncidentKind::cluster_unreachable);
  unreachable.hidden.push_back(IncidentKind::monitor_blind);
  cluster(unreachable);
  EXPECT_THAT(wait(minutes{60}), ElementsAre("opened  ERROR"));
  cluster(fine());
  EXPECT_THAT(wait(minutes{5}), ElementsAre("ended  recovered", "ended  recovered"));
}

TEST_F(Story, ARestartOpensNothingASecondTime) {
  look(in(GroupStatus::error)).wait(minutes{1});
  IncidentBook next(ClusterName{"PROD"}, BookSettings{});
  next.restore({last});
  now += minutes{30};
  EXPECT_THAT(next.advance(now), IsEmpty()) << "nobody looked meanwhile";
  next.look_at_group(GroupName{"payments"}, in(GroupStatus::error), now);
  EXPECT_THAT(next.advance(now + minutes{2}), IsEmpty());
  next.look_at_group(GroupName{"payments"}, fine(), now + minutes{2});
  const auto changes = next.advance(now + minutes{7});
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].step, IncidentStep::ended);
  EXPECT_EQ(changes[0].incident.id, last.id);
}

TEST_F(Story, ALearningOneIsConfirmedOnceItsTroubleIsKnownForSure) {
  const auto stands = [](bool learning) {
    Look out = in(GroupStatus::error);
    out.troubles[0].learning = learning;
    return out;
  };
  look(stands(true));
  EXPECT_THAT(wait(minutes{10}), ElementsAre("opened payments ERROR"));
  EXPECT_TRUE(last.now.learning);
  look(stands(false));
  EXPECT_THAT(wait(seconds{59}), IsEmpty());
  look(stands(true)).wait(seconds{1});
  look(stands(false));
  EXPECT_THAT(wait(seconds{59}), IsEmpty());
  EXPECT_THAT(wait(seconds{1}), ElementsAre("confirmed payments ERROR"));
  EXPECT_FALSE(last.now.learning);
  look(stands(true)).wait(minutes{1});
  look(stands(false));
  EXPECT_THAT(wait(minutes{10}), IsEmpty()) << "once, whatever a restart makes of it";
}

TEST(IncidentIds, ArePlainAndOfTheirOwn) {
  const IncidentKey key{ClusterName{"a"}, GroupName{"bc"}, IncidentKind::status};
  const std::string id = incident_id(key, start);
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef-"), std::string::npos);
  EXPECT_EQ(id, incident_id(key, start));
  EXPECT_NE(id, incident_id({ClusterName{"ab"}, GroupName{"c"}, IncidentKind::status}, start));
  EXPECT_NE(id, incident_id(key, start + seconds{1}));
}

TEST(IncidentWords, AreReadBack) {
  for (const auto kind : {IncidentKind::status, IncidentKind::cluster_unreachable}) {
    EXPECT_EQ(incident_kind_from(to_string(kind)), kind);
  }
  for (const auto end : {IncidentEnd::none, IncidentEnd::group_deleted}) {
    EXPECT_EQ(incident_end_from(to_string(end)), end);
  }
  EXPECT_EQ(incident_kind_from("nonsense"), std::nullopt);
}

// The same told second by second: it remembers every second of one group and counts.
class PlainModel {
 public:
  // What is told in this second: "opened", "worsened", "ended".
  std::vector<std::string> second(const Look& look) {
    if (!look.sure) return {};
    const bool bad = !look.troubles.empty();
    const int status = bad ? static_cast<int>(look.troubles[0].status) : 0;
    seen_.push_back(status);
    if (worst_ == 0) {
      if (!all_of_last(60, [](int s) { return s > 0; })) return {};
      worst_ = status;
      seen_.clear();
      return {"opened"};
    }
    if (all_of_last(300, [](int s) { return s == 0; })) {
      worst_ = 0;
      seen_.clear();
      return {"ended"};
    }
    if (all_of_last(60, [&](int s) { return s > worst_; })) {
      worst_ = status;
      return {"worsened"};
    }
    return {};
  }

 private:
  template <class Is>
  bool all_of_last(std::size_t count, Is is) const {
    return seen_.size() >= count &&
           std::all_of(seen_.end() - static_cast<std::ptrdiff_t>(count), seen_.end(), is);
  }

  std::vector<int> seen_;
  int worst_ = 0;
};

TEST(IncidentBookProperty, TellsWhatAPlainModelTells) {
  std::mt19937 random(7);
  std::size_t told = 0;
  for (int round = 0; round < 30; ++round) {
    IncidentBook book(ClusterName{"PROD"}, BookSettings{});
    PlainModel model;
    Instant now = start;
    const std::vector<Look> looks{fine(), in(GroupStatus::warning), in(GroupStatus::error),
                                  unsure()};
    for (int stretch = 0; stretch < 200; ++stretch) {
      const Look& look = looks[random() % looks.size()];
      const auto span = random() % 2 == 0 ? random() % 90 : random() % 600;
      for (unsigned second = 0; second < span; ++second) {
        // A look that tells nothing new may be left out.
        if (second == 0 || random() % 5 == 0) book.look_at_group(GroupName{"g"}, look, now);
        now += seconds{1};
        std::vector<std::string> steps;
        for (const auto& change : book.advance(now)) {
          steps.emplace_back(to_string(change.step));
        }
        ASSERT_EQ(steps, model.second(look))
            << "round " << round << " at " << (now - start).count();
        told += steps.size();
      }
    }
  }
  EXPECT_GT(told, 500u);
}

}  // namespace
}  // namespace tidemark
