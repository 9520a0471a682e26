#include "core/worker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>

namespace tidemark {
namespace {

TEST(Worker, IsAskedToStopAndJoined) {
  std::atomic<bool> ended{false};
  {
    const Worker worker("a name that is longer than the kernel keeps",
                        [&](const std::stop_token& stop) {
                          while (!stopped_within(stop, std::chrono::hours{1})) {
                          }
                          ended = true;
                        });
  }
  EXPECT_TRUE(ended);
}

TEST(Worker, WaitingEndsByItselfWithoutAStopRequest) {
  std::optional<bool> stopped;
  {
    const Worker worker("waiter", [&](const std::stop_token&) {
      const std::stop_source nobody;
      stopped = stopped_within(nobody.get_token(), std::chrono::milliseconds{1});
    });
  }
  EXPECT_EQ(stopped, false);
}

}  // namespace
}  // namespace tidemark
