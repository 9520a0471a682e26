#include "daemon/evaluate_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "config/nearest.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;

// Never leaves this file.
struct Bad {
  std::string message;
};

constexpr std::int64_t most_count = std::int64_t{1} << 62;
constexpr std::int64_t farthest_ms = 10'000'000'000'000'000;  // either side of the epoch
constexpr double longest_s = 1e11;

// A JSON value and where it stands, for messages.
class At {
 public:
  At(const Json& value, std::string path) : value_(value), path_(std::move(path)) {}

  [[noreturn]] void refuse(std::string_view what) const {
    throw Bad{path_.empty() ? std::string(what) : fmt::format("{}: {}", path_, what)};
  }

  void must_be_object() const {
    if (!value_.is_object()) refuse("not an object {…}");
  }

  // Null if it is missing or null.
  [[nodiscard]] std::optional<At> find(const char* key) const {
    const auto found = value_.find(key);
    if (found == value_.end() || found->is_null()) return std::nullopt;
    return At{*found, path_.empty() ? key : fmt::format("{}.{}", path_, key)};
  }
  [[nodiscard]] At need(const char* key) const {
    auto found = find(key);
    if (found) return *found;
    throw Bad{fmt::format("{}{}{}: missing", path_, path_.empty() ? "" : ".", key)};
  }
  [[nodiscard]] bool has(const char* key) const { return value_.contains(key); }

  [[nodiscard]] std::vector<At> items() const {
    if (!value_.is_array()) refuse("not an array […]");
    std::vector<At> out;
    out.reserve(value_.size());
    for (std::size_t i = 0; i < value_.size(); ++i) {
      out.emplace_back(value_[i], fmt::format("{}[{}]", path_, i));
    }
    return out;
  }
  [[nodiscard]] std::vector<std::pair<std::string, At>> members() const {
    must_be_object();
    std::vector<std::pair<std::string, At>> out;
    for (const auto& [key, value] : value_.items()) {
      out.emplace_back(key, At{value, fmt::format("{}.{}", path_, key)});
    }
    return out;
  }

  [[nodiscard]] bool is_flag() const { return value_.is_boolean(); }
  [[nodiscard]] bool flag() const {
    if (!value_.is_boolean()) refuse("neither true nor false");
    return value_.get<bool>();
  }
  [[nodiscard]] std::string text() const {
    if (!value_.is_string()) refuse("not a string");
    return value_.get<std::string>();
  }
  [[nodiscard]] double number() const {
    if (!value_.is_number()) refuse("not a number");
    return value_.get<double>();
  }
  // A whole number, also if it is written as 10.0.
  [[nodiscard]] std::int64_t whole(std::int64_t least, std::int64_t most) const {
    const auto wrong = [&] {
      refuse(fmt::format("not a whole number from {} to {}", least, most));
    };
    if (value_.is_number_unsigned() && value_.get<std::uint64_t>() > most_of(most)) wrong();
    if (!value_.is_number_integer() && !is_whole_float()) wrong();
    const auto out = value_.get<std::int64_t>();
    if (out < least || out > most) wrong();
    return out;
  }

  [[nodiscard]] std::int64_t count() const { return whole(0, most_count); }
  [[nodiscard]] Offset offset() const { return Offset{count()}; }
  [[nodiscard]] Instant instant() const { return from_ms(whole(-farthest_ms, farthest_ms)); }
  [[nodiscard]] Duration seconds() const {
    const double value = number();
    if (!(value >= 0 && value <= longest_s)) refuse(fmt::format("not from 0 to {} s", longest_s));
    return Duration{std::llround(value * 1000)};
  }

 private:
  static std::uint64_t most_of(std::int64_t most) { return static_cast<std::uint64_t>(most); }
  [[nodiscard]] bool is_whole_float() const {
    if (!value_.is_number_float()) return false;
    const auto value = value_.get<double>();
    return std::trunc(value) == value && std::abs(value) < 9e18;
  }

