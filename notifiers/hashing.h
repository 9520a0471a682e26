// Hashes, by OpenSSL.
#pragma once

#include <string>
#include <string_view>

namespace tidemark {

std::string sha256_hex(std::string_view bytes);
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

}  // namespace tidemark
