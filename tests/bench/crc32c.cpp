#include "tests/bench/crc32c.h"

#include <array>

namespace tidemark::bench {
namespace {

constexpr std::uint32_t polynomial = 0x82F63B78;  // bits reversed
constexpr std::size_t slices = 8;

using Tables = std::array<std::array<std::uint32_t, 256>, slices>;

// Table k: what a byte adds with k bytes behind it.
constexpr Tables make_tables() {
  Tables out{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? polynomial : 0);
    out[0][byte] = crc;
  }
  for (std::size_t k = 1; k < slices; ++k) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = out[k - 1][byte];
      out[k][byte] = (before >> 8) ^ out[0][before & 0xFF];
    }
  }
  return out;
}

constexpr Tables tables = make_tables();

std::uint32_t four(const char* at) {
  std::uint32_t out = 0;
  for (int i = 3; i >= 0; --i) out = (out << 8) | static_cast<unsigned char>(at[i]);
  return out;
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  for (; end - at >= 8; at += 8) {
    const std::uint32_t low = crc ^ four(at);
    const std::uint32_t high = four(at + 4);
    crc = tables[7][low & 0xFF] ^ tables[6][(low >> 8) & 0xFF] ^ tables[5][(low >> 16) & 0xFF] ^
          tables[4][low >> 24] ^ tables[3][high & 0xFF] ^ tables[2][(high >> 8) & 0xFF] ^
          tables[1][(high >> 16) & 0xFF] ^ tables[0][high >> 24];
  }
  for (; at != end; ++at)
    crc = (crc >> 8) ^ tables[0][(crc ^ static_cast<unsigned char>(*at)) & 0xFF];
  return ~crc;
}

}  // namespace tidemark::bench
