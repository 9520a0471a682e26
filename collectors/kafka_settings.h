// Which librdkafka settings Tidemark makes itself, which a person may make, and which are secrets.
// Pure; any thread. See also refused_kafka_key and check_kafka_setting in cluster_collector.h.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/kafka_client.h"
#include "core/time.h"

namespace tidemark {

// Defaults, then the person's, then what the collectors depend on.
std::map<std::string, std::string> effective_kafka_settings(const KafkaClientSettings& settings);

// How long a request may take before librdkafka gives it up (`socket.timeout.ms`).
Duration request_limit(const std::map<std::string, std::string>& kafka);

// The values among these settings that nobody may see.
std::vector<std::string> secrets_in(const std::map<std::string, std::string>& kafka);

// `text` with each secret replaced by stars.
std::string redact(std::string_view text, const std::vector<std::string>& secrets);

}  // namespace tidemark
