// Has memory fetched that will be looked at soon, and waits for none of it. Any address may be
// asked for; nothing is read. Any thread.
#pragma once

#include <cstddef>

namespace tidemark {

inline void prefetch(const void* at, std::size_t bytes) {
  constexpr std::size_t cache_line = 64;
  const char* begin = static_cast<const char*>(at);
  for (std::size_t i = 0; i < bytes; i += cache_line) __builtin_prefetch(begin + i);
  if (bytes > 0) __builtin_prefetch(begin + bytes - 1);  // in a line of its own, perhaps
}

}  // namespace tidemark
