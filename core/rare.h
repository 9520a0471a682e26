// A value that most of its kind do without: one pointer, null where there is none. It never
// changes, so copies share it; copies may be on different threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/block_pool.h"

namespace tidemark {

template <class T>
class Rare {
 public:
  Rare() = default;
  Rare(T value) : held_(new Held{std::move(value)}) {}  // NOLINT(google-explicit-constructor)
  Rare(const Rare& other) noexcept : held_(other.held_) {
    if (held_ != nullptr) held_->holders.fetch_add(1, std::memory_order_relaxed);
  }
  Rare(Rare&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
  Rare& operator=(Rare other) noexcept {
    std::swap(held_, other.held_);
    return *this;
  }
  ~Rare() {
    if (held_ == nullptr) return;
    if (held_->holders.fetch_sub(1, std::memory_order_acq_rel) == 1) delete held_;
  }

  explicit operator bool() const { return held_ != nullptr; }
  // Only if there is one.
  const T& operator*() const { return held_->value; }
  const T* operator->() const { return &held_->value; }

 private:
  struct Held {
    const T value;
    std::atomic<std::uint32_t> holders{1};

    static void* operator new(std::size_t size) { return BlockPool::shared().take(size); }
    static void operator delete(void* held) { BlockPool::shared().give(held); }
  };

  Held* held_ = nullptr;
};

}  // namespace tidemark
