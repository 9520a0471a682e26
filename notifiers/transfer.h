// One transfer by libcurl, as all channels of the network make it: with a hard end, interruptible,
// proxy and certificates as configured, no redirect followed. Internal to notifiers; the only
// header that shows libcurl's handle, by a forward declaration.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/result.h"
#include "notifiers/notifier.h"
#include "notifiers/receiver_settings.h"

namespace tidemark {

// Answers longer than this are cut: nobody reads them.
constexpr std::size_t longest_answer = 65'536;

class Transfer {
 public:
  Transfer(const Transport& transport, const Attempt& attempt);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // libcurl's easy handle, for what is particular to a protocol.
  [[nodiscard]] void* handle() const { return handle_; }
  // Until it is over. The error says why there is no (whole) answer; it names hosts, no secrets.
  Status run();

  [[nodiscard]] int code() const;  // the last one that the other side gave
  [[nodiscard]] const std::string& body() const { return body_; }
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }  // of the head

  // For libcurl's callbacks.
  std::size_t take_body(const char* bytes, std::size_t size);
  std::size_t take_line(const char* bytes, std::size_t size);
  [[nodiscard]] bool stopped() const { return attempt_.stop.stop_requested(); }

 private:
  void set_up(const Transport& transport);

  const Attempt& attempt_;
  void* handle_;
  std::string problem_;
  std::string body_;
  std::vector<std::string> lines_;
};

}  // namespace tidemark
