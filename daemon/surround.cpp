#include "daemon/surround.h"

#include <cstdlib>
#include <utility>
#include <vector>

#include "collectors/cluster_collector.h"
#include "notifiers/receivers.h"
#include "notifiers/time_zone.h"

namespace tidemark {

Surround process_surround() {
  const auto environment = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return value;
  };
  const auto check_kafka = [](const std::string& key, const std::string& value) {
    std::string why = refused_kafka_key(key);
    return why.empty() ? check_kafka_setting(key, value) : why;
  };
  const auto check = [](const ReceiverSettings& receiver) {
    std::vector<std::pair<std::string, std::string>> out;
    for (ReceiverProblem& problem : check_receiver(receiver)) {
      out.emplace_back(std::move(problem.key), std::move(problem.message));
    }
    return out;
  };
  const auto check_zone = [](const std::string& name) {
    const auto zone = TimeZone::load(name);
    return zone ? std::string{} : zone.error().message;
  };
  return {environment, check_kafka, check, check_zone};
}

}  // namespace tidemark
