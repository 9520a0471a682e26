// An inlet that stands full is told once, and so is its end; moments of it are not.
#include "daemon/pipeline/inlet_events.h"

#include <gmock/gmock.h>

namespace tidemark {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class InletEventsTest : public ::testing::Test {
 protected:
  InletEventsTest() { after(seconds{1}, milliseconds{0}); }

  // The next look, and how long senders have waited since the one before.
  void after(Duration span, Duration waited, bool caught_up = true) {
    now_ += span;
    inlet_.waited_for += waited;
    events_.look(inlet_, caught_up, now_);
  }

  std::vector<std::string> told() {
    std::vector<std::string> out;
    for (const auto& event : log_.newest()) {
      out.push_back(std::string(to_string(event->kind)) + " " + event->subject + " " +
                    event->reason);
    }
    return out;
  }
  std::string last_sentence() { return (*std::prev(log_.newest().end()))->sentence; }

 private:
  Instant now_ = from_ms(1'700'000'000'000);
  ChannelStats inlet_{"inlet", 3, 90'000, 100'000};
  EventLog log_{"live"};
  InletEvents events_{log_};
};

TEST_F(InletEventsTest, APipelineThatStoodStillFindsItFullOnceAndTellsItsEnd) {
  after(seconds{40}, seconds{32});
  EXPECT_THAT(told(), ElementsAre("blind inlet inlet_full"));
  EXPECT_THAT(last_sentence(), HasSubstr("waited for 32 s"));
  EXPECT_THAT(last_sentence(), HasSubstr("90,000 of 100,000 records"));
  after(seconds{1}, milliseconds{900});
  after(seconds{1}, milliseconds{10});
  EXPECT_THAT(told(), ElementsAre("blind inlet inlet_full", "sight_back inlet inlet_flows"));
  EXPECT_THAT(last_sentence(), HasSubstr("waited for 32 s"));
  after(seconds{1}, milliseconds{0});
  EXPECT_EQ(told().size(), 2U);
}

TEST_F(InletEventsTest, APipelineThatIsTooSlowIsToldOfAfterThreeSeconds) {
  after(seconds{1}, milliseconds{1000});
  after(seconds{1}, milliseconds{1000});
  EXPECT_THAT(told(), IsEmpty());
  after(seconds{1}, milliseconds{1000});
  after(seconds{1}, milliseconds{1000});
  EXPECT_THAT(told(), ElementsAre("blind inlet inlet_full"));
}

TEST_F(InletEventsTest, MomentsOfABusyInletAreNotAddedUp) {
  for (int i = 0; i < 100; ++i) after(seconds{1}, milliseconds{400});
  EXPECT_THAT(told(), IsEmpty());
  after(seconds{1}, milliseconds{1000});
  after(seconds{1}, milliseconds{100});
  after(seconds{1}, milliseconds{1000});
  after(seconds{1}, milliseconds{1000});
  EXPECT_THAT(told(), IsEmpty()) << "begins anew after each pause";
}

TEST_F(InletEventsTest, WhileTheBacklogIsReadAFullInletIsNoNews) {
  for (int i = 0; i < 20; ++i) after(seconds{1}, milliseconds{1000}, false);
  after(seconds{1}, milliseconds{1000}, true);
  EXPECT_THAT(told(), IsEmpty());
  after(seconds{1}, milliseconds{0}, true);
  EXPECT_THAT(told(), IsEmpty()) << "neither is its end";
}

}  // namespace
}  // namespace tidemark
