// How far each part has read, and who is there, at literal moments of its plot.
#include "daemon/demo/plot.h"

#include <gmock/gmock.h>

namespace tidemark::demo {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

// Dead for 100 s, then back: reads ten times as fast as records come.
Plot dead_and_back() {
  return {-seconds{50},
          seconds{2},
          seconds{10},
          {{seconds{100}, 0, Commits::none, false}, {seconds{50}, 10, Commits::moves, true}}};
}

struct Row {
  const char* story;
  Duration at;
  Duration late;
  Duration read_until;
  bool members;
  int changes;
};

TEST(Plot, IsFollowedSceneByScene) {
  const std::vector<Row> rows = {
      {"in the past it reads all that comes", -seconds{5}, {}, milliseconds{-5500}, true, 0},
      {"it dies at its first scene", seconds{10}, {}, milliseconds{9500}, false, 1},
      {"dead, it reads nothing", seconds{60}, {}, milliseconds{9500}, false, 1},
      {"back, it begins where it was", seconds{110}, {}, milliseconds{9500}, true, 2},
      {"it catches up by 10 s a second", seconds{112}, {}, milliseconds{29500}, true, 2},
      {"it never reads what has not come", seconds{130}, {}, milliseconds{129500}, true, 2},
      {"it dies again in the next circle", seconds{170}, {}, milliseconds{159500}, false, 3},
      {"one that is late begins later", seconds{12}, seconds{5}, milliseconds{11500}, true, 0},
      {"and dies later", seconds{20}, seconds{5}, milliseconds{14500}, false, 1},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.story);
    const Moment moment = moment_of(dead_and_back(), row.late, row.at);
    EXPECT_EQ(moment.read_until, row.read_until);
    EXPECT_EQ(moment.members, row.members);
    EXPECT_EQ(moment.changes, row.changes);
  }
}

TEST(Plot, TellsWhenMembersComeAndGo) {
  EXPECT_THAT(member_changes(dead_and_back(), {}, -seconds{100}, seconds{9}), IsEmpty());
  EXPECT_THAT(member_changes(dead_and_back(), {}, seconds{9}, seconds{270}),
              ElementsAre(seconds{10}, seconds{110}, seconds{160}, seconds{260}));
}

TEST(Plot, TellsEachChangeOnceWhereverOneLooksFrom) {
  for (int second = 0; second < 400; ++second) {
    const auto seen =
        member_changes(dead_and_back(), seconds{3}, seconds{second}, seconds{second + 1});
    const bool change = (second + 1 - 13) % 150 == 0 || (second + 1 - 113) % 150 == 0;
    EXPECT_EQ(seen.size(), change && second >= 12 ? 1U : 0U) << second;
  }
}

TEST(Plot, EveryCircleEndsWithEverythingRead) {
  for (const Part part : {Part::slow, Part::stuck, Part::dead, Part::batch}) {
    const Plot& plot = plot_of(part);
    Duration end = plot.first;
    for (const Scene& scene : plot.scenes) end += scene.length;
    const Duration before_the_end = end - milliseconds{1};
    EXPECT_EQ(moment_of(plot, {}, before_the_end).read_until, before_the_end - milliseconds{500})
        << to_string(part);
  }
}

}  // namespace
}  // namespace tidemark::demo
