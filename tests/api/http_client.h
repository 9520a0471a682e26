// A client that sends exactly the bytes it is told to, so that tests can be ruder than a library.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace tidemark::test {

struct Answer {
  int status = 0;                              // 0: no answer came
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // chunks put together
};

// A connection to the loopback; every call ends after 10 s.
class RawClient {
 public:
  explicit RawClient(int port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  [[nodiscard]] bool connected() const { return socket_ >= 0; }
  bool send(std::string_view bytes);
  // Up to the end of the connection.
  std::string read_all();
  // At least one byte, or "" at the end.
  std::string read_some();

 private:
  int socket_ = -1;
};

Answer parse_answer(const std::string& bytes);

// One request on a connection of its own. `headers`: whole lines, each with its end.
Answer fetch(int port, const std::string& target, const std::string& method = "GET",
             const std::string& headers = "");

}  // namespace tidemark::test
