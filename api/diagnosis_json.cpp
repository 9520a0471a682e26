#include "api/diagnosis_json.h"

#include <string>
#include <string_view>
#include <variant>

namespace tidemark {
namespace {

// An instant says so in its name.
void write_number(JsonWriter& out, std::string name, const FindingNumber& number) {
  const bool instant = std::holds_alternative<Instant>(number);
  if (instant && !std::string_view(name).ends_with("_ms")) name += "_ms";
  std::visit([&](const auto& value) { out.field(name, value); }, number);
}

void write_finding(JsonWriter& out, const Finding& from) {
  out.begin_object()
      .field("finding", to_string(from.kind))
      .field("sentence", from.sentence)
      .field_if_said("next_step", from.next_step)
      .key("numbers")
      .begin_object();
  for (const auto& [name, number] : from.numbers) write_number(out, name, number);
  out.end_object().end_object();
}

void write_speed(JsonWriter& out, std::string_view name, const std::optional<Speed>& from) {
  if (!from) {
    out.field(name, nullptr);
    return;
  }
  out.key(name)
      .begin_object()
      .field("low", from->low)
      .field("likely", from->likely)
      .field("high", from->high)
      .end_object();
}

// A null in it: never at that speed.
void write_outlook(JsonWriter& out, std::string_view name, const std::optional<Outlook>& from) {
  if (!from) {
    out.field(name, nullptr);
    return;
  }
  out.key(name)
      .begin_object()
      .field("likely_seconds", from->likely)
      .field("soonest_seconds", from->soonest)
      .field("latest_seconds", from->latest)
      .end_object();
}

}  // namespace

void write_finding_names(JsonWriter& out, const Diagnosis* diagnosis) {
  out.key("findings").begin_array();
  if (diagnosis != nullptr) {
    for (const Finding& each : diagnosis->findings) out.value(to_string(each.kind));
  }
  out.end_array();
}

void write_findings(JsonWriter& out, const Diagnosis* diagnosis) {
  out.key("findings").begin_array();
  if (diagnosis != nullptr) {
    for (const Finding& each : diagnosis->findings) write_finding(out, each);
  }
  out.end_array();
}

void write_forecast(JsonWriter& out, const Diagnosis* diagnosis) {
  if (diagnosis == nullptr) {
    out.field("forecast", nullptr);
    return;
  }
  const Forecast& from = diagnosis->forecast;
  out.key("forecast").begin_object();
  write_speed(out, "produced_per_second", from.produced);
  write_speed(out, "consumed_per_second", from.consumed);
  write_outlook(out, "catch_up", from.catch_up);
  write_outlook(out, "until_loss", from.until_loss);
  out.field("faster_to_hold", from.faster_to_hold)
      .field_if_said("sentence", from.sentence)
      .end_object();
}

}  // namespace tidemark
