// [cluster.kafka]: settings for the Kafka client, passed through under the client's own names.
#pragma once

#include <map>
#include <string>

#include "config/value.h"

namespace tidemark {

// Tables inside (sasl.password = …) become dotted keys; numbers and booleans become text; the
// value of "KEY_file" is the content of that file under KEY. Values may be secrets: no problem
// that it reports shows one.
void read_kafka_settings(const ConfigValue& table, std::map<std::string, std::string>& settings);

}  // namespace tidemark
