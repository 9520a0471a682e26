#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "config/keys.h"
#include "tests/config/loading.h"

namespace tidemark {
namespace {

std::string content_of(const std::string& name) {
  std::ifstream file(std::string{TIDEMARK_SOURCE_DIR} + "/" + name);
  EXPECT_TRUE(file) << name;
  std::stringstream out;
  out << file.rdbuf();
  return out.str();
}

std::set<std::string> known() {
  std::set<std::string> out;
  for (const KeyInfo& key : known_keys()) {
    out.insert(std::string{header_of(key.section)} + " " + std::string{key.key});
  }
  return out;
}

// "key" of a line "key = value" or "# key = value"; empty if it is none.
std::string key_of(std::string line) {
  if (line.rfind("# ", 0) == 0) line = line.substr(2);
  const auto equals = line.find(" = ");
  if (equals == std::string::npos) return "";
  const std::string key = line.substr(0, equals);
  const bool word = key.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.") == std::string::npos;
  return word ? key : "";
}

// Every key of the example under its section, shown or commented out; "section key" -> value.
std::map<std::string, std::string> keys_of_example() {
  std::map<std::string, std::string> out;
  std::istringstream lines(content_of("config/tidemark.example.toml"));
  std::string section;
  for (std::string line; std::getline(lines, line);) {
    const bool left_out = line.rfind("# [[", 0) == 0;  // a table that nobody has by default
    if (line.rfind('[', 0) == 0 || left_out) {
      section = left_out ? line.substr(2) : line;
      if (section == "[cluster.kafka]") out["[[cluster]] kafka"] = "{}";
      continue;
    }
    const std::string key = key_of(line);
    if (key.empty() || section == "[cluster.kafka]") continue;
    out[section + " " + key] = line.substr(line.find(" = ") + 3);
  }
  return out;
}

// Every row "| `key` | …" of the reference under its heading "## `[section]`".
std::map<std::string, std::string> keys_of_reference() {
  std::map<std::string, std::string> out;
  std::istringstream lines(content_of("docs/configuration.md"));
  std::string section;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("## ", 0) == 0) {
      section = line.substr(3);
      if (section.front() == '`') section = section.substr(1, section.size() - 2);
    }
    if (line.rfind("| `", 0) != 0 || section.front() != '[') continue;
    const auto end = line.find('`', 3);
    const auto value = line.find('|', end) + 2;
    out[section + " " + line.substr(3, end - 3)] =
        line.substr(value, line.find(" |", value) - value);
  }
  return out;
}

std::set<std::string> names(const std::map<std::string, std::string>& keys) {
  std::set<std::string> out;
  for (const auto& [name, value] : keys) out.insert(name);
  return out;
}

TEST(KeyTable, IsWhatTheExampleShows) { EXPECT_EQ(names(keys_of_example()), known()); }

TEST(KeyTable, IsWhatTheReferenceDescribes) { EXPECT_EQ(names(keys_of_reference()), known()); }

// The example's last mention of a key is the commented one with the default.
TEST(KeyTable, HasTheExamplesDefaults) {
  const auto shown = keys_of_example();
  for (const KeyInfo& key : known_keys()) {
    if (key.required) continue;
    const auto found = shown.find(std::string{header_of(key.section)} + " " + std::string{key.key});
    ASSERT_NE(found, shown.end()) << key.key;
    EXPECT_EQ(found->second, key.sample) << found->first;
  }
}

TEST(KeyTable, HasTheReferencesDefaults) {
  const auto described = keys_of_reference();
  for (const KeyInfo& key : known_keys()) {
    const auto found =
        described.find(std::string{header_of(key.section)} + " " + std::string{key.key});
    ASSERT_NE(found, described.end()) << key.key;
    EXPECT_EQ(found->second, key.required ? "required" : "`" + std::string{key.sample} + "`")
        << found->first;
  }
}

// Every channel of the file that has all keys, against one that has only what is required.
template <class T>
const T& channel_of(const Config& config) {
  for (const ReceiverSettings& receiver : config.receivers) {
    if (const T* channel = std::get_if<T>(&receiver.channel)) return *channel;
  }
  ADD_FAILURE() << "no such channel";
  static const T none;
  return none;
}

std::string written_out() {
  std::string out;
  std::string_view section;
  for (const KeyInfo& key : known_keys()) {
    if (key.section != section) {
      // A receiver has one channel, and its own keys stand before that.
      const bool channel = key.section.rfind("receiver.", 0) == 0;
      if (channel && key.section != "receiver.email") {
        out += "[[receiver]]\nname = \"" + std::string{key.section} + "\"\n";
      }
      out += std::string{header_of(key.section)} + "\n";
    }
    section = key.section;
    out += std::string{key.key} + " = " + std::string{key.sample} + "\n";
  }
  return out;
}

Outside with_secrets() {
  return {{{"TWILIO_TOKEN", "t0ken"}, {"ROUTING_KEY", "k3y"}, {"OPS_TOKEN", "0123456789abcdef"}},
          {}};
}

