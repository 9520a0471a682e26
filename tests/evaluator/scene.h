// Evidence about one group in few words, for tests of causes and forecasts. Unless told otherwise
// all is well: the group `payments` reads `orders` (12 partitions) with 4 members, 3 partitions
// each, and it is 02:28 UTC.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluator/evidence.h"

namespace tidemark::test {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// 2026-11-21, at so many hours and minutes UTC.
Instant utc(int hour, int minute, int second = 0);

class Scene {
 public:
  Scene();

  GroupEvidence evidence;

  MemberEvidence& member(std::size_t index) { return evidence.members.at(index); }
  TopicEvidence& orders() { return evidence.topics.at(0); }
  PartitionEvidence& at(std::size_t partition) { return orders().partitions.at(partition); }

  // Of partitions of `orders`: their status and reason, with the numbers that go with it.
  Scene& stopped(std::initializer_list<std::size_t> partitions, Instant last_commit);
  Scene& stalled(std::size_t partition, Instant since);
  Scene& behind(std::initializer_list<std::size_t> partitions);
  Scene& blocked(std::size_t partition, Instant since);

  [[nodiscard]] std::vector<Finding> findings() const { return find_causes(evidence); }
  // Null if there is none of this kind.
  [[nodiscard]] std::optional<Finding> finding(FindingKind kind) const;
};

// A story in which a finding is made, what is said, and each piece of evidence without which it is
// not.
struct CauseStory {
  std::string name;
  FindingKind kind;
  std::function<void(Scene&)> tell;
  std::string sentence;
  std::string next_step;
  struct Without {
    std::string what;
    std::function<void(Scene&)> change;
  };
  std::vector<Without> without;
};
void PrintTo(const CauseStory& story, std::ostream* out);
// The finding is made, and not once `change` is made to the story.
void expect_story(const CauseStory& story);

}  // namespace tidemark::test
