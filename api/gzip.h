// gzip of a body while it is made, at zlib's cheapest level: Prometheus asks for it at every
// scrape, and a better level costs three times the work and saves a tenth of the bytes. Holds 200
// KB, however much passes through. One body, one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "api/http_message.h"

namespace tidemark {

class Gzip {
 public:
  // `to` outlives it. Throws std::bad_alloc where there is no memory.
  explicit Gzip(const BodySink& to);
  ~Gzip();
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  // What is ready goes on at once; all of the first piece does, for a client that waits for the
  // first byte. False: the client has gone.
  bool write(std::string_view piece);
  // No more is written after that.
  bool finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

std::string gzipped(std::string_view body);
// The other way, for what was compressed by this program or its build.
std::string gunzipped(std::string_view compressed);

}  // namespace tidemark
