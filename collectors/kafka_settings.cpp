#include "collectors/kafka_settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "collectors/cluster_collector.h"

namespace tidemark {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::string_view no_group =
    "Tidemark reads without a group, so that it never shows up among the groups it watches";
constexpr std::string_view no_commit = "Tidemark commits nothing to the clusters it watches";
constexpr std::string_view queue_size = "the reader's speed and memory depend on Tidemark's value";
constexpr std::string_view the_address = "the address is the cluster's \"bootstrap\"";
constexpr std::string_view a_pointer = "it cannot be set by text";

// Key and the reason why it is refused.
constexpr std::array refused = std::to_array<Pair>({
    {"bootstrap.servers", the_address},
    {"metadata.broker.list", the_address},
    {"test.mock.num.brokers", "it would put a simulation in the place of the cluster"},
    {"topic.blacklist", "it would hide topics; use a policy with ignore = true"},
    {"plugin.library.paths", "Tidemark loads no foreign code"},
    {"group.id", no_group},
    {"group.instance.id", no_group},
    {"group.protocol", no_group},
    {"group.protocol.type", no_group},
    {"group.remote.assignor", no_group},
    {"enable.auto.commit", no_commit},
    {"auto.commit.enable", no_commit},
    {"auto.commit.interval.ms", no_commit},
    {"enable.auto.offset.store", no_commit},
    {"offset.store.method", no_commit},
    {"offset.store.path", no_commit},
    {"offset.store.sync.interval.ms", no_commit},
    {"transactional.id", "Tidemark writes nothing to the clusters it watches"},
    {"isolation.level",
     "committed offsets are read with read_committed, log ends with read_uncommitted"},
    {"auto.offset.reset", "a position outside the log resumes at log start, and is counted"},
    {"enable.partition.eof", "the reader knows by it that it has read everything"},
    {"allow.auto.create.topics", "Tidemark creates nothing in the clusters it watches"},
    {"queued.min.messages", queue_size},
    {"queued.max.messages.kbytes", queue_size},
    {"fetch.min.bytes", "the reader's CPU time depends on Tidemark's value"},
    {"fetch.wait.max.ms", "the freshness of commits depends on Tidemark's value"},
    {"enabled_events", a_pointer},
    {"default_topic_conf", a_pointer},
    {"interceptors", a_pointer},
    {"opaque", a_pointer},
    {"log.queue", "librdkafka's log lines go to Tidemark's log"},
    {"internal.termination.signal", "signals belong to the daemon"},
});

// What a person may change.
constexpr std::array defaults = std::to_array<Pair>({
    {"client.id", "tidemark"},
    {"socket.timeout.ms", "5000"},
    {"socket.connection.setup.timeout.ms", "5000"},
    {"socket.keepalive.enable", "true"},
    {"reconnect.backoff.ms", "100"},
    {"reconnect.backoff.max.ms", "1000"},  // back soon after a broker's return
    {"log.connection.close", "false"},
    {"fetch.max.bytes", "8388608"},  // of one answer; what comes is beyond the limit of the queue
});

constexpr std::array fixed = std::to_array<Pair>({
    {"enable.auto.commit", "false"},
    {"auto.commit.enable", "false"},
    {"enable.auto.offset.store", "false"},
    {"allow.auto.create.topics", "false"},
    {"auto.offset.reset", "error"},  // the reader resumes itself, and counts it
    {"enable.partition.eof", "true"},
    // Some 500 bytes each: more of them cost memory, and CPU time by cold caches. It takes a reader
    // that wakes librdkafka as soon as there is room (DrainWatch).
    {"queued.min.messages", "100000"},
    {"queued.max.messages.kbytes", "65536"},
    // A broker answers at once while there is much to read, and else collects for a moment, by
    // which a commit is seen later: answers of a few records each cost more than the records.
    {"fetch.wait.max.ms", "250"},
    {"fetch.min.bytes", "1048576"},
});

// Of a handle for a backlog, instead: the last of it would wait for what nobody writes.
constexpr Pair fixed_for_backlog{"fetch.wait.max.ms", "10"};

// Of a handle for probes, instead: one record is wanted, of many partitions, soon.
constexpr std::array fixed_for_probes = std::to_array<Pair>({
    {"fetch.min.bytes", "1"},
    {"queued.min.messages", "1"},
    {"queued.max.messages.kbytes", "1024"},
    {"fetch.message.max.bytes", "65536"},  // a larger batch comes whole
    {"fetch.wait.max.ms", "10"},           // a partition that joins waits for the fetch in flight
});

// Of a handle for a small topic: little memory.
constexpr std::array fixed_for_timed = std::to_array<Pair>({
    {"queued.min.messages", "20000"},
    {"queued.max.messages.kbytes", "4096"},
    {"fetch.max.bytes", "4194304"},
});

constexpr std::array secret = std::to_array<std::string_view>(
    {"sasl.password", "ssl.key.password", "ssl.key.pem", "ssl.keystore.password",
     "sasl.oauthbearer.config", "sasl.oauthbearer.client.secret"});

}  // namespace

std::map<std::string, std::string> effective_kafka_settings(const KafkaClientSettings& settings) {
  std::map<std::string, std::string> out(defaults.begin(), defaults.end());
  for (const auto& [key, value] : settings.kafka) out[key] = value;
  for (const auto& [key, value] : fixed) out[std::string(key)] = value;
  if (settings.use == HandleUse::backlog) {
    const auto& [key, value] = fixed_for_backlog;
    out[std::string(key)] = value;
  }
  if (settings.use == HandleUse::timed) {
    for (const auto& [key, value] : fixed_for_timed) out[std::string(key)] = value;
  }
  if (settings.use == HandleUse::probes) {
    for (const auto& [key, value] : fixed_for_probes) out[std::string(key)] = value;
    out.erase("max.partition.fetch.bytes");  // the same by another name
  }
  out["bootstrap.servers"] = settings.bootstrap;
  out["isolation.level"] =
      settings.isolation == Isolation::read_committed ? "read_committed" : "read_uncommitted";
  return out;
}

Duration request_limit(const std::map<std::string, std::string>& kafka) {
  constexpr std::int64_t usual = 5000;
  std::int64_t ms = usual;
  if (const auto set = kafka.find("socket.timeout.ms"); set != kafka.end()) {
    const std::string& text = set->second;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), ms);
    if (read.ec != std::errc{}) ms = usual;
  }
  return Duration{ms};
}

std::vector<std::string> secrets_in(const std::map<std::string, std::string>& kafka) {
  std::vector<std::string> out;
  for (const std::string_view key : secret) {
    const auto set = kafka.find(std::string(key));
    if (set != kafka.end() && !set->second.empty()) out.push_back(set->second);
  }
  // A long one first: it may contain a short one.
  std::sort(out.begin(), out.end(),
            [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return out;
}

std::string redact(std::string_view text, const std::vector<std::string>& secrets) {
  constexpr std::string_view stars = "***";
  std::string out(text);
  for (const std::string& each : secrets) {
    for (auto at = out.find(each); at != out.npos; at = out.find(each, at + stars.size())) {
      out.replace(at, each.size(), stars);
    }
  }
  return out;
}

std::string refused_kafka_key(const std::string& key) {
  if (key.ends_with("_cb")) return std::string(a_pointer);
  for (const auto& [name, reason] : refused) {
    if (name == key) return std::string(reason);
  }
  return {};
}

std::string check_kafka_setting(const std::string& key, const std::string& value) {
  return redact(librdkafka_refusal(key, value), secrets_in({{key, value}}));
}

}  // namespace tidemark
