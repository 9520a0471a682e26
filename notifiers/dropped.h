// What there was no room for: counted while a receiver is away, and told to it when it is back.
#pragma once

#include <cstdint>
#include <string>

#include "core/time.h"
#include "notifiers/message.h"

namespace tidemark {

struct Dropped {
  std::uint64_t messages = 0;
  Instant from;  // the first of them,
  Instant to;    // and the last
  void add(Instant at) {
    if (messages++ == 0) from = at;
    to = at;
  }
};

// That so many messages to `receiver` were lost. `page` is where people reach the page.
Message dropped_message(const std::string& receiver, const Dropped& dropped,
                        const std::string& page, Instant now);

}  // namespace tidemark
