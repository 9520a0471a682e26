#include "daemon/run_command.h"

#include <utility>

#include "config/address.h"
#include "config/cluster_name.h"

namespace tidemark {
namespace {

int refuse(const RunRequest& request, const Console& console, const std::string& message) {
  const std::string_view command = request.source != nullptr ? request.source->name : "run";
  console.err << "tidemark " << command << ": " << message << "\n";
  return exit_usage;
}

Result<Config> config_of_flags(const RunRequest& request) {
  ClusterConfig cluster;
  const auto servers = check_bootstrap(request.bootstrap);
  if (!servers) return servers.error().within("--bootstrap");
  const auto name = check_cluster_name(request.name);
  if (!name) return name.error().within("--name");
  cluster.bootstrap = servers.value();
  cluster.name = request.name;
  Config config;
  config.clusters.push_back(std::move(cluster));
  return config;
}

int run_file(const RunRequest& request, RunOptions options, const RunSource::Daemon& daemon,
             const Surround& surround, const Console& console) {
  Loaded loaded = load_config(request.config_file, surround);
  for (const Problem& problem : loaded.problems) console.err << problem.text() << "\n";
  if (!loaded.config) return exit_usage;
  options.config_origin = request.config_file;
  options.load = [request, surround] {
    Loaded again = load_config(request.config_file, surround);
    if (again.config && !request.listen.empty()) again.config->http.listen = request.listen;
    return again;
  };
  return daemon(std::move(options), std::move(*loaded.config));
}

}  // namespace

int run_command(const RunRequest& request, const RunSource::Daemon& daemon,
                std::string_view version, const Surround& surround, const Console& console) {
  if (!request.listen.empty()) {
    const auto listen = parse_address(request.listen, 0);
    if (!listen) {
      return refuse(request, console,
                    "--listen: \"" + request.listen + "\" " + listen.error().message);
    }
  }
  const RunSource::Daemon with_flags = [&](RunOptions options, Config config) {
    if (!request.listen.empty()) config.http.listen = request.listen;
    return daemon(std::move(options), std::move(config));
  };
  RunOptions options;
  options.state_dir = request.state_dir;
  options.version = version;
  options.welcome = request.welcome;
  if (request.source != nullptr) return request.source->run(options, with_flags, console);
  if (!request.config_file.empty()) {
    return run_file(request, std::move(options), with_flags, surround, console);
  }
  auto config = config_of_flags(request);
  if (!config) return refuse(request, console, config.error().message);
  options.config_origin = "--bootstrap " + request.bootstrap + " (no file)";
  return with_flags(std::move(options), std::move(config.value()));
}

}  // namespace tidemark
