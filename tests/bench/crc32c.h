// The checksum of Kafka's record batches (Castagnoli). Any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace tidemark::bench {

[[nodiscard]] std::uint32_t crc32c(std::string_view bytes);

}  // namespace tidemark::bench
