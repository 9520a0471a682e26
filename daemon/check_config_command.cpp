#include "daemon/check_config_command.h"

#include <nlohmann/json.hpp>

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;

std::string count_of(std::size_t count, const std::string& one, const std::string& more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

std::string summary(const Config& config) {
  std::string out = count_of(config.clusters.size(), "cluster", "clusters") + ", " +
                    count_of(config.policies.entries().size(), "policy", "policies");
  if (config.receivers.empty()) return out;
  return out + ", " + count_of(config.receivers.size(), "receiver", "receivers") + ", " +
         count_of(config.routes.size(), "route", "routes");
}

Json problem_json(const Problem& problem) {
  return {{"file", problem.file},
          {"line", problem.line == 0 ? Json() : Json(problem.line)},
          {"key", problem.key.empty() ? Json() : Json(problem.key)},
          {"message", problem.message}};
}

std::string report(const std::string& file, const Loaded& loaded) {
  Json out = {{"file", file}, {"ok", loaded.config.has_value()}};
  if (loaded.config) {
    out["clusters"] = loaded.config->clusters.size();
    out["policies"] = loaded.config->policies.entries().size();
    out["receivers"] = loaded.config->receivers.size();
    out["routes"] = loaded.config->routes.size();
  }
  out["problems"] = Json::array();
  for (const Problem& problem : loaded.problems) out["problems"].push_back(problem_json(problem));
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

int check_config_command(const std::string& file, bool json, const Surround& surround,
                         const Console& console) {
  const Loaded loaded = load_config(file, surround);
  if (json) {
    console.out << report(file, loaded) << "\n";
  } else if (loaded.config) {
    console.out << file << ": ok: " << summary(*loaded.config) << "\n";
  } else {
    for (const Problem& problem : loaded.problems) console.err << problem.text() << "\n";
  }
  return loaded.config ? exit_fine : exit_usage;
}

}  // namespace tidemark
