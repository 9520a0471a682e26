#include "config/keys.h"

#include <array>

#include "config/fields.h"

namespace tidemark {
namespace {

template <class T>
void append(std::string_view section, const Fields<T>& fields, std::vector<KeyInfo>& out) {
  for (const FieldOf<T>& field : fields) {
    out.push_back({section, field.key, field.sample, field.required});
  }
}

std::vector<KeyInfo> gathered() {
  std::vector<KeyInfo> out;
  append("http", http_fields(), out);
  append("http.token", token_fields(), out);
  append("storage", storage_fields(), out);
  append("log", log_fields(), out);
  append("metrics", metrics_fields(), out);
  append("cluster", cluster_fields(), out);
  append("policy", policy_fields(), out);
  append("receiver", receiver_fields(), out);
  append("receiver.email", email_fields(), out);
  append("receiver.file", file_fields(), out);
  append("receiver.twilio", twilio_fields(), out);
  append("receiver.sms", sms_fields(), out);
  append("receiver.slack", slack_fields(), out);
  append("receiver.pagerduty", pagerduty_fields(), out);
  append("receiver.alertmanager", alertmanager_fields(), out);
  append("receiver.webhook", webhook_fields(), out);
  append("receiver.command", command_fields(), out);
  append("alerts", alerts_fields(), out);
  append("route", route_fields(), out);
  return out;
}

}  // namespace

const std::vector<KeyInfo>& known_keys() {
  static const std::vector<KeyInfo> keys = gathered();
  return keys;
}

std::string_view header_of(std::string_view section) {
  constexpr std::array<std::string_view, 5> lists{"[[http.token]]", "[[cluster]]", "[[policy]]",
                                                  "[[receiver]]", "[[route]]"};
  constexpr std::array<std::string_view, 14> tables{"[http]",
                                                    "[storage]",
                                                    "[log]",
                                                    "[metrics]",
                                                    "[receiver.email]",
                                                    "[receiver.file]",
                                                    "[receiver.twilio]",
                                                    "[receiver.sms]",
                                                    "[receiver.slack]",
                                                    "[receiver.pagerduty]",
                                                    "[receiver.alertmanager]",
                                                    "[receiver.webhook]",
                                                    "[receiver.command]",
                                                    "[alerts]"};
  for (const std::string_view header : lists) {
    if (header.substr(2, header.size() - 4) == section) return header;
  }
  for (const std::string_view header : tables) {
    if (header.substr(1, header.size() - 2) == section) return header;
  }
  return {};
}

}  // namespace tidemark
