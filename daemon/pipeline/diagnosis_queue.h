// Which group's diagnosis is to be made next: the one that is overdue for longest. Holds groups in
// trouble only. Owned by one pipeline thread; instants are on the brokers' clock.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/time.h"

namespace tidemark {

class DiagnosisQueue {
 public:
  // At `due`, or earlier if that was asked for before.
  void want(const std::string& group, Instant due);
  void forget(const std::string& group);
  // Takes the next one that is due out of the queue; null: none is.
  std::optional<std::string> take(Instant now);

  [[nodiscard]] std::size_t size() const { return due_.size(); }

 private:
  std::unordered_map<std::string, Instant> due_;
  std::set<std::pair<Instant, std::string_view>> order_;  // looks into the keys of `due_`
};

}  // namespace tidemark
