// The names of a report's groups in lower case, side by side: looking for a part of a name in them
// takes a thirtieth of looking into each group. Written down when first looked through, by any
// thread, and shared by the reports of one cluster as long as no group comes or goes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/lazy.h"
#include "evaluator/group_columns.h"

namespace tidemark {

class GroupNames {
 public:
  // The places in `groups`, ascending, of those whose names contain `part`; letters of ASCII in
  // either case. `groups` has the same names whenever it is called.
  [[nodiscard]] std::vector<std::uint32_t> with(std::string_view part,
                                                const GroupList& groups) const;

 private:
  struct Text {
    std::string names;
    std::vector<std::size_t> ends;  // of each
  };
  static Text written_down(const GroupList& groups);

  Lazy<Text> text_;
};

}  // namespace tidemark
