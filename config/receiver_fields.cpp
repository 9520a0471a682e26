// The tables of a [[receiver]]: one for each way to tell.
#include <chrono>

#include "config/fields.h"
#include "config/receiver_values.h"

namespace tidemark {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr std::array<std::pair<std::string_view, SmtpTls>, 3> tls_words{
    {{"starttls", SmtpTls::starttls}, {"tls", SmtpTls::tls}, {"none", SmtpTls::none}}};

// Keys that several tables have.

template <class T>
FieldOf<T> username() {
  return {"username", R"("")", [](const ConfigValue& v, T& to) { v.into(to.login.username); }};
}
template <class T>
FieldOf<T> password() {
  return {"password", R"("")",
          [](const ConfigValue& v, T& to) { read_secret(v, to.login.password); }};
}
template <class T>
FieldOf<T> password_file() {
  return {"password_file", R"("")",
          [](const ConfigValue& v, T& to) { read_secret_file(v, to.login.password); }, false,
          "password"};
}

template <auto member, class T>
FieldOf<T> text_template(std::string_view key) {
  return {key, R"("")", [](const ConfigValue& v, T& to) { v.into(to.*member); }};
}
template <auto member, class T>
FieldOf<T> template_file(std::string_view key, std::string_view instead) {
  return {key, R"("")", [](const ConfigValue& v, T& to) { read_template_file(v, to.*member); },
          false, instead};
}

template <class T>
FieldOf<T> method() {
  return {"method", R"("POST")", [](const ConfigValue& v, T& to) { read_method(v, to.method); }};
}
template <class T>
FieldOf<T> headers() {
  return {"headers", "{}", [](const ConfigValue& v, T& to) { read_headers(v, to.headers); }};
}
template <class T>
FieldOf<T> content_type() {
  return {"content_type", R"("application/json")",
          [](const ConfigValue& v, T& to) { read_plain(v, to.content_type); }};
}
template <class T>
FieldOf<T> secret_url(std::string_view sample) {
  return {"url", sample, [](const ConfigValue& v, T& to) { read_secret_url(v, to.url); }, true,
          "url_file"};
}
template <class T>
FieldOf<T> secret_url_file() {
  return {"url_file", R"("")", [](const ConfigValue& v, T& to) { read_secret_url_file(v, to.url); },
          false, "url"};
}
template <class T>
FieldOf<T> numbers() {
  return {"to", R"("+491701234567")",
          [](const ConfigValue& v, T& to) { read_phone_numbers(v, to.to); }, true};
}

}  // namespace

const Fields<EmailSettings>& email_fields() {
  using Mail = EmailSettings;
  static const Fields<Mail> fields{
      {"server", R"("smtp.example.com:587")",
       [](const ConfigValue& v, Mail& to) { read_smtp_server(v, to.server); }, true},
      {"tls", R"("starttls")",
       [](const ConfigValue& v, Mail& to) { read_word(v, tls_words, to.tls); }},
      username<Mail>(),
      password<Mail>(),
      password_file<Mail>(),
      {"from", R"("tidemark@example.com")",
       [](const ConfigValue& v, Mail& to) { read_mail_address(v, to.from); }, true},
      {"to", R"("oncall@example.com")",
       [](const ConfigValue& v, Mail& to) { read_mail_addresses(v, to.to); }, true},
      text_template<&Mail::subject, Mail>("subject"),
      text_template<&Mail::text, Mail>("text"),
      template_file<&Mail::text, Mail>("text_file", "text"),
      text_template<&Mail::html, Mail>("html"),
      template_file<&Mail::html, Mail>("html_file", "html"),
      {"picture", "true", [](const ConfigValue& v, Mail& to) { v.into(to.picture); }},
  };
  return fields;
}

const Fields<FileSettings>& file_fields() {
  using File = FileSettings;
  static const Fields<File> fields{
      {"folder", R"("/var/lib/tidemark/mails")",
       [](const ConfigValue& v, File& to) { read_plain(v, to.folder); }, true},
      {"from", R"("tidemark@localhost")",
       [](const ConfigValue& v, File& to) { read_mail_address(v, to.mail.from); }},
      {"to", R"("you@localhost")",
       [](const ConfigValue& v, File& to) {
         to.mail.to.clear();
         read_mail_addresses(v, to.mail.to);
       }},
  };
  return fields;
}

