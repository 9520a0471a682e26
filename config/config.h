// One TOML file in, one immutable value out, or every problem at once. Only daemon/ sees the whole
// Config; each class gets the small struct that it needs.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/policy_table.h"
#include "config/route_config.h"
#include "core/access_token.h"
#include "core/log.h"
#include "core/time.h"
#include "notifiers/receiver_settings.h"

namespace tidemark {

struct HttpConfig {
  std::string listen = "127.0.0.1:8000";  // host:port; port 0: any free one
  int threads = 64;                       // connections served at once
  std::string allow_origin;               // Access-Control-Allow-Origin; empty: not sent
  std::string page_url;                   // where people reach it; empty: where it listens
  std::vector<AccessToken> tokens;        // who may change something; none: this machine alone
};

struct MetricsConfig {
  Granularity granularity = Granularity::partition;  // where a policy says nothing of it
  std::uint64_t max_series = 10'000'000;             // of groups and topics; 0: no limit
  bool topics = true;                                // Tidemark's families of topics
  bool burrow = true;                                // Burrow's families beside Tidemark's own
};

struct StorageConfig {
  std::string state_dir;  // empty: the default place, see docs/configuration.md
  bool snapshot = true;   // is kept for a restart
  Duration snapshot_interval = std::chrono::seconds{60};
  bool history = true;  // is recorded
  Duration history_interval = std::chrono::seconds{30};
  Duration max_age = std::chrono::hours{24 * 14};          // of samples
  Duration totals_max_age = std::chrono::hours{24 * 400};  // of groups' totals by the hour
  std::uint64_t max_bytes = 10'000'000'000;                // of history.db
  Duration events_max_age = std::chrono::hours{24 * 365};
  std::uint64_t events_max_bytes = 1'000'000'000;  // of state.db
};

struct ClusterConfig {
  std::string name;
  std::string bootstrap;
  Duration refresh = std::chrono::seconds{10};
  Duration metadata_refresh = std::chrono::seconds{60};
  std::map<std::string, std::string> kafka;
};

struct Config {
  HttpConfig http;
  StorageConfig storage;
  log::Settings log;
  MetricsConfig metrics;
  std::vector<ClusterConfig> clusters;
  PolicyTable policies;
  std::vector<ReceiverSettings> receivers;
  AlertsConfig alerts;
  std::vector<RouteConfig> routes;
};

// One thing that is wrong, e.g.
//   tidemark.toml:12: cluster[1].refresh: "10 parsecs" is not a duration; write "10s", "5m" or "2h"
struct Problem {
  std::string file;
  std::uint32_t line = 0;  // 0: the file as a whole
  std::string key;         // path: "cluster[1].refresh"; empty: the file as a whole
  std::string message;     // what is wrong, and what would be right

  [[nodiscard]] std::string text() const;
};

struct Loaded {
  std::optional<Config> config;   // only if there is no problem
  std::vector<Problem> problems;  // in the order of the file
};

// What the loader needs from outside, injected so that tests have none of it.
struct Surround {
  // ${NAME}: the variable's value, null if it is not set.
  std::function<std::optional<std::string>(const std::string&)> environment;
  // Why [cluster.kafka] `key` = `value` is refused; empty: it is fine.
  std::function<std::string(const std::string& key, const std::string& value)> check_kafka;
  // What is wrong with a receiver's templates: the key of each, and why.
  std::function<std::vector<std::pair<std::string, std::string>>(const ReceiverSettings&)>
      check_receiver = {};
  // What is wrong with the name of a time zone; empty: nothing.
  std::function<std::string(const std::string&)> check_zone = {};
};

Loaded load_config(const std::string& path, const Surround& surround);
Loaded parse_config(std::string_view text, const std::string& name, const Surround& surround);

}  // namespace tidemark
