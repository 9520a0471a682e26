// Prometheus at its work: asks for a page of metrics every some seconds, plain and compressed in
// turn or one of them, and counts what comes. Prints one line of JSON at the end, or at SIGTERM:
// for each scrape when its first byte came, how long it took, its bytes on the wire and its series
// (counted after the last byte where the page is compressed).
//
//   scrape_load URL [target=/metrics] [every_ms=N] [seconds=N] [encoding=gzip|plain|both]
//
//   every_ms=N   from the start of one to that of the next (15000; at once where one takes longer)
//
//   seconds=N    (0: until SIGTERM)
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/bench/http_load.h"
#include "tests/bench/settings.h"
#include "tests/bench/stop_signal.h"

namespace tidemark::bench {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds silence_limit{120};

struct Plan {
  std::string url;
  std::string target = "/metrics";
  std::string encoding = "both";
  int every_ms = 15'000;
  int seconds = 0;
};

Plan plan_from(int count, char** words) {
  if (count < 2) fail("usage: scrape_load URL [name=value…]");
  Plan plan;
  plan.url = words[1];
  Settings settings;
  settings.take("target", &plan.target);
  settings.take("encoding", &plan.encoding);
  settings.take("every_ms", &plan.every_ms);
  settings.take("seconds", &plan.seconds);
  settings.read(count, words, 2);
  if (plan.encoding != "gzip" && plan.encoding != "plain" && plan.encoding != "both") {
    fail("encoding: gzip, plain or both, not " + plan.encoding);
  }
  return plan;
}

// Lines of a page that are samples; it comes in pieces.
class SeriesCount {
 public:
  void add(const char* data, std::size_t size) {
    const char* const end = data + size;
    while (data != end) {
      if (at_line_begin_) count_ += *data != '#' && *data != '\n' ? 1 : 0;
      const char* const newline = std::find(data, end, '\n');
      at_line_begin_ = newline != end;
      data = at_line_begin_ ? newline + 1 : end;
    }
  }
  [[nodiscard]] long count() const { return count_; }

 private:
  long count_ = 0;
  bool at_line_begin_ = true;
};

struct Scrape {
  bool gzip = false;
  int status = 0;  // 0: no answer
  Seconds first_byte{0};
  Seconds total{0};
  std::size_t bytes = 0;
  SeriesCount series;
};

void unpack(const std::string& packed, SeriesCount& series) {
  httplib::detail::gzip_decompressor unpacker;
  const bool good = unpacker.decompress(packed.data(), packed.size(), [&](const char* d, auto n) {
    series.add(d, n);
    return true;
  });
  if (!good) fail("a compressed page can't be unpacked");
}

Scrape scrape(httplib::Client& client, const std::string& target, bool gzip) {
  Scrape seen;
  seen.gzip = gzip;
  std::string packed;
  const auto sent = steady_clock::now();
  const auto begins = [&](const httplib::Response&) {
    seen.first_byte = steady_clock::now() - sent;
    return true;
  };
  const auto receive = [&](const char* data, std::size_t size) {
    seen.bytes += size;
    gzip ? static_cast<void>(packed.append(data, size)) : seen.series.add(data, size);
    return true;
  };
  const auto answer = client.Get(target.c_str(), accepting(gzip), begins, receive);
  seen.total = steady_clock::now() - sent;
  if (answer) seen.status = answer->status;
  if (answer && answer->get_header_value("Content-Encoding") == "gzip") unpack(packed, seen.series);
  return seen;
}

std::vector<Scrape> scrape_all(const Plan& plan) {
  httplib::Client client(plan.url);
  set_up(client, silence_limit);
  std::vector<Scrape> all;
  const LoadTime time(plan.seconds);
  for (auto due = time.began(); time.wait_until(due);) {
    due = std::max(due + std::chrono::milliseconds{plan.every_ms}, steady_clock::now());
    const bool odd = all.size() % 2 == 1;
    all.push_back(
        scrape(client, plan.target, plan.encoding == "both" ? odd : plan.encoding == "gzip"));
  }
  return all;
}

void print(const std::vector<Scrape>& all) {
  std::printf("{\"scrapes\": [");
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Scrape& one = all[i];
    std::printf(
        "%s{\"encoding\": \"%s\", \"status\": %d, \"first_byte_ms\": %.3f, \"total_ms\": %.3f, "
        "\"bytes\": %zu, \"series\": %ld}",
        i > 0 ? ", " : "", one.gzip ? "gzip" : "plain", one.status, one.first_byte.count() * 1e3,
        one.total.count() * 1e3, one.bytes, one.series.count());
  }
  std::printf("]}\n");
}

}  // namespace
}  // namespace tidemark::bench

int main(int count, char** words) {
  const auto plan = tidemark::bench::plan_from(count, words);
  tidemark::bench::watch_for_stop();
  tidemark::bench::print(tidemark::bench::scrape_all(plan));
  return 0;
}
