#include "storage/window_store.h"

#include <utility>
#include <vector>

#include "storage/byte_pages.h"
#include "storage/key_index.h"
#include "storage/packed_history.h"

namespace tidemark {

static_assert(unpack_reads_beyond <= BytePages::slack);

namespace {

// Its memory is used again.
void make_empty(PartitionHistory& history) {
  PartitionHistory empty;
  std::swap(empty.window, history.window);
  std::swap(empty.pending, history.pending);
  empty.window.clear();
  empty.pending.clear();
  history = std::move(empty);
}

}  // namespace

struct WindowStore::Impl {
  KeyIndex keys;
  BytePages histories;
  std::uint32_t slots = 0;  // ever used
  std::vector<std::uint32_t> free;
  std::vector<char> packed;  // used again and again
};

WindowStore::WindowStore() : impl_(std::make_unique<Impl>()) {}
WindowStore::~WindowStore() = default;

std::optional<Slot> WindowStore::find(std::string_view key) const {
  const auto found = impl_->keys.find(key);
  if (!found) return std::nullopt;
  return Slot{*found};
}

void WindowStore::key_of(Slot slot, std::string& into) const {
  impl_->keys.key_of(static_cast<std::uint32_t>(slot), into);
}

Slot WindowStore::add(std::string_view key) {
  std::uint32_t slot = impl_->slots;
  if (impl_->free.empty()) {
    ++impl_->slots;
  } else {
    slot = impl_->free.back();
    impl_->free.pop_back();
  }
  impl_->keys.add(key, slot);
  return Slot{slot};
}

void WindowStore::erase(Slot slot) {
  if (size() == 1) {  // with the last one goes the room that all had
    impl_ = std::make_unique<Impl>();
    return;
  }
  const auto at = static_cast<std::uint32_t>(slot);
  impl_->keys.erase(at);
  impl_->histories.erase(at);
  impl_->free.push_back(at);
}

void WindowStore::load(Slot slot, PartitionHistory& into) const {
  const char* packed = impl_->histories.get(static_cast<std::uint32_t>(slot));
  if (packed == nullptr) {
    make_empty(into);
  } else {
    unpack(packed, into);
  }
}

void WindowStore::save(Slot slot, const PartitionHistory& history) {
  impl_->histories.put(static_cast<std::uint32_t>(slot), pack(history, impl_->packed));
}

void WindowStore::expect_place(Slot slot) const {
  impl_->histories.expect_place(static_cast<std::uint32_t>(slot));
}

void WindowStore::expect_history(Slot slot) const {
  impl_->histories.expect_string(static_cast<std::uint32_t>(slot));
}

std::optional<CommitSample> WindowStore::newest(Slot slot) const {
  const char* packed = impl_->histories.get(static_cast<std::uint32_t>(slot));
  return packed == nullptr ? std::nullopt : unpack_newest(packed);
}

std::size_t WindowStore::size() const { return impl_->slots - impl_->free.size(); }

std::size_t WindowStore::bytes() const {
  return impl_->keys.bytes() + impl_->histories.bytes() +
         impl_->free.capacity() * sizeof(std::uint32_t);
}

}  // namespace tidemark
