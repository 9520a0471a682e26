#include "daemon/terminal/history_answer.h"

#include <nlohmann/json.hpp>

#include "daemon/terminal/fields.h"

namespace tidemark::terminal {
namespace {

using Json = nlohmann::json;

// One entry of a list that may be missing, or shorter than the others.
template <class T>
std::optional<T> entry(const Json& data, const char* list, std::size_t at) {
  const auto found = data.find(list);
  if (found == data.end() || at >= found->size() || (*found)[at].is_null()) return std::nullopt;
  return (*found)[at].template get<T>();
}

}  // namespace

Result<HistoryAnswer> parse_history(std::string_view body) {
  return parsed<HistoryAnswer, Json>(body, [](const Json& json) {
    const Json& data = json.at("data");
    HistoryAnswer out;
    out.cluster = text(data, "cluster");
    out.group = text(data, "group");
    out.step_seconds = maybe<double>(data, "step_seconds").value_or(0);
    out.damaged = maybe<bool>(data, "damaged").value_or(false);
    for (std::size_t i = 0; i < data.at("at_ms").size(); ++i) {
      HistoryStepAnswer step;
      step.at_ms = data["at_ms"][i].get<std::int64_t>();
      step.status = entry<std::string>(data, "status", i).value_or("");
      step.lag = entry<std::int64_t>(data, "lag_max", i);
      step.time_lag = entry<double>(data, "time_lag_max_seconds", i);
      step.committed = entry<double>(data, "committed_per_second", i);
      step.produced = entry<double>(data, "produced_per_second", i);
      out.steps.push_back(std::move(step));
    }
    return out;
  });
}

}  // namespace tidemark::terminal
