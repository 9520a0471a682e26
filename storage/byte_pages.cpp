#include "storage/byte_pages.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/prefetch.h"

namespace tidemark {
namespace {

constexpr std::uint32_t in_a_page = 8;

// What a page begins with: where each of its strings ends, counted from behind this.
using Ends = std::array<std::uint32_t, in_a_page>;

std::size_t end_of(const char* page, std::uint32_t at) {
  std::uint32_t end = 0;
  std::memcpy(&end, page + at * sizeof end, sizeof end);
  return end;
}
std::size_t begin_of(const char* page, std::uint32_t at) {
  return at == 0 ? 0 : end_of(page, at - 1);
}

}  // namespace

const char* BytePages::get(std::uint32_t owner) const {
  const char* page = blocks_.get(owner / in_a_page);
  if (page == nullptr) return nullptr;
  const std::uint32_t at = owner % in_a_page;
  const std::size_t begin = begin_of(page, at);
  return end_of(page, at) == begin ? nullptr : page + sizeof(Ends) + begin;
}

void BytePages::expect_place(std::uint32_t owner) const {
  const char* page = blocks_.get(owner / in_a_page);
  if (page == nullptr) return;
  prefetch(page, sizeof(Ends));
}

void BytePages::expect_string(std::uint32_t owner) const {
  const char* page = blocks_.get(owner / in_a_page);
  if (page == nullptr) return;
  const std::uint32_t at = owner % in_a_page;
  const std::size_t begin = begin_of(page, at);
  prefetch(page + sizeof(Ends) + begin, end_of(page, at) - begin);
}

void BytePages::put(std::uint32_t owner, std::string_view bytes) {
  const std::uint32_t number = owner / in_a_page;
  const std::uint32_t at = owner % in_a_page;
  char* page = blocks_.get(number);
  if (page == nullptr && bytes.empty()) return;
  const std::size_t begin = page == nullptr ? 0 : begin_of(page, at);
  const std::size_t end = page == nullptr ? 0 : end_of(page, at);
  if (end - begin != bytes.size()) page = change_size(number, at, {begin, end}, bytes.size());
  if (!bytes.empty()) std::memcpy(page + sizeof(Ends) + begin, bytes.data(), bytes.size());
}

// Null: nothing is left in the page.
char* BytePages::change_size(std::uint32_t number, std::uint32_t at, Place had, std::size_t size) {
  Ends ends{};
  if (const char* page = blocks_.get(number)) std::memcpy(&ends, page, sizeof ends);
  const std::size_t all_had = ends.back();
  const std::size_t all = all_had - (had.end - had.begin) + size;
  if (all == 0) {
    blocks_.erase(number);
    return nullptr;
  }
  char* page = blocks_.resize(number, sizeof ends + std::max(all_had, all));
  char* strings = page + sizeof ends;
  std::memmove(strings + had.begin + size, strings + had.end, all_had - had.end);
  const auto longer = static_cast<std::uint32_t>(all - all_had);  // wraps around, and back
  for (std::uint32_t i = at; i < in_a_page; ++i) ends[i] += longer;
  std::memcpy(page, &ends, sizeof ends);
  return all < all_had ? blocks_.resize(number, sizeof ends + all) : page;
}

}  // namespace tidemark