TEST(KeyTable, HasTheDefaultsThatAFileWithoutThemGets) {
  const Loaded loaded = load_text(written_out(), with_secrets());
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  const Config& written = *loaded.config;
  const Config plain;
  EXPECT_EQ(written.http.listen, plain.http.listen);
  EXPECT_EQ(written.http.threads, plain.http.threads);
  EXPECT_EQ(written.http.allow_origin, plain.http.allow_origin);
  EXPECT_EQ(written.http.page_url, plain.http.page_url);
  EXPECT_EQ(written.storage.state_dir, plain.storage.state_dir);
  EXPECT_EQ(written.storage.snapshot, plain.storage.snapshot);
  EXPECT_EQ(written.storage.snapshot_interval, plain.storage.snapshot_interval);
  EXPECT_EQ(written.storage.history, plain.storage.history);
  EXPECT_EQ(written.storage.history_interval, plain.storage.history_interval);
  EXPECT_EQ(written.storage.max_age, plain.storage.max_age);
  EXPECT_EQ(written.storage.totals_max_age, plain.storage.totals_max_age);
  EXPECT_EQ(written.storage.max_bytes, plain.storage.max_bytes);
  EXPECT_EQ(written.log.level, plain.log.level);
  EXPECT_EQ(written.log.json, plain.log.json);
  EXPECT_EQ(written.log.file, plain.log.file);
  EXPECT_EQ(written.log.max_bytes, plain.log.max_bytes);
  EXPECT_EQ(written.log.max_files, plain.log.max_files);
  EXPECT_EQ(written.metrics.granularity, plain.metrics.granularity);
  EXPECT_EQ(written.metrics.max_series, plain.metrics.max_series);
  EXPECT_EQ(written.metrics.topics, plain.metrics.topics);
  EXPECT_EQ(written.metrics.burrow, plain.metrics.burrow);
  EXPECT_EQ(written.clusters[0].refresh, ClusterConfig{}.refresh);
  EXPECT_EQ(written.clusters[0].metadata_refresh, ClusterConfig{}.metadata_refresh);
  EXPECT_TRUE(written.clusters[0].kafka.empty());
}

TEST(KeyTable, HasTheDefaultsOfReceivers) {
  const Loaded loaded = load_text(written_out(), with_secrets());
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  const Config& written = *loaded.config;
  ASSERT_EQ(written.receivers.size(), 9u);
  EXPECT_EQ(written.receivers[0].transport.timeout, Transport{}.timeout);
  EXPECT_EQ(written.receivers[0].transport.proxy, "");
  EXPECT_EQ(channel_of<EmailSettings>(written).tls, EmailSettings{}.tls);
  EXPECT_EQ(channel_of<EmailSettings>(written).picture, EmailSettings{}.picture);
  EXPECT_EQ(channel_of<FileSettings>(written).mail.from, FileSettings{}.mail.from);
  EXPECT_EQ(channel_of<FileSettings>(written).mail.to, FileSettings{}.mail.to);
  EXPECT_EQ(channel_of<TwilioSettings>(written).url, TwilioSettings{}.url);
  EXPECT_EQ(channel_of<TwilioSettings>(written).auth_token, Secret{"t0ken"});
  EXPECT_EQ(channel_of<SmsGatewaySettings>(written).body, SmsGatewaySettings{}.body);
  EXPECT_EQ(channel_of<SmsGatewaySettings>(written).method, SmsGatewaySettings{}.method);
  EXPECT_EQ(channel_of<SmsGatewaySettings>(written).content_type,
            SmsGatewaySettings{}.content_type);
  EXPECT_EQ(channel_of<SlackSettings>(written).text, "");
  EXPECT_EQ(channel_of<PagerDutySettings>(written).url, PagerDutySettings{}.url);
  EXPECT_EQ(channel_of<AlertmanagerSettings>(written).valid_for, AlertmanagerSettings{}.valid_for);
  EXPECT_EQ(channel_of<WebhookSettings>(written).method, WebhookSettings{}.method);
  EXPECT_EQ(channel_of<WebhookSettings>(written).content_type, WebhookSettings{}.content_type);
}

TEST(KeyTable, HasTheDefaultsOfAPolicy) {
  const Loaded loaded = load_text(written_out(), with_secrets());
  ASSERT_TRUE(loaded.config) << texts_of(loaded);
  const Policy& written = loaded.config->policies.find("PROD", "any", "thing");
  const Policy plain;
  EXPECT_EQ(written.rules, plain.rules);
  EXPECT_EQ(written.ignore, plain.ignore);
  EXPECT_EQ(written.intervals, plain.intervals);
  EXPECT_EQ(written.window, plain.window);
  EXPECT_EQ(written.allowed_lag, plain.allowed_lag);
  EXPECT_EQ(written.allowed_time_lag, plain.allowed_time_lag);
  EXPECT_EQ(written.patience_min, plain.patience_min);
  EXPECT_EQ(written.patience_max, plain.patience_max);
  EXPECT_EQ(written.patience_unknown, plain.patience_unknown);
  EXPECT_EQ(written.remember, plain.remember);
  EXPECT_EQ(written.blocked_after, plain.blocked_after);
  EXPECT_EQ(written.abandoned_after, plain.abandoned_after);
  EXPECT_EQ(written.max_time_lag, plain.max_time_lag);
  EXPECT_EQ(written.probe, plain.probe);
  EXPECT_EQ(written.retention_risk_within, plain.retention_risk_within);
  EXPECT_EQ(written.report_unread, plain.report_unread);
  EXPECT_EQ(written.metrics, plain.metrics);
  EXPECT_EQ(written.minimum_complete, plain.minimum_complete);
  EXPECT_EQ(written.min_distance, plain.min_distance);
  EXPECT_EQ(written.expire_group, plain.expire_group);
}

}  // namespace
}  // namespace tidemark