  const Json& value_;
  std::string path_;
};

// --- policy --------------------------------------------------------------------------------------

struct PolicyKey {
  std::string_view name;
  void (*set)(Policy&, const At&);
};

template <Duration Policy::*member>
void set_duration(Policy& policy, const At& value) {
  policy.*member = value.seconds();
}

constexpr std::array policy_keys = {
    PolicyKey{"intervals",
              [](Policy& p, const At& v) { p.intervals = static_cast<int>(v.whole(2, 255)); }},
    PolicyKey{"allowed_lag", [](Policy& p, const At& v) { p.allowed_lag = v.count(); }},
    PolicyKey{"minimum_complete",
              [](Policy& p, const At& v) {
                p.minimum_complete = v.number();
                if (!(p.minimum_complete >= 0 && p.minimum_complete <= 1)) v.refuse("not 0 to 1");
              }},
    PolicyKey{"window", set_duration<&Policy::window>},
    PolicyKey{"refresh", set_duration<&Policy::refresh>},
    PolicyKey{"allowed_time_lag", set_duration<&Policy::allowed_time_lag>},
    PolicyKey{"patience_min", set_duration<&Policy::patience_min>},
    PolicyKey{"patience_max", set_duration<&Policy::patience_max>},
    PolicyKey{"patience_unknown", set_duration<&Policy::patience_unknown>},
    PolicyKey{"remember", set_duration<&Policy::remember>},
    PolicyKey{"blocked_after", set_duration<&Policy::blocked_after>},
    PolicyKey{"abandoned_after", set_duration<&Policy::abandoned_after>},
    PolicyKey{"max_time_lag", set_duration<&Policy::max_time_lag>},
    PolicyKey{"retention_risk_within", set_duration<&Policy::retention_risk_within>},
    PolicyKey{"min_distance", set_duration<&Policy::min_distance>},
    PolicyKey{"expire_group", set_duration<&Policy::expire_group>},
};

template <class Names>
std::string with_nearest(std::string_view word, const Names& names) {
  const std::vector<std::string_view> known(names.begin(), names.end());
  const auto meant = nearest(word, known);
  return meant ? fmt::format("; did you mean {}?", *meant) : std::string();
}

const PolicyKey& policy_key(const std::string& name, const At& value) {
  const auto* const known = std::find_if(policy_keys.begin(), policy_keys.end(),
                                         [&](const PolicyKey& each) { return each.name == name; });
  if (known != policy_keys.end()) return *known;
  std::vector<std::string_view> names;
  for (const PolicyKey& each : policy_keys) names.push_back(each.name);
  value.refuse("no such key" + with_nearest(name, names));
}

void set_policy(Policy& policy, const At& given) {
  for (const auto& [key, value] : given.members()) policy_key(key, value).set(policy, value);
}

// --- the rest of the line ------------------------------------------------------------------------

RuleSet rules_of(const At& line, RuleSet otherwise) {
  const auto given = line.find("rules");
  if (!given) return otherwise;
  const std::string word = given->text();
  const auto rules = rule_set_from(word);
  if (!rules) given->refuse(fmt::format("no rule set \"{}\": tidemark or burrow", word));
  return *rules;
}

std::vector<StoryCommit> commits_of(const At& line) {
  std::vector<StoryCommit> out;
  const auto given = line.find("commits");
  if (!given) return out;
  for (const At& item : given->items()) {
    item.must_be_object();
    StoryCommit commit{item.need("offset").offset(), item.need("time").instant(), item.has("lag")};
    if (const auto lag = item.find("lag")) commit.lag = lag->count();
    out.push_back(commit);
  }
  return out;
}

std::vector<LogEnd> log_ends_of(const At& line) {
  std::vector<LogEnd> out;
  const auto given = line.find("log_ends");
  if (!given) return out;
  for (const At& item : given->items()) {
    item.must_be_object();
    const At time = item.need("time");
    const LogEnd seen{item.need("offset").offset(), time.instant()};
    if (!out.empty() && seen.at < out.back().at) time.refuse("earlier than the one before it");
    out.push_back(seen);
  }
  return out;
}

