#include "daemon/run.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "api/server.h"
#include "core/clock.h"
#include "core/log.h"
#include "daemon/alerts/alert_wiring.h"
#include "daemon/cluster_changes.h"
#include "daemon/cluster_view.h"
#include "daemon/history/recorder.h"
#include "daemon/page_address.h"
#include "daemon/pipeline/pipeline.h"
#include "daemon/reload.h"
#include "daemon/signals.h"
#include "daemon/state_folder.h"
#include "daemon/surround.h"
#include "daemon/welcome.h"

namespace tidemark {
namespace {

constexpr int exit_cannot_start = 2;
constexpr std::chrono::milliseconds look_every{250};
constexpr std::chrono::seconds end_within{10};

using Pipelines = std::vector<std::unique_ptr<Pipeline>>;

CollectorSettings collector_settings(const ClusterConfig& config) {
  CollectorSettings out;
  out.cluster = ClusterName{config.name};
  out.bootstrap = config.bootstrap;
  out.kafka = config.kafka;
  out.refresh = config.refresh;
  out.metadata_refresh = config.metadata_refresh;
  return out;
}

// How the cluster is read, for Burrow's cluster detail.
ClusterModule module_of(const ClusterConfig& config) {
  const auto setting = [&](const char* key, const char* otherwise) {
    const auto at = config.kafka.find(key);
    return at != config.kafka.end() ? at->second : std::string(otherwise);
  };
  const std::string protocol = setting("security.protocol", "plaintext");
  const auto speaks = [&](const char* upper, const char* lower) {
    return protocol.find(upper) != std::string::npos || protocol.find(lower) != std::string::npos;
  };
  ClusterModule out;
  out.client_id = setting("client.id", out.client_id.c_str());
  out.topic_refresh_seconds = static_cast<int>(to_seconds(config.metadata_refresh));
  out.offset_refresh_seconds = static_cast<int>(to_seconds(config.refresh));
  out.tls = speaks("SSL", "ssl");
  out.tls_verify = setting("enable.ssl.certificate.verification", "true") != "false";
  out.sasl = speaks("SASL", "sasl");
  out.sasl_username = setting("sasl.username", "");
  return out;
}

Result<ServerSettings> server_settings(const RunOptions& options, const Config& config) {
  ServerSettings out;
  const std::string& listen = config.http.listen;
  const auto colon = listen.rfind(':');
  if (colon == std::string::npos) return Error{"http.listen: \"" + listen + "\" is not host:port"};
  out.host = listen.substr(0, colon);
  if (out.host.size() > 2 && out.host.front() == '[')
    out.host = out.host.substr(1, out.host.size() - 2);
  out.port = std::atoi(listen.c_str() + colon + 1);  // checked by the loader
  out.threads = config.http.threads;
  out.allow_origin = config.http.allow_origin;
  out.tokens = config.http.tokens;
  out.page_url = config.http.page_url;
  out.metrics = {config.metrics.granularity, config.metrics.max_series, config.metrics.topics,
                 config.metrics.burrow};
  out.version = options.version;
  for (const ClusterConfig& cluster : config.clusters) {
    out.modules[cluster.name] = module_of(cluster);
  }
  return out;
}

std::string folder_of(const RunOptions& options, const Config& config) {
  const std::string& given =
      options.state_dir.empty() ? config.storage.state_dir : options.state_dir;
  return state_folder(given, process_surround().environment);
}

StateFileSettings state_file_settings(const RunOptions& options, const Config& config) {
  StateFileSettings out;
  out.path = folder_of(options, config) + "/state.db";
  out.events_max_age = config.storage.events_max_age;
  out.events_max_bytes = config.storage.events_max_bytes;
  return out;
}

std::vector<std::string> cluster_names(const Config& config) {
  std::vector<std::string> out;
  for (const ClusterConfig& cluster : config.clusters) out.push_back(cluster.name);
  return out;
}

RecorderSettings recorder_settings(const RunOptions& options, const Config& config) {
  const StorageConfig& storage = config.storage;
  RecorderSettings out;
  out.file.path = folder_of(options, config) + "/history.db";
  out.file.max_age = storage.max_age;
  out.file.totals_max_age = storage.totals_max_age;
  out.file.max_bytes = storage.max_bytes;
  out.interval = storage.history_interval;
  return out;
}

SnapshotSettings snapshot_settings(const RunOptions& options, const Config& config,
                                   const ClusterConfig& cluster) {
  if (!config.storage.snapshot) return {};
  return {folder_of(options, config) + "/" + snapshot_name(cluster.name),
          config.storage.snapshot_interval};
}

// Somebody wants the process to end although it was about to start again.
std::atomic<bool> ends_for_good{false};

// Whatever a library does while it stops, the process ends, or starts again.
void arm_hard_end(bool starts_again) {
  std::thread([starts_again] {
    bool signal = stop_signal_within(end_within);
    if (starts_again && !signal) {
      log::error("stopping took more than 10 s: the process starts again at once");
      start_again();
    }
    if (starts_again) {
      ends_for_good = true;
      signal = stop_signal_within(end_within);
    }
    log::error("{}: the process ends at once",
               signal ? "second signal" : "stopping took more than 10 s");
    _exit(signal ? 130 : 1);
  }).detach();
}

std::string url_of(const ServerSettings& settings, int port) {
  const bool any = settings.host.empty() || settings.host == "0.0.0.0" || settings.host == "::";
  std::string host = any ? "127.0.0.1" : settings.host;
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return "http://" + host + ":" + std::to_string(port);
}

// How this process was called, for commands that people copy.
std::string program_name() {
  std::ifstream words("/proc/self/cmdline");
  std::string name;
  std::getline(words, name, '\0');
  return name.empty() ? "tidemark" : name;
}

std::string folder_of_mails(const Config& config) {
  for (const ReceiverSettings& receiver : config.receivers) {
    if (const auto* file = std::get_if<FileSettings>(&receiver.channel)) return file->folder;
  }
  return "";
}

// True: not the end, it is to start again.
bool wait_for_the_end(const RunOptions& options, const Config& config, const View& view,
                      const std::string& url, const Reloading& reloading, Changes& changes) {
  bool welcome = options.welcome;
  for (;;) {
    const bool wanted = reloading.wanted();  // in the look before: who asked has the answer by now
    const SignalSeen seen = signal_within(look_every);
    if (seen == SignalSeen::stop || wanted) return seen != SignalSeen::stop;
    if (seen == SignalSeen::hangup) {
      const auto refusal = changes.reload("SIGHUP");
      if (refusal) log::error("SIGHUP changes nothing: {}", refusal->message);
    }
    if (welcome && first_verdicts_are_in(view.reports())) {
      say_welcome(std::cout, view.reports(),
                  {program_name(), url, options.config_origin, folder_of_mails(config)});
      welcome = false;
    }
  }
}

int cannot_start(const Error& error) {
  std::cerr << "tidemark: " << error.message << "\n";
  return exit_cannot_start;
}

}  // namespace

int run_daemon(const RunOptions& options, const Config& config) {
  hold_stop_signals();
  // In a terminal it means that somebody closed that.
  if (options.load && isatty(STDIN_FILENO) == 0) hold_hangup();
  const Status logging = log::configure(config.log);
  if (!logging) return cannot_start(logging.error());
  auto settings = server_settings(options, config);
  if (!settings) return cannot_start(settings.error());

  const SystemClock clock;
  EventKeeper keeper(state_file_settings(options, config), cluster_names(config), clock);
  Pipelines pipelines;
  std::unique_ptr<Recorder> recorder;  // it reads from the pipelines
  std::unique_ptr<AlertDesk> desk;     // so does it
  ClusterView view(pipelines, recorder, keeper, desk);
  Reloading reloading(options.load, config.http.listen);
  ClusterChanges changes(pipelines, desk, [&reloading] { return reloading.ask(); });
  for (const ClusterConfig& cluster : config.clusters) {
    const std::size_t i = pipelines.size();
    pipelines.push_back(std::make_unique<Pipeline>(
        collector_settings(cluster), snapshot_settings(options, config, cluster), config.policies,
        clock, keeper.start_of(i), &keeper.queue(i)));
  }
  keeper.start();
  if (config.storage.history) {
    recorder = std::make_unique<Recorder>(
        recorder_settings(options, config), [&view] { return view.reports(); }, clock);
    recorder->start();
  }
  desk = make_alert_desk(
      config, folder_of(options, config), [&view] { return view.reports(); }, clock);
  desk->tell_ended([&changes](const SilenceRow& row) { changes.silence_is_over(row); });
  auto server = Server::start(settings.value(), view, &changes);
  if (!server) {
    desk.reset();  // their threads ask what goes first otherwise
    recorder.reset();
    return cannot_start(server.error());
  }
  desk->lead_to(page_address(config.http, server.value()->port()));
  desk->start();
  const std::string url = url_of(settings.value(), server.value()->port());
  log::info("tidemark {} answers at {} and watches {} clusters (configuration: {})",
            options.version, url, config.clusters.size(), options.config_origin);

  const bool again = wait_for_the_end(options, config, view, url, reloading, changes);
  log::info("{}",
            again ? "stopping, to start again with the configuration as it is now" : "stopping");
  arm_hard_end(again);
  for (auto& pipeline : pipelines) pipeline->request_stop();
  if (recorder) recorder->request_stop();
  desk->request_stop();
  server.value().reset();  // it reads from the pipelines
  recorder.reset();
  desk.reset();
  pipelines.clear();
  keeper.stop();  // after the last event
  log::info("stopped");
  if (again && !ends_for_good) start_again();
  return 0;
}

}  // namespace tidemark
