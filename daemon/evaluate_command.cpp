#include "daemon/evaluate_command.h"

#include <fmt/format.h>

#include <cstddef>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "daemon/evaluate_story.h"
#include "evaluator/replay.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;

std::string as_line(const Json& answer) {
  return answer.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

// Whole seconds as whole numbers.
Json in_seconds(std::optional<Duration> span) {
  if (!span) return nullptr;
  if (span->count() % 1000 == 0) return span->count() / 1000;
  return to_seconds(*span);
}

// Burrow's own words under its rules.
std::string status_word(const PartitionVerdict& verdict, RuleSet rules) {
  if (rules == RuleSet::tidemark) return std::string(to_string(verdict.status));
  std::string word(to_string(verdict.reason));
  for (char& letter : word) letter = static_cast<char>(std::toupper(letter));
  return word;
}

std::string verdict_line(const std::optional<std::string>& name, const Story& story) {
  const Replayed replayed = replay(story);
  const PartitionVerdict& verdict = replayed.verdict;
  const auto trend = trend_of(verdict.reason);
  Json answer;
  answer["name"] = or_null(name);
  answer["status"] = status_word(verdict, story.policy.rules);
  answer["trend"] = trend ? Json(*trend) : Json(nullptr);
  answer["reason"] = to_string(verdict.reason);
  answer["explanation"] = replayed.explanation;
  answer["lag"] = verdict.lag ? Json(*verdict.lag) : Json(nullptr);
  answer["time_lag_seconds"] = in_seconds(verdict.time_lag(story.around.now));
  answer["complete"] = verdict.complete();
  answer["conditions"] = Json::array();
  for (const auto word : verdict.conditions.words()) answer["conditions"].push_back(word);
  answer["stale"] = verdict.stale;
  return as_line(answer);
}

std::string error_line(const std::optional<std::string>& name, std::size_t number,
                       const Error& error) {
  Json answer;
  answer["name"] = or_null(name);
  answer["error"] = error.within(fmt::format("line {}", number)).message;
  return as_line(answer);
}

}  // namespace

int evaluate_command(std::istream& in, std::ostream& out, std::string_view rules_override) {
  const auto rules = rule_set_from(rules_override.empty() ? "tidemark" : rules_override);
  if (!rules) {
    std::cerr << fmt::format("--rules: no rule set \"{}\": tidemark or burrow\n", rules_override);
    return 2;
  }
  bool all_well = true;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const StoryLine read = story_from(line, *rules);
    all_well = all_well && read.story;
    out << (read.story ? verdict_line(read.name, read.story.value())
                       : error_line(read.name, number, read.story.error()))
        << '\n';
  }
  out.flush();
  return all_well && !in.bad() && out ? 0 : 1;
}

}  // namespace tidemark
