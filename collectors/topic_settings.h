// From the words of DescribeConfigs to what they say about how long records stay. Pure; any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "evaluator/observation.h"

namespace tidemark {

// The settings to ask for.
const std::vector<std::string>& retention_keys();

// A key that is missing or damaged counts as not set: kept for ever, any size, cleaned up by
// deletion.
TopicSettings read_topic_settings(const std::map<std::string, std::string>& values);

}  // namespace tidemark
