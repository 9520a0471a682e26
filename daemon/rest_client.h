// Asks a daemon's REST API. One thread. Every request ends within some seconds.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tidemark {

class RestClient {
 public:
  // `url`: "http://host:port", with a path in front of the API if a proxy puts one there. The error
  // says what is wrong with it.
  static Result<std::unique_ptr<RestClient>> open(const std::string& url);
  ~RestClient();
  RestClient(const RestClient&) = delete;
  RestClient& operator=(const RestClient&) = delete;

  // The body of a good answer of this kind (a part of its content type); `target` begins with
  // "/api". The error is the daemon's own message, or says that no Tidemark answers, and why.
  Result<std::string> get(const std::string& target, std::string_view kind = "json");

  // The body of a good answer to what changes something; `method` is "POST" or "DELETE", `body`
  // JSON. `token` may be empty, and is never part of an error.
  Result<std::string> change(const std::string& method, const std::string& target,
                             const std::string& body, const std::string& token);

 private:
  struct Impl;
  explicit RestClient(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tidemark
