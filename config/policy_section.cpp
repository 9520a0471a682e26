// [[policy]]: which groups it is for, and every value of a policy under its own name.
#include <chrono>
#include <limits>

#include "config/fields.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr std::array<std::pair<std::string_view, RuleSet>, 2> rule_sets{
    {{"tidemark", RuleSet::tidemark}, {"burrow", RuleSet::burrow}}};
constexpr std::array<std::pair<std::string_view, Granularity>, 5> granularities{
    {{"default", Granularity::by_default},
     {"partition", Granularity::partition},
     {"topic", Granularity::topic},
     {"group", Granularity::group},
     {"none", Granularity::none}}};
constexpr std::array<std::pair<std::string_view, HistoryDetail>, 4> details{
    {{"partitions", HistoryDetail::partitions},
     {"lagging", HistoryDetail::lagging},
     {"totals", HistoryDetail::totals},
     {"none", HistoryDetail::none}}};
constexpr Duration longest = hours{24 * 3650};

void read_pattern(const ConfigValue& value, std::optional<Pattern>& target) {
  const auto text = value.text();
  if (!text) return;
  auto pattern = Pattern::compile(*text);
  if (pattern) {
    target = std::move(pattern.value());
  } else {
    value.wrong(value.cite(*text) + " is " + pattern.error().message);
  }
}

template <auto member>
void read_span(const ConfigValue& value, PolicyEntry& to) {
  value.into(to.policy.*member, Duration{0}, longest);
}

// For spans of which 0 makes no sense.
template <auto member>
void read_long_span(const ConfigValue& value, PolicyEntry& to) {
  value.into(to.policy.*member, seconds{1}, longest);
}

void read_labels(const ConfigValue& value, PolicyEntry& to) {
  if (!value.expect(ConfigNode::Kind::table, "labels and values: { team = \"checkout\" }")) return;
  for (const auto& [name, node] : value.node().entries) {
    if (const auto text = value.entry(name, node).text()) to.labels[name] = *text;
  }
}

void read_allowed_lag(const ConfigValue& value, PolicyEntry& to) {
  value.into(to.policy.allowed_lag, 0, std::numeric_limits<std::int64_t>::max());
}

}  // namespace

const Fields<PolicyEntry>& policy_fields() {
  using Entry = PolicyEntry;
  static const Fields<Entry> fields{
      {"cluster", R"(".*")", [](const ConfigValue& v, Entry& to) { read_pattern(v, to.cluster); }},
      {"group", R"(".*")", [](const ConfigValue& v, Entry& to) { read_pattern(v, to.group); }},
      {"topic", R"(".*")", [](const ConfigValue& v, Entry& to) { read_pattern(v, to.topic); }},
      {"rules", R"("tidemark")",
       [](const ConfigValue& v, Entry& to) { read_word(v, rule_sets, to.policy.rules); }},
      {"ignore", "false", [](const ConfigValue& v, Entry& to) { v.into(to.policy.ignore); }},
      {"intervals", "10",
       [](const ConfigValue& v, Entry& to) { v.into(to.policy.intervals, 2, 255); }},
      {"window", R"("5m")", read_long_span<&Policy::window>},
      {"allowed_lag", "0", read_allowed_lag},
      {"allowed_time_lag", R"("1m")", read_span<&Policy::allowed_time_lag>},
      {"patience_min", R"("5m")", read_long_span<&Policy::patience_min>},
      {"patience_max", R"("30h")", read_long_span<&Policy::patience_max>},
      {"patience_unknown", R"("10m")", read_long_span<&Policy::patience_unknown>},
      {"remember", R"("3d")", read_span<&Policy::remember>},
      {"blocked_after", R"("15m")", read_span<&Policy::blocked_after>},
      {"abandoned_after", R"("1d")", read_span<&Policy::abandoned_after>},
      {"max_time_lag", R"("0s")", read_span<&Policy::max_time_lag>},
      {"probe", "true", [](const ConfigValue& v, Entry& to) { v.into(to.policy.probe); }},
      {"retention_risk_within", R"("6h")", read_span<&Policy::retention_risk_within>},
      {"report_unread", "false",
       [](const ConfigValue& v, Entry& to) { v.into(to.policy.report_unread); }},
      {"metrics", R"("default")",
       [](const ConfigValue& v, Entry& to) { read_word(v, granularities, to.policy.metrics); }},
      {"history", R"("partitions")",
       [](const ConfigValue& v, Entry& to) { read_word(v, details, to.policy.history); }},
      {"labels", "{}", read_labels},
      {"minimum_complete", "0.0",
       [](const ConfigValue& v, Entry& to) { v.into(to.policy.minimum_complete, 0.0, 1.0); }},
      {"min_distance", R"("0s")", read_span<&Policy::min_distance>},
      {"expire_group", R"("7d")", read_long_span<&Policy::expire_group>},
  };
  return fields;
}

}  // namespace tidemark
