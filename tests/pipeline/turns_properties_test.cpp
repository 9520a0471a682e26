// Only what changed or came due is judged at a tick, and the rest of a report is copied. That must
// show nowhere: a cluster that is judged in whole at every tick tells the same, word for word.
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "tests/pipeline/random_life.h"

namespace tidemark::test {
namespace {

class Comparison {
 public:
  // Of the same second, judged in part and as a whole.
  void compare(const ClusterReport& in_part, const ClusterReport& whole) {
    ASSERT_EQ(in_part.groups.size(), whole.groups.size());
    for (std::size_t i = 0; i < in_part.groups.size(); ++i) {
      const auto& group = in_part.groups[i];
      const auto before = std::exchange(newest_[group->name.get()], group);
      // A new diagnosis alone makes a new report too, with the sentences from before.
      const bool anew = before != group && (!before || before->diagnosis == group->diagnosis);
      (anew ? judged : stood) += 1;
      ASSERT_EQ(told(*group, anew), told(*whole.groups[i], anew));
      for (const TopicOfGroup& topic : group->topics) {
        for (const PartitionReport& each : topic.partitions) reasons[each.reason] += 1;
      }
    }
    ASSERT_EQ(in_part.events.size(), whole.events.size());
    for (std::size_t i = 0; i < in_part.events.size(); ++i) {
      ASSERT_EQ(told(*in_part.events[i]), told(*whole.events[i]));
    }
  }

  int judged = 0;
  int stood = 0;
  std::map<Reason, int> reasons;

 private:
  std::map<std::string, std::shared_ptr<const GroupReport>> newest_;
};

TEST(Turns, what_is_judged_in_part_tells_the_same_as_what_is_judged_as_a_whole) {
  std::map<Reason, int> reasons;
  int stood = 0;
  for (std::uint32_t seed = 0; seed < 25; ++seed) {
    Random random(seed);
    const Life life = random_life(random);
    Watched in_part(false);
    Watched whole(true);
    Comparison both;
    for (std::size_t second = 0; second < life.size(); ++second) {
      const auto seen = in_part.live(life[second]);
      both.compare(*seen, *whole.live(life[second]));
      ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed << ", second " << second;
    }
    EXPECT_GT(both.judged, 0);
    stood += both.stood;
    for (const auto& [reason, count] : both.reasons) reasons[reason] += count;
  }
  EXPECT_GT(stood, 100) << "groups of which nothing changed are not judged";
  for (const Reason reason :
       {Reason::caught_up, Reason::keeping_up, Reason::stopped, Reason::stalled, Reason::rewind,
        Reason::data_loss, Reason::blocked_by_transaction, Reason::topic_left,
        Reason::falling_behind, Reason::beyond_log_end, Reason::monitor_stale}) {
    EXPECT_GT(reasons[reason], 0) << to_string(reason);
  }
}

}  // namespace
}  // namespace tidemark::test
