// The names of topics that records speak of by id. A name is kept as long as a topic of that name
// is in the cluster's list; of those that are not (deleted, or hidden from us) the newest thousand,
// and of one name the newest ids: so that years of topics that come and go leave nothing behind.
// Owned by one pipeline thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/pipeline/membership.h"
#include "evaluator/observation.h"

namespace tidemark {

class TopicNameBook {
 public:
  static constexpr std::size_t most_missing = 1000;
  static constexpr std::size_t most_ids = 4;  // of one name: it was created again so often

  void learn(const TopicUuid& id, std::string_view name);
  // Forgets the oldest of what is missing in the cluster's list, beyond `most_missing` names.
  void apply(const TopicsSeen& seen);

  [[nodiscard]] const TopicNames& names() const { return names_; }

  // Calls `visit` with its members: to be kept, and read back.
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.names_, self.ids_, self.learnt_);
  }

 private:
  struct Ids {
    std::vector<TopicUuid> newest;  // the latest last
    std::uint64_t learnt = 0;       // when, counted in names

    template <class Self, class Visit>
    static void fields(Self& self, Visit& visit) {
      visit(self.newest, self.learnt);
    }
  };

  void forget(const TopicUuid& id, std::string_view name);

  TopicNames names_;
  std::map<std::string, Ids, std::less<>> ids_;  // by name
  std::uint64_t learnt_ = 0;
};

}  // namespace tidemark
