// Refusals that several handlers share; each names the thing.
#pragma once

#include <cstdint>
#include <string_view>

#include "api/replies.h"

namespace tidemark {

Refusal no_cluster(std::string_view name);
Refusal no_receiver(std::string_view name);
Refusal no_group(std::string_view cluster, std::string_view name);
Refusal no_partition(std::string_view group, std::string_view topic, std::int32_t partition);
Refusal no_topic(std::string_view cluster, std::string_view name);
Refusal no_incident(std::string_view id);

}  // namespace tidemark