const Fields<TwilioSettings>& twilio_fields() {
  using Twilio = TwilioSettings;
  static const Fields<Twilio> fields{
      {"account_sid", R"("AC00000000000000000000000000000000")",
       [](const ConfigValue& v, Twilio& to) { read_plain(v, to.account_sid); }, true},
      {"auth_token", R"("${TWILIO_TOKEN}")",
       [](const ConfigValue& v, Twilio& to) { read_secret(v, to.auth_token); }, true,
       "auth_token_file"},
      {"auth_token_file", R"("")",
       [](const ConfigValue& v, Twilio& to) { read_secret_file(v, to.auth_token); }, false,
       "auth_token"},
      {"from", R"("+15550100")", [](const ConfigValue& v, Twilio& to) { read_plain(v, to.from); },
       true},
      numbers<Twilio>(),
      text_template<&Twilio::text, Twilio>("text"),
      {"url", R"("https://api.twilio.com")",
       [](const ConfigValue& v, Twilio& to) { read_url(v, to.url); }},
  };
  return fields;
}

const Fields<SmsGatewaySettings>& sms_fields() {
  using Sms = SmsGatewaySettings;
  static const Fields<Sms> fields{
      secret_url<Sms>(R"("https://sms.example.com/send")"),
      secret_url_file<Sms>(),
      method<Sms>(),
      headers<Sms>(),
      username<Sms>(),
      password<Sms>(),
      password_file<Sms>(),
      numbers<Sms>(),
      text_template<&Sms::text, Sms>("text"),
      {"body", R"('{"to": "{{to}}", "text": "{{text}}"}')",
       [](const ConfigValue& v, Sms& to) { v.into(to.body); }},
      content_type<Sms>(),
  };
  return fields;
}

const Fields<SlackSettings>& slack_fields() {
  using Slack = SlackSettings;
  static const Fields<Slack> fields{
      secret_url<Slack>(R"("https://hooks.slack.com/services/T000/B000/XXXX")"),
      secret_url_file<Slack>(),
      text_template<&Slack::text, Slack>("text"),
      template_file<&Slack::text, Slack>("text_file", "text"),
  };
  return fields;
}

const Fields<PagerDutySettings>& pagerduty_fields() {
  using Pager = PagerDutySettings;
  static const Fields<Pager> fields{
      {"routing_key", R"("${ROUTING_KEY}")",
       [](const ConfigValue& v, Pager& to) { read_secret(v, to.routing_key); }, true,
       "routing_key_file"},
      {"routing_key_file", R"("")",
       [](const ConfigValue& v, Pager& to) { read_secret_file(v, to.routing_key); }, false,
       "routing_key"},
      text_template<&Pager::summary, Pager>("summary"),
      {"url", R"("https://events.pagerduty.com/v2/enqueue")",
       [](const ConfigValue& v, Pager& to) { read_url(v, to.url); }},
  };
  return fields;
}

const Fields<AlertmanagerSettings>& alertmanager_fields() {
  using Manager = AlertmanagerSettings;
  static const Fields<Manager> fields{
      {"urls", R"("http://alertmanager:9093")",
       [](const ConfigValue& v, Manager& to) { read_urls(v, to.urls); }, true},
      username<Manager>(),
      password<Manager>(),
      password_file<Manager>(),
      {"labels", "{}", [](const ConfigValue& v, Manager& to) { read_labels(v, to.labels); }},
      {"valid_for", R"("5m")",
       [](const ConfigValue& v, Manager& to) { v.into(to.valid_for, seconds{30}, hours{24}); }},
  };
  return fields;
}

const Fields<WebhookSettings>& webhook_fields() {
  using Hook = WebhookSettings;
  static const Fields<Hook> fields{
      secret_url<Hook>(R"("https://example.com/tidemark")"),
      secret_url_file<Hook>(),
      method<Hook>(),
      headers<Hook>(),
      username<Hook>(),
      password<Hook>(),
      password_file<Hook>(),
      text_template<&Hook::body, Hook>("body"),
      template_file<&Hook::body, Hook>("body_file", "body"),
      content_type<Hook>(),
      {"sign_with", R"("")", [](const ConfigValue& v, Hook& to) { read_secret(v, to.sign_with); }},
      {"sign_with_file", R"("")",
       [](const ConfigValue& v, Hook& to) { read_secret_file(v, to.sign_with); }, false,
       "sign_with"},
  };
  return fields;
}

const Fields<CommandSettings>& command_fields() {
  static const Fields<CommandSettings> fields{
      {"command", R"(["/usr/local/bin/tell-somebody"])",
       [](const ConfigValue& v, CommandSettings& to) { read_words(v, to.command); }, true},
  };
  return fields;
}

}  // namespace tidemark
