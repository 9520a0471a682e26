#include "core/block_pool.h"

#include <sanitizer/asan_interface.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t slab_size = std::size_t{256} * 1024;

// A slab begins at a multiple of its size, so that a block leads to it.
void* map_slab() {
  void* const mapped = mmap(nullptr, 2 * slab_size, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  auto* const begin = static_cast<char*>(mapped);
  const std::size_t before =
      (slab_size - reinterpret_cast<std::uintptr_t>(begin) % slab_size) % slab_size;
  if (before > 0) munmap(begin, before);
  munmap(begin + before + slab_size, slab_size - before);
  return begin + before;
}

}  // namespace

void BlockPool::Links::join(Links& ring) {
  next = std::exchange(ring.next, this);
  previous = std::exchange(next->previous, this);
}

void BlockPool::Links::leave() {
  previous->next = next;
  next->previous = previous;
}

void BlockPool::Links::take_all_of(Links& ring) {
  if (ring.next == &ring) return;
  Links* const first = std::exchange(ring.next, &ring);
  Links* const last = std::exchange(ring.previous, &ring);
  first->previous = std::exchange(previous, last);
  first->previous->next = first;
  last->next = this;
}

struct BlockPool::Slab : Links {
  struct Free {
    Free* next;
  };

  std::size_t kind = 0;
  std::size_t in_use = 0;   // blocks
  std::size_t used_to = 0;  // bytes from the slab's beginning: behind it nothing was ever taken
  Free* free = nullptr;     // blocks that came back

  static Slab* of(void* block) {
    return reinterpret_cast<Slab*>(reinterpret_cast<std::uintptr_t>(block) / slab_size * slab_size);
  }
  void begin(std::size_t of_kind) {
    kind = of_kind;
    used_to = (sizeof(Slab) + fine - 1) / fine * fine;
    free = nullptr;
  }
  [[nodiscard]] bool has_room() const {
    return free != nullptr || used_to + size_of(kind) <= slab_size;
  }
  void* take() {
    ++in_use;
    void* block = free;
    if (free != nullptr) {
      free = free->next;
    } else {
      block = reinterpret_cast<char*>(this) + std::exchange(used_to, used_to + size_of(kind));
    }
    ASAN_UNPOISON_MEMORY_REGION(block, size_of(kind));
    return block;
  }
  void give(void* block) {
    --in_use;
    free = new (block) Free{free};
    ASAN_POISON_MEMORY_REGION(free + 1, size_of(kind) - sizeof(Free));
  }
};

BlockPool& BlockPool::shared() {
  static auto* const pool = new BlockPool;
  return *pool;
}

BlockPool::~BlockPool() { trim(); }

std::size_t BlockPool::kind_of(std::size_t size) {
  if (size <= small) return (std::max<std::size_t>(size, 1) - 1) / fine;
  return small / fine + (size - small - 1) / coarse;
}

std::size_t BlockPool::size_of(std::size_t kind) {
  if (kind < small / fine) return (kind + 1) * fine;
  return small + (kind - small / fine + 1) * coarse;
}

void* BlockPool::take(std::size_t size) {
  const std::size_t kind = kind_of(size);
  const MutexLock lock(mutex_);
  const Links& open = kinds_[kind].open;
  Slab* const slab = open.next == &open ? take_slab(kind) : static_cast<Slab*>(open.next);
  void* const block = slab->take();
  in_use_ += size_of(kind);
  if (!slab->has_room()) slab->leave();
  return block;
}

void BlockPool::give(void* block) noexcept {
  Slab* const slab = Slab::of(block);
  const MutexLock lock(mutex_);
  const bool was_full = !slab->has_room();
  slab->give(block);
  in_use_ -= size_of(slab->kind);
  if (was_full) slab->join(kinds_[slab->kind].open);
  if (slab->in_use > 0) return;
  slab->leave();
  slab->next = std::exchange(spare_, slab);
}

BlockPool::Slab* BlockPool::take_slab(std::size_t kind) {
  Slab* slab = spare_;
  if (slab != nullptr) {
    spare_ = static_cast<Slab*>(slab->next);
  } else {
    slab = new (map_slab()) Slab;
    bytes_ += slab_size;
  }
  slab->begin(kind);
  slab->join(kinds_[kind].open);
  return slab;
}

void BlockPool::put_aside() {
  const MutexLock lock(mutex_);
  for (Kind& kind : kinds_) kind.aside.take_all_of(kind.open);
}

void BlockPool::put_back() {
  const MutexLock lock(mutex_);
  for (Kind& kind : kinds_) kind.open.take_all_of(kind.aside);
}

void BlockPool::trim() {
  Slab* slab = nullptr;
  {
    const MutexLock lock(mutex_);
    slab = std::exchange(spare_, nullptr);
    for (const Links* each = slab; each != nullptr; each = each->next) bytes_ -= slab_size;
  }
  while (slab != nullptr) {
    Slab* const gone = std::exchange(slab, static_cast<Slab*>(slab->next));
    ASAN_UNPOISON_MEMORY_REGION(gone, slab_size);
    munmap(gone, slab_size);
  }
}

std::size_t BlockPool::bytes() const {
  const MutexLock lock(mutex_);
  return bytes_;
}

std::size_t BlockPool::in_use() const {
  const MutexLock lock(mutex_);
  return in_use_;
}

}  // namespace tidemark
