// For a while nobody is told of some incidents: who said so, and why. A plain value.
#pragma once

#include <string>

#include "core/time.h"
#include "notifiers/matcher.h"

namespace tidemark {

struct Silence {
  std::string id;
  Matchers match;
  std::string author;
  std::string comment;
  Instant begin;
  Instant end;

  [[nodiscard]] bool covers(const AlertFacts& facts, Instant at) const {
    return begin <= at && at < end && match.match(facts);
  }
};

}  // namespace tidemark
