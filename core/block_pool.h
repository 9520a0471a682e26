// Memory for what is made and let go of by the ten thousand at a time, on several threads: reports.
// The allocator of the process would put what comes back aside unsorted, and whoever asks it for
// memory next sorts it, some milliseconds, though somebody waits for his answer. Here a block that
// comes back lies ready for the next of its size. Blocks of one size share a slab of 256 KiB; a
// slab of which no block is in use serves any size, or is given back.
//
// Any thread.
#pragma once

#include <array>
#include <cstddef>
#include <new>

#include "core/mutex.h"

namespace tidemark {

class BlockPool {
 public:
  static constexpr std::size_t most = 32 * 1024;  // bytes of a block

  BlockPool() = default;
  ~BlockPool();  // all blocks have come back
  BlockPool(const BlockPool&) = delete;
  BlockPool& operator=(const BlockPool&) = delete;

  // The one of the process; never destroyed.
  static BlockPool& shared();

  // `size` ≤ most, in bytes; aligned for any plain type. Throws std::bad_alloc.
  void* take(std::size_t size);
  void give(void* block) noexcept;

  // Returns the slabs of which no block is in use to the operating system.
  void trim();

  // While one lives, most blocks that are in use are to be taken anew, and the old ones given after
  // that: new ones that filled what room the slabs of the old have would keep all of those in use.
  // So slabs with room serve nobody meanwhile.
  class Turnover {
   public:
    explicit Turnover(BlockPool& pool) : pool_(pool) { pool_.put_aside(); }
    ~Turnover() { pool_.put_back(); }
    Turnover(const Turnover&) = delete;
    Turnover& operator=(const Turnover&) = delete;

   private:
    BlockPool& pool_;
  };

  [[nodiscard]] std::size_t bytes() const;   // held, spare slabs included
  [[nodiscard]] std::size_t in_use() const;  // bytes of all blocks that are taken

 private:
  struct Slab;
  struct Links {  // of a ring
    Links* next = this;
    Links* previous = this;

    void join(Links& ring);
    void leave();
    void take_all_of(Links& ring);
  };
  struct Kind {
    Links open;   // slabs with room,
    Links aside;  // and those that serve nobody for now
  };
  static constexpr std::size_t fine = 64;     // steps of small sizes,
  static constexpr std::size_t coarse = 256;  // and of those above
  static constexpr std::size_t small = 2048;
  static constexpr std::size_t kinds = small / fine + (most - small) / coarse;

  static std::size_t kind_of(std::size_t size);
  static std::size_t size_of(std::size_t kind);
  Slab* take_slab(std::size_t kind) TM_REQUIRES(mutex_);
  void put_aside();
  void put_back();

  mutable Mutex mutex_;
  std::array<Kind, kinds> kinds_ TM_GUARDED_BY(mutex_);
  Slab* spare_ TM_GUARDED_BY(mutex_) = nullptr;
  std::size_t bytes_ TM_GUARDED_BY(mutex_) = 0;
  std::size_t in_use_ TM_GUARDED_BY(mutex_) = 0;
};

// For containers: blocks of the process's pool, and longer ones from operator new.
template <class T>
class PooledAllocator {
 public:
  using value_type = T;

  PooledAllocator() = default;
  template <class Other>
  PooledAllocator(const PooledAllocator<Other>&) {}  // NOLINT(google-explicit-constructor)

  T* allocate(std::size_t count) {
    const std::size_t size = count * sizeof(T);
    return static_cast<T*>(size <= BlockPool::most ? BlockPool::shared().take(size)
                                                   : ::operator new(size));
  }
  void deallocate(T* block, std::size_t count) noexcept {
    const std::size_t size = count * sizeof(T);
    if (size <= BlockPool::most) return BlockPool::shared().give(block);
    ::operator delete(block);
  }

  template <class Other>
  friend bool operator==(const PooledAllocator&, const PooledAllocator<Other>&) {
    return true;
  }
};

}  // namespace tidemark
