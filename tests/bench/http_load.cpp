#include "tests/bench/http_load.h"

#include <algorithm>
#include <thread>

#include "tests/bench/stop_signal.h"

namespace tidemark::bench {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds nap{50};

}  // namespace

void set_up(httplib::Client& client, std::chrono::seconds silence_limit) {
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  client.set_decompress(false);
  client.set_read_timeout(silence_limit);
}

httplib::Headers accepting(bool gzip) { return {{"Accept-Encoding", gzip ? "gzip" : "identity"}}; }

bool LoadTime::over() const {
  return stop_asked() || (seconds_ > 0 && taken() > std::chrono::seconds{seconds_});
}

bool LoadTime::wait_until(steady_clock::time_point due) const {
  while (!over()) {
    const auto now = steady_clock::now();
    if (now >= due) return true;
    std::this_thread::sleep_until(std::min(due, now + nap));
  }
  return false;
}

}  // namespace tidemark::bench
