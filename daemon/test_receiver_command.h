// `tidemark test-receiver NAME`: sends a sample by a receiver of the configuration, now, and says
// what the other side said.
#pragma once

#include <string>
#include <string_view>

#include "config/config.h"
#include "daemon/console.h"

namespace tidemark {

struct TestReceiverRequest {
  std::string name;
  std::string config_file;
  bool keep_open = false;  // without the message that ends the sample
};

// Waits for the other side as long as the receiver's `timeout` says, for each delivery. Returns the
// exit code: 0 if every delivery arrived.
int test_receiver_command(const TestReceiverRequest& request, const Surround& surround,
                          const Console& console);

}  // namespace tidemark
