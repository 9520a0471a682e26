// A list whose copies share their items until one of them is changed: for what many snapshots hold
// and few change. A value; different copies may be used by different threads.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace tidemark {

template <class T>
class SharedList {
 public:
  using value_type = T;
  using Items = std::vector<T>;
  using const_iterator = typename std::vector<T>::const_iterator;

  SharedList() = default;
  SharedList(std::vector<T> items)  // NOLINT(google-explicit-constructor)
      : items_(items.empty() ? nullptr : std::make_shared<std::vector<T>>(std::move(items))) {}
  SharedList(std::initializer_list<T> items) : SharedList(std::vector<T>(items)) {}

  // Valid as long as this list and unchanged, as are iterators and references.
  [[nodiscard]] const std::vector<T>& get() const { return items_ ? *items_ : nothing(); }
  operator const std::vector<T>&() const { return get(); }  // NOLINT(google-explicit-constructor)

  [[nodiscard]] const_iterator begin() const { return get().begin(); }
  [[nodiscard]] const_iterator end() const { return get().end(); }
  [[nodiscard]] std::size_t size() const { return items_ ? items_->size() : 0; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  const T& operator[](std::size_t at) const { return (*items_)[at]; }
  [[nodiscard]] const T& at(std::size_t at) const { return get().at(at); }
  [[nodiscard]] const T& front() const { return items_->front(); }
  [[nodiscard]] const T& back() const { return items_->back(); }

  // Changes this copy alone; costs a copy of all items.
  template <class Edit>
  void edit(Edit change) {
    std::vector<T> own = get();
    change(own);
    *this = SharedList(std::move(own));
  }
  void push_back(T item) {
    edit([&](std::vector<T>& items) { items.push_back(std::move(item)); });
  }

  // Whether both hold the very same items.
  [[nodiscard]] bool shares_with(const SharedList& other) const { return items_ == other.items_; }

 private:
  static const std::vector<T>& nothing() {
    static const std::vector<T> none;
    return none;
  }

  std::shared_ptr<const std::vector<T>> items_;  // null: none
};

}  // namespace tidemark
