#include "daemon/surround.h"

#include <cstdlib>

#include "collectors/cluster_collector.h"

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
  return {environment, check_kafka};
}

}  // namespace tidemark
