// What is said of a group beyond its verdict: findings and forecast as JSON.
#pragma once

#include "api/json_writer.h"
#include "evaluator/finding.h"

namespace tidemark {

// A field "findings": names only, for rows; or everything about each. None without a diagnosis.
void write_finding_names(JsonWriter& out, const Diagnosis* diagnosis);
void write_findings(JsonWriter& out, const Diagnosis* diagnosis);
// A field "forecast"; null: nothing is forecast.
void write_forecast(JsonWriter& out, const Diagnosis* diagnosis);

}  // namespace tidemark
