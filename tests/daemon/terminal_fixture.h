// The terminal's commands against the real listener, on reports written by hand.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "daemon/cli.h"
#include "tests/api/fake_changes.h"
#include "tests/api/fixture.h"

namespace tidemark::terminal {

class TerminalCommands : public testing::Test {
 protected:
  void serve(std::vector<std::shared_ptr<const ClusterReport>> shown) {
    view_.shown = std::move(shown);
    ServerSettings settings;
    settings.port = 0;
    settings.tokens = tokens_;
    auto server = Server::start(settings, view_, &changes_);
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(server.value());
    url_ = "http://127.0.0.1:" + std::to_string(server_->port());
  }

  int tidemark(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin() + 1, "--url=" + url_);
    std::istringstream in;
    out_.str("");
    err_.str("");
    return run_cli(arguments, {in, out_, err_}, "1.2.3");
  }

  std::vector<AccessToken> tokens_;
  test::FakeView view_;
  test::FakeChanges changes_;
  std::unique_ptr<Server> server_;
  std::string url_;
  std::ostringstream out_;
  std::ostringstream err_;
};

}  // namespace tidemark::terminal
