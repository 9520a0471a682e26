// [[receiver]]: its own keys, and the one table that says which way it is told.
#include <array>
#include <chrono>

#include "config/fields.h"
#include "config/receiver_values.h"

namespace tidemark {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

template <class T, const Fields<T>& (*fields)()>
void read_channel(const ConfigValue& table, ReceiverSettings& to) {
  T channel;
  if (table.expect(ConfigNode::Kind::table, "a table: [" + table.path() + "]")) {
    read_fields(table, fields(), channel);
  }
  to.channel = std::move(channel);
}

struct ChannelTable {
  std::string_view key;
  void (*read)(const ConfigValue& table, ReceiverSettings& to);
};
constexpr std::array<ChannelTable, 9> channel_tables{{
    {"email", read_channel<EmailSettings, email_fields>},
    {"file", read_channel<FileSettings, file_fields>},
    {"twilio", read_channel<TwilioSettings, twilio_fields>},
    {"sms", read_channel<SmsGatewaySettings, sms_fields>},
    {"slack", read_channel<SlackSettings, slack_fields>},
    {"pagerduty", read_channel<PagerDutySettings, pagerduty_fields>},
    {"alertmanager", read_channel<AlertmanagerSettings, alertmanager_fields>},
    {"webhook", read_channel<WebhookSettings, webhook_fields>},
    {"command", read_channel<CommandSettings, command_fields>},
}};

std::vector<std::string_view> channel_keys() {
  std::vector<std::string_view> out;
  for (const ChannelTable& one : channel_tables) out.push_back(one.key);
  return out;
}

std::string all_channels() {
  std::string out;
  for (const ChannelTable& one : channel_tables) {
    out += (out.empty() ? "[receiver." : ", [receiver.") + std::string{one.key} + "]";
  }
  return out;
}

// Password and certificates go over the wire unless there is TLS.
void check_mail(const ConfigValue& table, const ReceiverSettings& receiver) {
  const auto* mail = std::get_if<EmailSettings>(&receiver.channel);
  if (mail == nullptr) return;
  const ConfigValue value = table.entry("email", *table.node().find("email"));
  if (mail->tls == SmtpTls::none && !mail->login.username.empty()) {
    value.wrong_at("tls",
                   "is \"none\", and there is a username: its password would be sent to "
                   "anybody who listens; write \"starttls\" or \"tls\"");
  }
}

// The key that the person wrote: "text_file" for a problem of "text".
std::string written_key(const ConfigNode& table, const std::string& key) {
  return !key.empty() && table.find(key + "_file") != nullptr ? key + "_file" : key;
}

void check_templates(const ConfigValue& table, std::string_view channel,
                     const ReceiverSettings& receiver) {
  const auto& check = table.loading().surround.check_receiver;
  if (!check) return;
  const ConfigNode& node = *table.node().find(channel);
  const ConfigValue value = table.entry(std::string{channel}, node);
  for (const auto& [key, message] : check(receiver)) {
    const std::string written = written_key(node, key);
    const ConfigNode* at = node.find(written);
    if (at == nullptr) {
      value.wrong(message);
    } else {
      value.entry(written, *at).wrong(message);
    }
  }
}

void read_receiver(const ConfigValue& table, ReceiverSettings& receiver) {
  const std::size_t problems = table.loading().problems.count();
  read_fields(table, receiver_fields(), receiver, channel_keys());
  std::string_view chosen;
  for (const ChannelTable& one : channel_tables) {
    const ConfigNode* node = table.node().find(one.key);
    if (node == nullptr) continue;
    const ConfigValue value = table.entry(std::string{one.key}, *node);
    if (!chosen.empty()) {
      value.wrong("there is " + std::string{chosen} +
                  " already; a receiver has one channel, so "
                  "write a [[receiver]] for each");
      return;
    }
    chosen = one.key;
    one.read(value, receiver);
  }
  if (chosen.empty()) table.wrong("has no channel; add one of " + all_channels());
  if (chosen.empty() || table.loading().problems.count() > problems) return;
  check_mail(table, receiver);
  check_templates(table, chosen, receiver);
}

void read_name(const ConfigValue& value, ReceiverSettings& to) { read_plain(value, to.name); }

void read_ca_file(const ConfigValue& value, ReceiverSettings& to) {
  value.into(to.transport.ca_file);
}

void read_proxy(const ConfigValue& value, ReceiverSettings& to) {
  if (value.node().kind == ConfigNode::Kind::text && value.node().text.empty()) return;
  read_plain(value, to.transport.proxy);
}

}  // namespace

const Fields<ReceiverSettings>& receiver_fields() {
  using Receiver = ReceiverSettings;
  static const Fields<Receiver> fields{
      {"name", R"("oncall")", read_name, true},
      {"timeout", R"("30s")",
       [](const ConfigValue& v, Receiver& to) {
         v.into(to.transport.timeout, milliseconds{100}, minutes{10});
       }},
      {"proxy", R"("")", read_proxy},
      {"ca_file", R"("")", read_ca_file},
  };
  return fields;
}

void read_receivers(const std::vector<ConfigValue>& tables,
                    std::vector<ReceiverSettings>& receivers) {
  for (const ConfigValue& table : tables) {
    ReceiverSettings receiver;
    read_receiver(table, receiver);
    for (std::size_t i = 0; i < receivers.size(); ++i) {
      if (receiver.name.empty() || receivers[i].name != receiver.name) continue;
      table.entry("name", *table.node().find("name"))
          .wrong(quote(receiver.name) + " is the name of " + tables[i].path() + " (line " +
                 std::to_string(tables[i].node().line) + ") already");
      break;
    }
    receivers.push_back(std::move(receiver));
  }
}

}  // namespace tidemark
