// A text that most of its kind do without: one pointer, null where there is none. A value: copies
// have their own.
#pragma once

#include <memory>
#include <string>
#include <utility>

namespace tidemark {

class RareText {
 public:
  RareText() = default;
  RareText(std::unique_ptr<const std::string> text)  // NOLINT(google-explicit-constructor)
      : text_(std::move(text)) {}
  RareText(const RareText& other) : text_(other.copy()) {}
  RareText(RareText&&) noexcept = default;
  RareText& operator=(const RareText& other) {
    if (this != &other) text_ = other.copy();
    return *this;
  }
  RareText& operator=(RareText&&) noexcept = default;
  ~RareText() = default;

  explicit operator bool() const { return text_ != nullptr; }
  // Only if there is one.
  const std::string& operator*() const { return *text_; }
  const std::string* operator->() const { return text_.get(); }

 private:
  [[nodiscard]] std::unique_ptr<const std::string> copy() const {
    return text_ ? std::make_unique<const std::string>(*text_) : nullptr;
  }

  std::unique_ptr<const std::string> text_;
};

}  // namespace tidemark
