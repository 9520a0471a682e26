// A long list of which a part changes at a time: its items lie in chunks, and lists made one after
// the other share the chunks that did not change. A ChunkList is a value that is only read (but for
// push_back, which makes one by hand); copies may be used by different threads. A ChunkDraft is the
// list that goes on changing; it belongs to one thread.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace tidemark {

template <class T>
class ChunkDraft;

template <class T>
class ChunkList {
 public:
  static constexpr std::size_t chunk_size = 32;
  using Chunk = std::array<T, chunk_size>;
  using value_type = T;

  class const_iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    const_iterator() = default;
    const_iterator(const ChunkList* list, std::size_t at) : list_(list), at_(at) {}

    reference operator*() const { return (*list_)[at_]; }
    pointer operator->() const { return &(*list_)[at_]; }
    reference operator[](difference_type by) const { return *(*this + by); }
    const_iterator& operator+=(difference_type by) {
      at_ += static_cast<std::size_t>(by);
      return *this;
    }
    const_iterator& operator-=(difference_type by) { return *this += -by; }
    const_iterator& operator++() { return *this += 1; }
    const_iterator& operator--() { return *this += -1; }
    const_iterator operator++(int) { return std::exchange(*this, *this + 1); }
    const_iterator operator--(int) { return std::exchange(*this, *this - 1); }
    friend const_iterator operator+(const_iterator at, difference_type by) { return at += by; }
    friend const_iterator operator+(difference_type by, const_iterator at) { return at += by; }
    friend const_iterator operator-(const_iterator at, difference_type by) { return at -= by; }
    friend difference_type operator-(const const_iterator& a, const const_iterator& b) {
      return static_cast<difference_type>(a.at_) - static_cast<difference_type>(b.at_);
    }
    friend bool operator==(const const_iterator& a, const const_iterator& b) {
      return a.at_ == b.at_;
    }
    friend auto operator<=>(const const_iterator& a, const const_iterator& b) {
      return a.at_ <=> b.at_;
    }

   private:
    const ChunkList* list_ = nullptr;
    std::size_t at_ = 0;
  };
  using iterator = const_iterator;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  const T& operator[](std::size_t at) const { return (*chunks_[at / chunk_size])[at % chunk_size]; }
  [[nodiscard]] const T& front() const { return (*this)[0]; }
  [[nodiscard]] const T& back() const { return (*this)[size_ - 1]; }
  [[nodiscard]] const_iterator begin() const { return {this, 0}; }
  [[nodiscard]] const_iterator end() const { return {this, size_}; }

  // In their order, all full but the last. Two lists that hold the same chunk hold the same there.
  [[nodiscard]] const std::vector<std::shared_ptr<const Chunk>>& chunks() const { return chunks_; }

  // Costs a copy of the last chunk.
  void push_back(T item) {
    const bool new_chunk = size_ % chunk_size == 0;
    auto last = std::make_shared<Chunk>(new_chunk ? Chunk{} : *chunks_.back());
    if (!new_chunk) chunks_.pop_back();
    (*last)[size_++ % chunk_size] = std::move(item);
    chunks_.push_back(std::move(last));
  }

 private:
  friend class ChunkDraft<T>;

  std::vector<std::shared_ptr<const Chunk>> chunks_;
  std::size_t size_ = 0;
};

template <class T>
class ChunkDraft {
 public:
  using List = ChunkList<T>;

  [[nodiscard]] std::size_t size() const { return size_; }
  void clear() {
    chunks_.clear();
    size_ = 0;
  }
  void push_back(T item) {
    if (size_ % List::chunk_size == 0) chunks_.push_back({std::make_shared<Chunk>(), true});
    set(size_++, std::move(item));
  }
  // Replaces one that is there.
  void set(std::size_t at, T item) {
    (*own(chunks_[at / List::chunk_size]))[at % List::chunk_size] = std::move(item);
  }

  // The list as it is now. It shares all chunks with the draft until the next change of each.
  [[nodiscard]] List publish() {
    List out;
    out.chunks_.reserve(chunks_.size());
    out.size_ = size_;
    for (Held& held : chunks_) {
      held.own = false;
      out.chunks_.push_back(held.chunk);
    }
    return out;
  }

 private:
  using Chunk = typename List::Chunk;
  struct Held {
    std::shared_ptr<Chunk> chunk;
    bool own = false;  // nobody else has seen it
  };

  static const std::shared_ptr<Chunk>& own(Held& held) {
    if (!held.own) held = {std::make_shared<Chunk>(*held.chunk), true};
    return held.chunk;
  }

  std::vector<Held> chunks_;
  std::size_t size_ = 0;
};

}  // namespace tidemark
