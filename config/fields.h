// The tables that the loader reads by: for each section its keys, their defaults, and how each
// value gets into its struct. A key exists by standing here, and nowhere else.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/value.h"

namespace tidemark {

template <class T>
struct FieldOf {
  std::string_view key;
  std::string_view sample;  // as TOML: the default, or an example if it is required
  void (*read)(const ConfigValue& value, T& target);
  bool required = false;
  std::string_view instead = {};  // the key that says the same in another way: a file's name
};
template <class T>
using Fields = std::vector<FieldOf<T>>;

const Fields<HttpConfig>& http_fields();
const Fields<AccessToken>& token_fields();  // of [[http.token]]
const Fields<StorageConfig>& storage_fields();
const Fields<log::Settings>& log_fields();
const Fields<MetricsConfig>& metrics_fields();
const Fields<ClusterConfig>& cluster_fields();
const Fields<PolicyEntry>& policy_fields();
const Fields<ReceiverSettings>& receiver_fields();
const Fields<EmailSettings>& email_fields();
const Fields<FileSettings>& file_fields();
const Fields<TwilioSettings>& twilio_fields();
const Fields<SmsGatewaySettings>& sms_fields();
const Fields<SlackSettings>& slack_fields();
const Fields<PagerDutySettings>& pagerduty_fields();
const Fields<AlertmanagerSettings>& alertmanager_fields();
const Fields<WebhookSettings>& webhook_fields();
const Fields<CommandSettings>& command_fields();

const Fields<AlertsConfig>& alerts_fields();
const Fields<RouteConfig>& route_fields();

// Reads [[http.token]], of which `table` is a list.
void read_tokens(const ConfigValue& value, HttpConfig& target);

// Reads [[route]]; `tables` are its items, `receivers` the names that they may tell.
void read_routes(const std::vector<ConfigValue>& tables, const std::vector<std::string>& receivers,
                 std::vector<RouteConfig>& target);

// Reads [[receiver]]; `tables` are its items.
void read_receivers(const std::vector<ConfigValue>& tables, std::vector<ReceiverSettings>& target);

// Says that `value` stands under a key that is not known here, and which one was probably meant.
void say_unknown(const ConfigValue& value, std::string_view key,
                 const std::vector<std::string_view>& known_here);

// Says so if both keys have something in them.
void say_if_twice(const ConfigValue& table, std::string_view key, std::string_view instead);

// `also`: keys that somebody else reads.
template <class T>
void read_fields(const ConfigValue& table, const Fields<T>& fields, T& target,
                 const std::vector<std::string_view>& also = {}) {
  std::vector<std::string_view> known = also;
  for (const FieldOf<T>& field : fields) {
    known.push_back(field.key);
    if (const ConfigNode* node = table.node().find(field.key)) {
      if (!field.required && !field.instead.empty()) {
        say_if_twice(table, field.key, field.instead);
      }
      field.read(table.entry(std::string{field.key}, *node), target);
    } else if (field.required &&
               (field.instead.empty() || table.node().find(field.instead) == nullptr)) {
      table.wrong_at(std::string{field.key}, "is missing; write " + std::string{field.key} + " = " +
                                                 std::string{field.sample});
    }
  }
  for (const auto& [key, node] : table.node().entries) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      say_unknown(table.entry(key, node), key, known);
    }
  }
}

// Says that the word is none of those, and which one was probably meant.
void say_no_word(const ConfigValue& value, std::string_view word,
                 const std::vector<std::string_view>& words);

// One of a few words, each with its meaning.
template <class E, std::size_t n>
void read_word(const ConfigValue& value, const std::array<std::pair<std::string_view, E>, n>& words,
               E& target) {
  const auto text = value.text();
  if (!text) return;
  std::vector<std::string_view> known;
  for (const auto& [word, meaning] : words) {
    known.push_back(word);
    if (word == *text) {
      target = meaning;
      return;
    }
  }
  say_no_word(value, *text, known);
}

}  // namespace tidemark
