// Requests and replies on one connection: the one place where the HTTP library speaks. It parses
// requests and writes replies (chunks, gzip, keep-alive); it opens no socket and starts no thread.
#pragma once

#include "api/connection.h"
#include "api/http_message.h"

namespace tidemark {

// Serves requests until the client ends, goes over a limit or has sent a body: the
// connection ends after the answer to that. Does not throw.
void serve_requests(Connection& connection, HttpService& service);

}  // namespace tidemark
