#include "tests/support/live_bytes.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "core/block_pool.h"

namespace {

std::atomic<std::size_t> live{0};
constexpr std::size_t per_block = sizeof(void*);

std::size_t size_of(void* block) { return malloc_usable_size(block) + per_block; }

}  // namespace

namespace tidemark::test {

std::size_t live_bytes() { return live.load() + BlockPool::shared().in_use(); }

}  // namespace tidemark::test

void* operator new(std::size_t size) {
  void* block = std::malloc(size);
  if (block == nullptr) throw std::bad_alloc{};
  live += size_of(block);
  return block;
}

void operator delete(void* block) noexcept {
  if (block != nullptr) live -= size_of(block);
  std::free(block);
}

void operator delete(void* block, std::size_t /*size*/) noexcept { operator delete(block); }
