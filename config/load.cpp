#include <algorithm>

#include "config/cluster_name.h"
#include "config/config.h"
#include "config/fields.h"
#include "config/keys.h"
#include "config/node.h"
#include "config/policy_checks.h"
#include "config/problems.h"
#include "config/read_file.h"
#include "core/utf8.h"

namespace tidemark {
namespace {

constexpr std::size_t largest_file = 4'000'000;

Loaded only(Problem problem) {
  Loaded out;
  out.problems.push_back(std::move(problem));
  return out;
}

template <class T>
void read_section(const ConfigValue& root, const std::string& key, const Fields<T>& fields,
                  T& target, const std::vector<std::string_view>& also = {}) {
  const ConfigNode* node = root.node().find(key);
  if (node == nullptr) return;
  const ConfigValue section = root.entry(key, *node);
  if (section.expect(ConfigNode::Kind::table, "one table: " + std::string{header_of(key)})) {
    read_fields(section, fields, target, also);
  }
}

void read_http(const ConfigValue& root, HttpConfig& target) {
  read_section(root, "http", http_fields(), target, {"token"});
  const ConfigNode* http = root.node().find("http");
  const ConfigNode* tokens =
      http != nullptr && http->kind == ConfigNode::Kind::table ? http->find("token") : nullptr;
  if (tokens != nullptr) read_tokens(root.entry("http", *http).entry("token", *tokens), target);
}

// Each table of a [[section]].
std::vector<ConfigValue> items_of(const ConfigValue& root, const std::string& key) {
  std::vector<ConfigValue> out;
  const ConfigNode* node = root.node().find(key);
  if (node == nullptr) return out;
  const ConfigValue section = root.entry(key, *node);
  const std::string wanted =
      "a list of tables: " + std::string{header_of(key)} + " with double brackets";
  if (!section.expect(ConfigNode::Kind::list, wanted)) return out;
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    const ConfigValue item = section.item(i, node->items[i]);
    if (item.expect(ConfigNode::Kind::table, "a table")) out.push_back(item);
  }
  return out;
}

void say_same_name(const ConfigValue& value, const ClusterConfig& cluster,
                   const ConfigValue& first) {
  const ConfigNode* name = value.node().find("name");
  value.entry("name", *name)
      .wrong(quote(cluster.name) + " is the name of " + first.path() + " (line " +
             std::to_string(first.node().line) +
             ") already; letter case alone makes no difference");
}

void read_clusters(const ConfigValue& root, Config& config) {
  const std::vector<ConfigValue> items = items_of(root, "cluster");
  for (const ConfigValue& item : items) {
    read_fields(item, cluster_fields(), config.clusters.emplace_back());
  }
  const auto& clusters = config.clusters;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (clusters[i].name.empty() || folded(clusters[i].name) != folded(clusters[j].name)) {
        continue;
      }
      say_same_name(items[i], clusters[i], items[j]);
      break;
    }
  }
  const ConfigNode* section = root.node().find("cluster");
  const bool none =
      section == nullptr || (section->kind == ConfigNode::Kind::list && section->items.empty());
  if (!none) return;
  root.wrong_at("cluster", "there is none; add a [[cluster]] with a name and a bootstrap");
}

void read_policies(const ConfigValue& root, Config& config) {
  const std::vector<ConfigValue> items = items_of(root, "policy");
  std::vector<PolicyEntry> entries;
  for (const ConfigValue& item : items) read_fields(item, policy_fields(), entries.emplace_back());
  check_policies(items, entries, config.clusters);
  config.policies = PolicyTable{std::move(entries)};
}

void check_sections(const ConfigValue& root) {
  std::vector<std::string_view> sections;
  for (const KeyInfo& known : known_keys()) {
    const bool top = known.section.find('.') == std::string_view::npos;
    if (top && (sections.empty() || sections.back() != known.section)) {
      sections.push_back(known.section);
    }
  }
  for (const auto& [key, node] : root.node().entries) {
    if (std::find(sections.begin(), sections.end(), key) == sections.end()) {
      say_unknown(root.entry(key, node), key, sections);
    }
  }
}

Config read_config(const ConfigValue& root) {
  Config config;
  check_sections(root);
  read_http(root, config.http);
  read_section(root, "storage", storage_fields(), config.storage);
  read_section(root, "log", log_fields(), config.log);
  read_section(root, "metrics", metrics_fields(), config.metrics);
  read_clusters(root, config);
  read_policies(root, config);
  read_receivers(items_of(root, "receiver"), config.receivers);
  read_section(root, "alerts", alerts_fields(), config.alerts);
  std::vector<std::string> names;
  for (const ReceiverSettings& receiver : config.receivers) names.push_back(receiver.name);
  read_routes(items_of(root, "route"), names, config.routes);
  return config;
}

}  // namespace

Loaded parse_config(std::string_view text, const std::string& name, const Surround& surround) {
  if (const auto bad = first_not_utf8(text)) {
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(*bad), '\n');
    return only({name, static_cast<std::uint32_t>(line), "",
                 "is not UTF-8; save the file in that encoding"});
  }
  auto parsed = parse_toml(text);
  if (auto* error = std::get_if<Problem>(&parsed)) {
    error->file = name;
    return only(std::move(*error));
  }
  auto& tree = std::get<ConfigNode>(parsed);
  tree.line = 0;  // what concerns the root concerns the file as a whole
  Problems problems(name);
  Loading loading{problems, surround};
  Config config = read_config(ConfigValue{tree, "", loading});
  Loaded out;
  if (problems.none()) out.config = std::move(config);
  out.problems = problems.take();
  return out;
}

Loaded load_config(const std::string& path, const Surround& surround) {
  const auto text = read_file(path, largest_file);
  if (!text) return only({path, 0, "", "the file " + text.error().message});
  return parse_config(text.value(), path, surround);
}

}  // namespace tidemark
