// [[cluster]].
#include <algorithm>
#include <chrono>

#include "config/address.h"
#include "config/cluster_name.h"
#include "config/fields.h"
#include "config/kafka_settings.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

void read_name(const ConfigValue& value, ClusterConfig& cluster) {
  const auto text = value.text();
  if (!text) return;
  const auto status = check_cluster_name(*text);
  if (status) {
    cluster.name = *text;
  } else {
    value.wrong(status.error().message);
  }
}

void say_no_servers(const ConfigValue& value) {
  value.wrong(
      R"(is empty; write the brokers to begin with, for example "kafka-1:9092,kafka-2:9092")");
}

// One or more servers, joined by commas; empty and said so if one of them is none.
std::string read_servers(const ConfigValue& value) {
  const auto text = value.text();
  if (!text) return {};
  if (text->find_first_not_of(" \t") == std::string::npos) {
    say_no_servers(value);
    return {};
  }
  std::string out;
  for (const std::string& server : split_servers(*text)) {
    const auto address = parse_address(server, 1);
    if (!address) {
      value.wrong(value.cite(server) + " " + address.error().message);
      return {};
    }
    out += (out.empty() ? "" : ",") + server;
  }
  return out;
}

void read_bootstrap(const ConfigValue& value, ClusterConfig& cluster) {
  if (value.node().kind == ConfigNode::Kind::text) {
    cluster.bootstrap = read_servers(value);
    return;
  }
  if (!value.expect(ConfigNode::Kind::list, R"(text, "host:port,host:port", or a list of such)"))
    return;
  const auto& items = value.node().items;
  if (items.empty()) say_no_servers(value);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string servers = read_servers(value.item(i, items[i]));
    cluster.bootstrap += (cluster.bootstrap.empty() ? "" : ",") + servers;
  }
}

}  // namespace

const Fields<ClusterConfig>& cluster_fields() {
  using Cluster = ClusterConfig;
  static const Fields<Cluster> fields{
      {"name", R"("PROD")", read_name, true},
      {"bootstrap", R"("kafka-1:9092,kafka-2:9092")", read_bootstrap, true},
      {"refresh", R"("10s")",
       [](const ConfigValue& v, Cluster& to) { v.into(to.refresh, milliseconds{100}, hours{1}); }},
      {"metadata_refresh", R"("1m")",
       [](const ConfigValue& v, Cluster& to) {
         v.into(to.metadata_refresh, milliseconds{100}, hours{24});
       }},
      {"kafka", "{}", [](const ConfigValue& v, Cluster& to) { read_kafka_settings(v, to.kafka); }},
  };
  return fields;
}

}  // namespace tidemark
