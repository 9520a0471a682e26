// Whether an address is one by which a machine reaches itself alone.
#pragma once

#include <sys/socket.h>

namespace tidemark {

bool is_loopback(const sockaddr_storage& address);

}  // namespace tidemark
