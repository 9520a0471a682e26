// Clusters, how to reach them, and by which rules their groups are judged.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "config/burrow_parts.h"
#include "config/cluster_name.h"

namespace tidemark {
namespace {

std::string last_of(const std::string& path) { return path.substr(path.rfind('.') + 1); }

std::string joined(const std::vector<std::string>& servers) {
  std::string out;
  for (const std::string& each : servers) out += (out.empty() ? "" : ",") + each;
  return out;
}

void translate_tls(BurrowSection tls, BurrowTranslation& to) {
  const auto file = [&](std::string_view key, std::string_view ours) {
    const std::string path = tls.text(key);
    if (!path.empty()) to.out.text(ours, path);
  };
  file("cafile", "ssl.ca.location");
  file("certfile", "ssl.certificate.location");
  file("keyfile", "ssl.key.location");
  if (tls.flag("noverify")) to.out.raw("enable.ssl.certificate.verification", "false");
}

void translate_sasl(BurrowSection sasl, BurrowTranslation& to) {
  std::string mechanism = sasl.text("mechanism");
  if (mechanism != "SCRAM-SHA-256" && mechanism != "SCRAM-SHA-512") mechanism = "PLAIN";
  to.out.text("sasl.mechanism", mechanism);
  to.out.text("sasl.username", sasl.text("username"));
  to.secret("sasl.password", sasl, "password");
  sasl.pass_over({"handshake-first"});
}

void translate_profile(BurrowSection& root, const std::string& name, BurrowTranslation& to) {
  BurrowSection profile = root.table("client-profile").table(name);
  if (!profile.exists()) return;
  const std::string tls = profile.text("tls");
  const std::string sasl = profile.text("sasl");
  const std::string id = profile.text("client-id");
  if (tls.empty() && sasl.empty() && id.empty()) return;
  to.out.header("[cluster.kafka]");
  if (!id.empty()) to.out.text("client.id", id);
  if (!tls.empty() || !sasl.empty()) {
    to.out.text("security.protocol",
                std::string{sasl.empty() ? "" : "SASL_"} + (tls.empty() ? "PLAINTEXT" : "SSL"));
  }
  if (!tls.empty()) translate_tls(root.table("tls").table(tls), to);
  if (!sasl.empty()) translate_sasl(root.table("sasl").table(sasl), to);
  if (!profile.text("iam").empty()) {
    to.note(profile, "logging in by AWS IAM is not possible; use SCRAM or TLS certificates");
  }
  profile.pass_over({"kafka-version", "dial-timeout", "read-timeout"});
  to.note_left(profile);
}

void translate_cluster(BurrowSection& root, BurrowSection& cluster, BurrowTranslation& to) {
  to.out.header("[[cluster]]").text("name", last_of(cluster.path()));
  to.out.text("bootstrap", joined(cluster.list("servers")));
  if (const auto every = cluster.number("offset-refresh"); every && *every > 0) {
    to.out.text("refresh", fmt::format("{}s", *every));
  }
  if (const auto every = cluster.number("topic-refresh"); every && *every > 0) {
    to.out.text("metadata_refresh", fmt::format("{}s", *every));
  }
  translate_profile(root, cluster.text("client-profile"), to);
  cluster.pass_over({"class-name", "groups-reaper-refresh"});
  to.note_left(cluster);
}

void leave_out(const std::string& cluster, const std::string& group, BurrowTranslation& to) {
  to.out.header("[[policy]]");
  if (!cluster.empty()) to.out.text("cluster", cluster);
  if (!group.empty()) to.out.text("group", group);
  to.out.raw("ignore", "true");
}

// What Burrow sets for all groups.
struct BurrowRules {
  std::vector<std::pair<std::string, std::string>> values;

