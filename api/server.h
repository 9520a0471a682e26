// The one HTTP listener: native API (/api/v1), Burrow's v3, /metrics, health. Owns its threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/changes.h"
#include "api/view.h"
#include "core/access_token.h"
#include "core/result.h"
#include "evaluator/policy.h"

namespace tidemark {

// How one cluster is read, for Burrow's cluster detail.
struct ClusterModule {
  std::string client_id = "tidemark";
  int topic_refresh_seconds = 60;
  int offset_refresh_seconds = 10;
  bool tls = false;
  bool tls_verify = true;
  bool sasl = false;
  std::string sasl_username;
};

// What /metrics shows.
struct MetricsSettings {
  Granularity granularity = Granularity::partition;  // where a policy says nothing of it
  std::uint64_t max_series = 0;                      // of groups and topics; 0: no limit
  bool topics = true;                                // families of topics by themselves
  bool burrow = true;                                // Burrow's families
};

struct ServerSettings {
  std::string host = "127.0.0.1";
  int port = 8000;  // 0: any free one
  int threads = 64;
  std::string allow_origin;         // empty: no Access-Control-Allow-Origin
  std::vector<AccessToken> tokens;  // none: changes from this machine only
  std::string page_url;             // where people reach the page
  MetricsSettings metrics;
  std::string version;
  std::map<std::string, ClusterModule> modules;  // by cluster; what is missing has the defaults
};

class Server {
 public:
  // Binds at once and serves from its own threads. The error names the address ("127.0.0.1:8000 is
  // already in use …"). `view` and `changes` outlive the server; null: nothing can be changed.
  static Result<std::unique_ptr<Server>> start(ServerSettings settings, View& view,
                                               Changes* changes = nullptr);
  ~Server();  // ends within two seconds, whatever clients do
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] int port() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;

 public:
  explicit Server(std::unique_ptr<Impl> impl);  // for start()
};

}  // namespace tidemark
