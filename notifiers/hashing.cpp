#include "notifiers/hashing.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace tidemark {
namespace {

using Bytes = std::array<unsigned char, EVP_MAX_MD_SIZE>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex(const Bytes& bytes, unsigned size) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (unsigned i = 0; i < size; ++i) {
    out += {digits[bytes[i] >> 4U], digits[bytes[i] & 15U]};
  }
  return out;
}

}  // namespace

std::string sha256_hex(std::string_view text) {
  Bytes out{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), out.data(), &size, EVP_sha256(), nullptr);
  return hex(out, size);
}

std::string hmac_sha256_hex(std::string_view key, std::string_view text) {
  Bytes out{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(text), text.size(),
       out.data(), &size);
  return hex(out, size);
}

}  // namespace tidemark