  void write(const std::string& cluster, const std::string& group, BurrowTranslation& to) const {
    to.out.header("[[policy]]");
    if (!cluster.empty()) to.out.text("cluster", cluster);
    if (!group.empty()) to.out.text("group", group);
    to.out.comment("Burrow's verdicts. Without this line: Tidemark's own, see docs/evaluation.md");
    to.out.text("rules", "burrow");
    for (const auto& [key, value] : values) to.out.raw(key, value);
  }
};

// RE2 for a name as it is.
std::string literal(const std::string& name) {
  std::string out;
  for (const char c : name) {
    if (std::string_view{R"(\.+*?()|[]{}^$)"}.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

BurrowRules rules_of(BurrowSection& storage, BurrowSection& evaluator) {
  BurrowRules out;
  const auto put = [&](BurrowSection& from, std::string_view key, const char* ours,
                       const char* unit) {
    const std::string value = from.text(key);
    if (value.empty()) return;
    out.values.emplace_back(ours, *unit == 's' ? "\"" + value + "s\"" : value);
  };
  put(storage, "intervals", "intervals", "");
  put(storage, "min-distance", "min_distance", "s");
  put(storage, "expire-group", "expire_group", "s");
  put(evaluator, "minimum-complete", "minimum_complete", "");
  put(evaluator, "allowed-lag", "allowed_lag", "");
  storage.pass_over({"class-name", "workers", "queue-depth", "group-allowlist", "group-denylist"});
  evaluator.pass_over({"class-name", "expire-cache"});
  return out;
}

void translate_lists(BurrowSection& of, const std::string& cluster, const BurrowRules& rules,
                     BurrowTranslation& to) {
  const std::string denied = of.text("group-denylist");
  const std::string allowed = of.text("group-allowlist");
  if (!denied.empty()) leave_out(cluster, whole_pattern(denied), to);
  if (allowed.empty()) return;
  rules.write(cluster, whole_pattern(allowed), to);
  leave_out(cluster, "", to);
}

void translate_consumer(BurrowSection& consumer, const BurrowRules& rules,
                        std::set<std::string>& limited, BurrowTranslation& to) {
  const std::string cluster = folded(consumer.text("cluster"));
  if (consumer.text("class-name") == "kafka_zk") {
    to.note(consumer,
            "offsets in ZooKeeper can't be read; only groups that commit to Kafka are seen");
    return;
  }
  const std::string topic = consumer.text("offsets-topic");
  if (!topic.empty() && topic != "__consumer_offsets") {
    to.note(consumer, "offsets are read from __consumer_offsets only, not from " + topic);
  }
  const bool has_list = consumer.has("group-allowlist");
  if (has_list && !limited.insert(cluster).second) {
    to.note(consumer,
            "a second consumer of the same cluster has a group-allowlist: only the first "
            "one's is kept");
    return;
  }
  translate_lists(consumer, literal(cluster), rules, to);
  consumer.pass_over({"servers", "client-profile", "start-latest", "backfill-earliest",
                      "zookeeper-path", "zookeeper-timeout", "zookeeper-tls"});
  to.note_left(consumer);
}

}  // namespace

void translate_clusters(BurrowSection& root, BurrowTranslation& to) {
  root.pass_over({"client-profile", "tls", "sasl", "iam"});
  BurrowSection all = root.table("cluster");
  for (BurrowSection& cluster : all.tables()) translate_cluster(root, cluster, to);
  if (all.entries().empty()) {
    to.note(all, "there is none; add a [[cluster]] with its name and bootstrap servers");
  }
}

void translate_policies(BurrowSection& root, BurrowTranslation& to) {
  // Of each kind Burrow takes one.
  const auto only = [&](std::string_view kind) {
    auto found = root.table(kind).tables();
    return found.empty() ? BurrowSection(std::string{kind}, nullptr) : found.front();
  };
  BurrowSection storage = only("storage");
  BurrowSection evaluator = only("evaluator");
  const BurrowRules rules = rules_of(storage, evaluator);
  translate_lists(storage, "", rules, to);
  std::set<std::string> limited;
  for (BurrowSection& consumer : root.table("consumer").tables()) {
    translate_consumer(consumer, rules, limited, to);
  }
  if (storage.text("group-allowlist").empty()) rules.write("", "", to);
  to.note_left(storage);
  to.note_left(evaluator);
}

}  // namespace tidemark
