// /metrics as a client sees it, family by family.
#pragma once

#include <gmock/gmock.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/api/fixture.h"

namespace tidemark::test {

class MetricsText : public ::testing::Test {
 protected:
  std::string text() { return Handlers::streamed(handlers.get("/metrics")); }

  // The samples of one family, in order, without its name.
  std::vector<std::string> samples(const std::string& family) {
    std::vector<std::string> out;
    std::istringstream all(text());
    for (std::string line; std::getline(all, line);) {
      if (line.starts_with(family + "{") || line.starts_with(family + " ")) {
        out.push_back(line.substr(family.size()));
      }
    }
    return out;
  }

  // Those of groups and topics, their own and Burrow's.
  std::vector<std::string> subjects() {
    std::vector<std::string> out;
    std::istringstream all(text());
    for (std::string line; std::getline(all, line);) {
      for (const char* start :
           {"tidemark_group_", "tidemark_partition_", "tidemark_topic_", "burrow_"}) {
        if (line.starts_with(start)) out.push_back(line);
      }
    }
    return out;
  }

  FakeView view;
  Handlers handlers{view};
};

}  // namespace tidemark::test
