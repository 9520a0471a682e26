// A list that only grows, in pieces of one size: nothing moves, and to find an item takes a shift
// and a mask. For what there may be a million of. Owned by one thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace tidemark {

template <class T>
class PieceList {
 public:
  // New items are as T{}.
  void grow_to(std::size_t size) {
    while (room() < size) pieces_.push_back(std::make_unique<T[]>(piece));
    size_ = std::max(size_, size);
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  T& operator[](std::size_t at) { return pieces_[at / piece][at % piece]; }
  const T& operator[](std::size_t at) const { return pieces_[at / piece][at % piece]; }

  [[nodiscard]] std::size_t bytes() const {  // held, all included
    return room() * sizeof(T) + pieces_.capacity() * sizeof(pieces_.front());
  }

 private:
  static constexpr std::size_t piece = 512;

  [[nodiscard]] std::size_t room() const { return pieces_.size() * piece; }

  std::vector<std::unique_ptr<T[]>> pieces_;
  std::size_t size_ = 0;
};

}  // namespace tidemark
