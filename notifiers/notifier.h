// A way to tell a message: one class a kind of receiver, made from its settings. Sending is in two
// steps so that what is to be sent can be stored between them and outlives the process.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "notifiers/message.h"

namespace tidemark {

// One thing to be sent by itself: it arrives or does not. Rendered, storable, and without secrets:
// send() adds those.
struct Prepared {
  std::string address;  // of one recipient (a mail address, a number); empty: the receiver has one
  std::string content;  // bytes as the channel's send() takes them
  std::string key;      // idempotency: the message's, and the address where there are several
};

enum class Outcome : std::uint8_t {
  delivered,
  try_again,  // later: nobody there, too busy, interrupted
  refused,    // for good: sending the same again would be refused again
};
std::string_view to_string(Outcome outcome);  // "delivered", "try_again", "refused"

struct Delivery {
  Outcome outcome = Outcome::try_again;
  std::string said;               // one line: what the other side said, or what failed; no secrets
  std::optional<Duration> after;  // with try_again: not before this has passed (Retry-After)
};

// The circumstances of one send().
struct Attempt {
  Instant now;                                // for signatures and ends of validity
  Duration limit = std::chrono::seconds{30};  // all of it: connecting, TLS, waiting for the answer
  std::stop_token stop;                       // a request ends it within about a second
};

// Any thread may call; send() of one channel may run in several threads at once. Nothing throws.
class Notifier {
 public:
  virtual ~Notifier() = default;

  // Pure and quick: no network, no clock. Several where there are several recipients. The error is
  // that of a template.
  [[nodiscard]] virtual Result<std::vector<Prepared>> prepare(const Message& message) const = 0;
  // Waits for the other side, at most as long as `attempt` says.
  [[nodiscard]] virtual Delivery send(const Prepared& prepared, const Attempt& attempt) const = 0;

  // True: a machine that groups by itself and wants every incident (Message::alerts whole).
  [[nodiscard]] virtual bool each_incident() const { return false; }
  // So often what is open has to be told again (as MessageKind::still), or the receiver takes it
  // for ended; null: never.
  [[nodiscard]] virtual std::optional<Duration> keep_alive() const { return std::nullopt; }
};

}  // namespace tidemark
