// What [[receiver]] says: passive values that the configuration fills and the channels are made
// from. Texts of templates are Mustache; an empty one stands for the channel's own.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/strong.h"
#include "core/time.h"

namespace tidemark {

// Never logged, never served, never part of a Prepared.
using Secret = Strong<struct SecretTag, std::string>;

// How the other side is reached; of all channels that use the network.
struct Transport {
  std::string proxy;    // "http://proxy:3128"; empty: as the environment says (https_proxy, …)
  std::string ca_file;  // certificates to trust instead of the system's; empty: those
  Duration timeout = std::chrono::seconds{30};  // of one attempt, all of it
};

struct BasicLogin {
  std::string username;  // empty: no login
  Secret password;
};

using Headers = std::map<std::string, Secret>;  // names as given, values may be secrets

enum class SmtpTls { starttls, tls, none };

struct EmailSettings {
  std::string server;  // host:port
  SmtpTls tls = SmtpTls::starttls;
  BasicLogin login;
  std::string from;
  std::vector<std::string> to;
  std::string subject;  // templates
  std::string text;
  std::string html;
  bool picture = true;  // the small one of the lag
};

// Mails as files NAME.eml in a folder, for trying things out.
struct FileSettings {
  FileSettings() {
    mail.from = "tidemark@localhost";
    mail.to = {"you@localhost"};
  }
  std::string folder;
  EmailSettings mail;  // without a server
};

struct TwilioSettings {
  std::string url = "https://api.twilio.com";
  std::string account_sid;
  Secret auth_token;
  std::string from;  // a number, a name, or the id of a messaging service (MG…)
  std::vector<std::string> to;
  std::string text;  // template
};

// SMS by any gateway that takes HTTP.
struct SmsGatewaySettings {
  Secret url;  // template: {{to}}, {{text}}
  std::string method = "POST";
  Headers headers;
  BasicLogin login;
  std::vector<std::string> to;
  std::string text;  // template of the short text
  // Template of the request.
  std::string body = R"({"to": "{{to}}", "text": "{{text}}"})";
  std::string content_type = "application/json";  // decides how {{…}} is escaped
};

struct SlackSettings {
  Secret url;        // of the incoming webhook
  std::string text;  // template of what stands below the headline
};

struct PagerDutySettings {
  std::string url = "https://events.pagerduty.com/v2/enqueue";
  Secret routing_key;
  std::string summary;  // template
};

struct AlertmanagerSettings {
  std::vector<std::string> urls;  // each gets everything, as Prometheus does it
  BasicLogin login;
  std::map<std::string, std::string> labels;  // added to every alert
  Duration valid_for = std::chrono::minutes{5};
};

struct WebhookSettings {
  Secret url;
  std::string method = "POST";
  Headers headers;
  BasicLogin login;
  std::string body;                               // template; empty: the whole message as JSON
  std::string content_type = "application/json";  // decides how {{…}} is escaped
  Secret sign_with;                               // key of the HMAC; empty: not signed
};

struct CommandSettings {
  std::vector<std::string> command;  // program and arguments; no shell
};

using ChannelSettings =
    std::variant<EmailSettings, FileSettings, TwilioSettings, SmsGatewaySettings, SlackSettings,
                 PagerDutySettings, AlertmanagerSettings, WebhookSettings, CommandSettings>;

struct ReceiverSettings {
  std::string name;
  Transport transport;
  ChannelSettings channel;
};

}  // namespace tidemark
