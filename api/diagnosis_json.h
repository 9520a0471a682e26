// What is said of a group beyond its verdict: findings and forecast as JSON. Written for any JSON
// type, so that no header needs the JSON library.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "api/json_forms.h"
#include "evaluator/finding.h"

namespace tidemark {

template <class Json>
struct DiagnosisForms {
  using Form = JsonForms<Json>;

  // Names only, for rows.
  static Json names(const Diagnosis* diagnosis) {
    Json out = Json::array();
    if (diagnosis == nullptr) return out;
    for (const Finding& each : diagnosis->findings) out.push_back(to_string(each.kind));
    return out;
  }

  static Json findings(const Diagnosis* diagnosis) {
    Json out = Json::array();
    if (diagnosis == nullptr) return out;
    for (const Finding& each : diagnosis->findings) out.push_back(finding(each));
    return out;
  }

  // Null: nothing is forecast.
  static Json forecast(const Diagnosis* diagnosis) {
    if (diagnosis == nullptr) return {};
    const Forecast& from = diagnosis->forecast;
    return {{"produced_per_second", speed(from.produced)},
            {"consumed_per_second", speed(from.consumed)},
            {"catch_up", outlook(from.catch_up)},
            {"until_loss", outlook(from.until_loss)},
            {"faster_to_hold", Form::value(from.faster_to_hold)},
            {"sentence", Form::text(from.sentence)}};
  }

 private:
  static Json finding(const Finding& from) {
    Json numbers = Json::object();
    for (const auto& [name, number] : from.numbers) add(numbers, name, number);
    return {{"finding", to_string(from.kind)},
            {"sentence", from.sentence},
            {"next_step", Form::text(from.next_step)},
            {"numbers", numbers}};
  }

  // An instant says so in its name.
  static void add(Json& to, std::string name, const FindingNumber& number) {
    if (const auto* at = std::get_if<Instant>(&number)) {
      if (!std::string_view(name).ends_with("_ms")) name += "_ms";
      to[name] = to_ms(*at);
      return;
    }
    std::visit(
        [&](const auto& value) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(value)>, Instant>) to[name] = value;
        },
        number);
  }

  static Json speed(const std::optional<Speed>& from) {
    if (!from) return {};
    return {{"low", from->low}, {"likely", from->likely}, {"high", from->high}};
  }

  // A null in it: never at that speed.
  static Json outlook(const std::optional<Outlook>& from) {
    if (!from) return {};
    return {{"likely_seconds", Form::seconds(from->likely)},
            {"soonest_seconds", Form::seconds(from->soonest)},
            {"latest_seconds", Form::seconds(from->latest)}};
  }
};

}  // namespace tidemark
