// [alerts] and [[route]].
#include <algorithm>
#include <set>

#include "config/fields.h"
#include "config/route_config.h"
#include "core/duration.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr Duration longest = hours{24 * 3650};

std::optional<Pattern> pattern_of(const ConfigValue& value) {
  const auto text = value.text();
  if (!text) return std::nullopt;
  auto pattern = Pattern::compile(*text);
  if (pattern) return std::move(pattern.value());
  value.wrong(value.cite(*text) + " is " + pattern.error().message);
  return std::nullopt;
}

template <auto member>
void read_pattern(const ConfigValue& value, RouteConfig& to) {
  if (auto pattern = pattern_of(value)) to.*member = std::move(pattern);
}

// An empty one is none: it would leave out the incidents of clusters.
void read_exception(const ConfigValue& value, RouteConfig& to) {
  auto pattern = pattern_of(value);
  if (pattern && !pattern->text().empty()) to.not_group = std::move(pattern);
}

void read_labels(const ConfigValue& value, RouteConfig& to) {
  if (!value.expect(ConfigNode::Kind::table,
                    "labels and their patterns: { team = \"checkout\" }")) {
    return;
  }
  for (const auto& [name, node] : value.node().entries) {
    if (auto pattern = pattern_of(value.entry(name, node))) to.labels.emplace(name, *pattern);
  }
}

// Each text of a list; `use` says whether it is one of the right kind.
template <class Use>
void read_texts(const ConfigValue& value, std::string_view wanted, const Use& use) {
  if (!value.expect(ConfigNode::Kind::list, "a list: " + std::string{wanted})) return;
  for (std::size_t i = 0; i < value.node().items.size(); ++i) {
    const ConfigValue item = value.item(i, value.node().items[i]);
    const auto text = item.text();
    if (!text) continue;
    if (!use(item, *text))
      item.wrong(item.cite(*text) + " is none of these: " + std::string{wanted});
  }
}

template <auto member>
void read_names(const ConfigValue& value, RouteConfig& to) {
  (to.*member).clear();
  read_texts(value, R"(["one", "two"])", [&](const ConfigValue&, const std::string& text) {
    (to.*member).push_back(text);
    return !text.empty();
  });
}

void read_quiet(const ConfigValue& value, RouteConfig& to) {
  constexpr std::string_view wanted = R"(["Mon-Fri 22:00-06:00 Europe/Berlin"])";
  read_texts(value, wanted, [&](const ConfigValue& item, const std::string& text) {
    const auto quiet = parse_quiet(text);
    if (!quiet) return false;
    const auto& check = item.loading().surround.check_zone;
    const std::string problem = check ? check(quiet->zone) : "";
    if (!problem.empty()) item.wrong(item.cite(quiet->zone) + ": " + problem);
    to.quiet.push_back(*quiet);
    return true;
  });
}

void read_escalation(const ConfigValue& value, RouteConfig& to) {
  read_texts(value, R"(["15m second-line, manager"])",
             [&](const ConfigValue& item, const std::string& text) {
               const auto step = parse_escalation(text);
               if (!step) return false;
               if (!to.escalate.empty() && step->after <= to.escalate.back().after) {
                 item.wrong(item.cite(text) + " is not later than the step before it");
               }
               to.escalate.push_back(*step);
               return true;
             });
}

template <auto member>
void read_span(const ConfigValue& value, RouteConfig& to) {
  value.into(to.*member, Duration{0}, longest);
}

void check_receivers(const ConfigValue& table, const std::vector<std::string>& names,
                     const std::string& key, const std::vector<std::string>& known) {
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string message = "there is no [[receiver]] " + quote(name);
    for (std::size_t i = 0; i < known.size(); ++i)
      message += (i == 0 ? "; there are " : ", ") + known[i];
    table.entry(key, *table.node().find(key)).wrong(message);
  }
}

}  // namespace

const Fields<AlertsConfig>& alerts_fields() {
  static const Fields<AlertsConfig> fields{
      {"for", R"("1m")",
       [](const ConfigValue& v, AlertsConfig& to) { v.into(to.hold, Duration{0}, longest); }},
      {"resolve_after", R"("5m")",
       [](const ConfigValue& v, AlertsConfig& to) {
         v.into(to.resolve_after, Duration{0}, longest);
       }},
      {"first_day", R"("1d")",
       [](const ConfigValue& v, AlertsConfig& to) { v.into(to.first_day, Duration{0}, longest); }},
      {"max_age", R"("400d")",
       [](const ConfigValue& v, AlertsConfig& to) { v.into(to.max_age, hours{1}, longest); }},
  };
  return fields;
}

const Fields<RouteConfig>& route_fields() {
  using Route = RouteConfig;
  static const Fields<Route> fields{
      {"name", R"("")", [](const ConfigValue& v, Route& to) { v.into(to.name); }},
      {"cluster", R"(".*")", read_pattern<&Route::cluster>},
      {"group", R"(".*")", read_pattern<&Route::group>},
      {"not_group", R"("")", read_exception},
      {"topic", R"(".*")", read_pattern<&Route::topic>},
      {"status", R"(".*")", read_pattern<&Route::status>},
      {"kind", R"(".*")", read_pattern<&Route::kind>},
      {"labels", "{}", read_labels},
      {"receivers", "[]", read_names<&Route::receivers>},
      {"continue", "false", [](const ConfigValue& v, Route& to) { v.into(to.go_on); }},
      {"group_by", R"(["cluster"])", read_names<&Route::group_by>},
      {"group_wait", R"("30s")", read_span<&Route::group_wait>},
      {"group_interval", R"("5m")", read_span<&Route::group_interval>},
      {"repeat_interval", R"("4h")",
       [](const ConfigValue& v, Route& to) { v.into(to.repeat_interval, seconds{60}, longest); }},
      {"quiet", "[]", read_quiet},
      {"escalate", "[]", read_escalation},
  };
  return fields;
}

void read_routes(const std::vector<ConfigValue>& tables, const std::vector<std::string>& receivers,
                 std::vector<RouteConfig>& target) {
  std::set<std::string> names;
  for (const ConfigValue& table : tables) {
    RouteConfig& route = target.emplace_back();
    read_fields(table, route_fields(), route);
    if (!route.name.empty() && !names.insert(route.name).second) {
      table.wrong_at("name", quote(route.name) + " is the name of another route");
    }
    check_receivers(table, route.receivers, "receivers", receivers);
    for (const EscalationConfig& step : route.escalate) {
      check_receivers(table, step.receivers, "escalate", receivers);
    }
  }
}

}  // namespace tidemark
