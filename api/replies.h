// The envelopes of the native API, around JSON texts that the handlers made, and its errors.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http_message.h"
#include "core/time.h"

namespace tidemark {

// Why a request is refused. `code` is a stable word, `field` the parameter concerned (or empty).
struct Refusal {
  int status = 400;
  std::string_view code;
  std::string message;
  std::string field;
};

HttpReply json_reply(int status, std::string body);
HttpReply refusal_reply(const Refusal& refusal);  // {"error": {…}}

struct Page {
  int limit = 0;
  std::optional<std::string> next_cursor;  // null: this was the last page
  std::optional<std::size_t> total = 0;    // matching rows on all pages; null: not counted
  std::optional<std::string> problem =
      std::nullopt;  // why rows may be missing here; null: none are
};
// {"data": …, "page": …, "as_of_ms": …}; `data` is JSON already.
HttpReply data_reply(const std::string& data, const std::optional<Page>& page, Instant as_of,
                     int status = 200);

// JSON text. Bytes that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);
std::string array_of(const std::vector<std::string>& items);

}  // namespace tidemark
