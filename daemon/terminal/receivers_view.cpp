#include "daemon/terminal/receivers_view.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "daemon/terminal/fields.h"
#include "daemon/terminal/numbers.h"

namespace tidemark::terminal {
namespace {

using Json = nlohmann::json;

std::string ago(const Json& row, const char* field, std::int64_t now_ms) {
  const auto at = maybe<std::int64_t>(row, field);
  if (!at) return "-";
  return span(static_cast<double>(std::max<std::int64_t>(now_ms - *at, 0)) / 1000) + " ago";
}

Cell state_of(const Json& row) {
  const std::string failure = text(row, "failure");
  if (!failure.empty()) return {failure, Tone::bad};
  const std::int64_t dropped = count(row, "dropped");
  if (dropped > 0) return {grouped(dropped) + " messages are lost", Tone::bad};
  return {"fine", Tone::good};
}

std::string receivers_table(const Json& json, const Look& look) {
  const std::int64_t now = count(json, "as_of_ms");
  Table table{{{"RECEIVER", false, 8},
               {"WAITING", true},
               {"DELIVERED", true},
               {"REFUSED", true},
               {"GIVEN UP", true},
               {"LOST", true},
               {"LAST"},
               {"STATE", false, 12}},
              {}};
  for (const Json& row : json.at("data")) {
    table.rows.push_back({{row.at("receiver").get<std::string>(), Tone::strong},
                          {grouped(count(row, "waiting"))},
                          {grouped(count(row, "delivered"))},
                          {grouped(count(row, "refused"))},
                          {grouped(count(row, "given_up"))},
                          {grouped(count(row, "overflow"))},
                          {ago(row, "last_delivered_ms", now)},
                          state_of(row)});
  }
  if (table.rows.empty()) return "no receiver is configured\n";
  return render(table, look);
}

Tone tone_of(const std::string& outcome) {
  if (outcome == "delivered") return Tone::good;
  return outcome == "try_again" ? Tone::warning : Tone::bad;
}

std::string deliveries_table(const Json& json, const Look& look) {
  const std::int64_t now = count(json, "as_of_ms");
  Table table{{{"WHEN"},
               {"OUTCOME"},
               {"ATTEMPT", true},
               {"INCIDENTS", true},
               {"TO", false, 12},
               {"MESSAGE", false, 16},
               {"SAID", false, 12}},
              {}};
  for (const Json& row : json.at("data")) {
    const std::string outcome = row.at("outcome").get<std::string>();
    table.rows.push_back({{ago(row, "at_ms", now)},
                          {outcome, tone_of(outcome)},
                          {grouped(count(row, "attempt"))},
                          {grouped(count(row, "incident_count"))},
                          {text(row, "to").empty() ? "-" : text(row, "to")},
                          {text(row, "message"), Tone::dim},
                          {text(row, "said")}});
  }
  if (table.rows.empty()) return "nothing has been sent yet\n";
  return render(table, look);
}

}  // namespace

Result<std::string> receivers_text(std::string_view body, const Look& look) {
  return parsed<std::string, Json>(body,
                                   [&](const Json& json) { return receivers_table(json, look); });
}

Result<std::string> deliveries_text(std::string_view body, const Look& look) {
  return parsed<std::string, Json>(body,
                                   [&](const Json& json) { return deliveries_table(json, look); });
}

}  // namespace tidemark::terminal
