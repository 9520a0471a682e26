// One line of `tidemark evaluate`: JSON in, a story to replay out. The format is in
// docs/evaluation.md.
#pragma once

#include <optional>
#include <string>

#include "core/result.h"
#include "evaluator/policy.h"
#include "evaluator/replay.h"

namespace tidemark {

struct StoryLine {
  std::optional<std::string> name;  // also where the rest can't be read
  Result<Story> story;
};

// `rules` is used where the line names none. The error names the field: "commits[2].time: …".
StoryLine story_from(const std::string& line, RuleSet rules);

// "tidemark" or "burrow".
std::optional<RuleSet> rule_set_from(std::string_view word);

}  // namespace tidemark