std::optional<StoryProbe> probe_of(const At& line) {
  const auto given = line.find("probe");
  if (!given) return std::nullopt;
  given->must_be_object();
  StoryProbe out;
  if (const auto end = given->find("empty_to")) out.empty_to = end->offset();
  if (const auto time = given->find("record_time")) out.record_time = time->instant();
  return out;
}

PartitionStatus status_of(const At& given) {
  const std::string word = given.text();
  const auto status = partition_status_from(word);
  if (!status) given.refuse(fmt::format("no status \"{}\"", word));
  return *status;
}

Surroundings surroundings_of(const At& line) {
  Surroundings out;
  out.now = line.need("now").instant();
  out.offsets_seen = out.now;
  if (const auto it = line.find("log_start")) out.log_start = it->offset();
  if (const auto it = line.find("lso")) out.lso = it->offset();
  if (const auto it = line.find("live_lag")) out.live_lag = it->count();
  if (const auto it = line.find("members")) {
    out.has_members = it->is_flag() ? it->flag() : it->count() > 0;
  }
  if (const auto it = line.find("assigned")) out.assigned = it->flag();
  if (const auto it = line.find("offsets_seen")) out.offsets_seen = it->instant();
  if (const auto it = line.find("previous")) out.previous = status_of(*it);
  return out;
}

constexpr std::array line_keys = {"name",     "now",       "rules",    "policy",      "commits",
                                  "log_ends", "log_start", "lso",      "live_lag",    "members",
                                  "assigned", "probe",     "previous", "offsets_seen"};

// Other keys are the writer's own (a comment, what is expected), unless one looks like a known one
// that is missing.
void refuse_misspelt(const At& line) {
  std::vector<std::string_view> missing;
  for (const char* key : line_keys) {
    if (!line.has(key)) missing.emplace_back(key);
  }
  for (const auto& [key, value] : line.members()) {
    if (std::find(line_keys.begin(), line_keys.end(), key) != line_keys.end()) continue;
    const auto meant = nearest(key, missing);
    if (meant) throw Bad{fmt::format("{}: no such key; did you mean {}?", key, *meant)};
  }
}

Story story_of(const At& line, RuleSet rules) {
  refuse_misspelt(line);
  Story out;
  out.policy.rules = rules_of(line, rules);
  if (const auto policy = line.find("policy")) set_policy(out.policy, *policy);
  out.around = surroundings_of(line);
  out.commits = commits_of(line);
  out.log_ends = log_ends_of(line);
  out.probe = probe_of(line);
  return out;
}

std::optional<std::string> name_of(const Json& line) {
  const auto found = line.find("name");
  if (found == line.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

}  // namespace

std::optional<RuleSet> rule_set_from(std::string_view word) {
  for (const RuleSet rules : {RuleSet::tidemark, RuleSet::burrow}) {
    if (word == to_string(rules)) return rules;
  }
  return std::nullopt;
}

StoryLine story_from(const std::string& line, RuleSet rules) {
  Json parsed;
  try {
    parsed = Json::parse(line);
  } catch (const Json::parse_error& e) {
    return {std::nullopt, Error{fmt::format("not valid JSON at byte {}", e.byte)}};
  } catch (const Json::exception&) {
    return {std::nullopt, Error{"not valid JSON: a number is too large"}};
  }
  if (!parsed.is_object()) return {std::nullopt, Error{"not an object {…}"}};
  std::optional<std::string> name = name_of(parsed);
  try {
    const At at{parsed, ""};
    if (const auto given = at.find("name")) static_cast<void>(given->text());
    Story story = story_of(at, rules);
    return {std::move(name), std::move(story)};
  } catch (const Bad& bad) {
    return {std::move(name), Error{bad.message}};
  }
}

}  // namespace tidemark
