// What members of a classic group of protocol type "consumer" put into the opaque bytes of their
// GroupMetadata: Kafka's ConsumerProtocolSubscription and ConsumerProtocolAssignment. Clients write
// these, not brokers, and some write them wrongly: null if they can't be read, never an error.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

std::optional<std::vector<std::string>> read_subscribed_topics(std::string_view subscription);

// A topic that occurs twice has the partitions of both.
std::optional<std::map<std::string, std::vector<std::int32_t>>> read_assigned_partitions(
    std::string_view assignment);

}  // namespace tidemark
