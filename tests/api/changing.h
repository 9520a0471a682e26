// What asks for changes as a request of this machine does, without a socket.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/api/fake_changes.h"
#include "tests/api/fixture.h"

namespace tidemark::test {

// On a listener of this machine alone, where no token is needed.
class Changing : public testing::Test {
 public:
  Changing() { handlers.access().loopback = true; }

  static HttpRequest from_here(const std::string& method, const std::string& target,
                               const std::string& body = "") {
    HttpRequest out;
    out.method = method;
    out.target = target;
    out.host = "localhost:8000";
    out.content_type = "application/json";
    out.body = body;
    out.from_this_machine = true;
    return out;
  }
  HttpReply ask(const std::string& method, const std::string& target,
                const std::string& body = "") {
    return handlers.ask(from_here(method, target, body));
  }

  FakeView view;
  FakeChanges changes;
  Handlers handlers{view, &changes};
};

}  // namespace tidemark::test
