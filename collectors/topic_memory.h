// Makes a steady list of topics from Metadata answers: a topic whose answer is an error stays as it
// was, and one that is missing is dropped only when the next answer lacks it too (a broker that has
// just started may not know all of them). Pure; owned by one thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "collectors/kafka_client.h"

namespace tidemark {

class TopicMemory {
 public:
  struct Merged {
    std::vector<TopicLeaders> topics;  // by name
    bool changed = false;              // topics, partition counts or leaders
    bool doubtful = false;             // something is missing for the first time: ask again soon
  };

  // Internal topics are left out, but for `__consumer_offsets` and `__share_group_state`.
  Merged merge(std::vector<TopicLeaders> answer);

 private:
  struct Known {
    std::vector<std::int32_t> leaders;
    bool present = false;  // in the answer at hand
    bool missed_once = false;
  };

  std::map<std::string, Known> topics_;
};

}  // namespace tidemark
