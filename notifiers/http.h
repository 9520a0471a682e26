// HTTP requests of the channels, and what their answers mean for a delivery. Any thread; waits for
// the other side as long as the attempt allows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "notifiers/notifier.h"
#include "notifiers/receiver_settings.h"

namespace tidemark {

struct HttpCall {
  std::string method = "POST";
  Secret url;
  std::vector<std::pair<std::string, Secret>> headers;
  BasicLogin login;
  std::string body;
};

struct HttpAnswer {
  int status = 0;
  std::string body;
  std::optional<Duration> retry_after;
};

// Done: some answer came. Else why not; such a delivery is tried again.
Result<HttpAnswer> http_call(const HttpCall& request, const Transport& transport,
                             const Attempt& attempt);

// "200: ok": the status and the first line of the body.
std::string said(const HttpAnswer& reply);

// What the status alone says: delivered (2xx), to be tried again (401, 407, 408, 425, 429,
// 5xx) or refused.
Delivery judged(const HttpAnswer& reply);

// The request is made and its answer judged; for channels whose statuses are the whole truth.
Delivery http_deliver(const HttpCall& request, const Transport& transport, const Attempt& attempt);

// The same without anything of `secrets` in what is said.
Delivery without_secrets(Delivery delivery, const std::vector<Secret>& secrets);

// "Retry-After": a number of seconds, or a date; null if it is neither.
std::optional<Duration> parse_retry_after(std::string_view value, Instant now);

}  // namespace tidemark
