#include "storage/byte_pages.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace tidemark {
namespace {

constexpr std::uint32_t in_a_page = 8;

// What a page begins with: where each of its strings ends, counted from behind this.
using Ends = std::array<std::uint32_t, in_a_page>;

Ends ends_of(const char* page) {
  Ends ends{};
  if (page != nullptr) std::memcpy(&ends, page, sizeof ends);
  return ends;
}

std::size_t begin_of(const Ends& ends, std::uint32_t at) { return at == 0 ? 0 : ends[at - 1]; }

}  // namespace

const char* BytePages::get(std::uint32_t owner) const {
  const char* page = blocks_.get(owner / in_a_page);
  if (page == nullptr) return nullptr;
  const Ends ends = ends_of(page);
  const std::uint32_t at = owner % in_a_page;
  const std::size_t begin = begin_of(ends, at);
  return ends[at] == begin ? nullptr : page + sizeof ends + begin;
}

void BytePages::put(std::uint32_t owner, std::string_view bytes) {
  const std::uint32_t number = owner / in_a_page;
  const std::uint32_t at = owner % in_a_page;
  Ends ends = ends_of(blocks_.get(number));
  const std::size_t begin = begin_of(ends, at);
  const std::size_t end = ends[at];
  const std::size_t had = ends.back();
  const std::size_t has = had - (end - begin) + bytes.size();
  if (has == 0) return blocks_.erase(number);
  char* page = blocks_.resize(number, sizeof ends + std::max(had, has));
  if (had != has) {
    char* strings = page + sizeof ends;
    std::memmove(strings + begin + bytes.size(), strings + end, had - end);
    const auto longer = static_cast<std::uint32_t>(has - had);  // wraps around, and back
    for (std::uint32_t i = at; i < in_a_page; ++i) ends[i] += longer;
    std::memcpy(page, &ends, sizeof ends);
    if (has < had) page = blocks_.resize(number, sizeof ends + has);
  }
  std::memcpy(page + sizeof ends + begin, bytes.data(), bytes.size());
}

}  // namespace tidemark
