// Burrow's notifiers: each becomes a receiver and a route.
#include <fmt/format.h>

#include <algorithm>

#include "config/burrow_parts.h"
#include "config/cluster_name.h"

namespace tidemark {
namespace {

constexpr std::int64_t status_ok = 1;
constexpr std::int64_t status_error = 3;

std::string name_of(const BurrowSection& notifier) {
  return notifier.path().substr(notifier.path().find('.') + 1);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

void note_templates(BurrowSection& notifier, BurrowTranslation& to) {
  for (const char* key : {"template-open", "template-close"}) {
    const std::string path = notifier.text(key);
    if (path.empty()) continue;
    to.note(notifier,
            fmt::format("{} {} is a Go template, which can't be translated; Tidemark's own "
                        "words are used, or a Mustache template of yours "
                        "(docs/receivers.md, Templates)",
                        key, path));
  }
  if (notifier.table("extras").exists()) {
    to.note(notifier, "extras were for its templates, and are left out");
  }
}

void begin_receiver(BurrowSection& notifier, BurrowTranslation& to) {
  to.out.header("[[receiver]]").text("name", name_of(notifier));
  if (const auto limit = notifier.number("timeout"); limit && *limit > 0) {
    to.out.text("timeout", fmt::format("{}s", *limit));
  }
  const std::string ca = notifier.text("extra-ca");
  if (!ca.empty()) {
    to.out.text("ca_file", ca);
    to.note(notifier,
            "extra-ca becomes ca_file: these certificates are trusted instead of the "
            "system's, not beside them");
  }
  if (notifier.flag("noverify")) {
    to.note(notifier,
            "noverify has no counterpart: certificates are always verified; give the "
            "server's authority as ca_file");
  }
}

void put_login(BurrowSection& notifier, BurrowTranslation& to) {
  const std::string user = notifier.text("username");
  notifier.pass_over({"password"});
  if (user.empty()) return;
  to.out.text("username", user);
  to.secret("password", notifier, "password");
}

// "Burrow <burrow@example.com>" → the address alone.
std::string bare(const std::string& address) {
  const std::size_t open = address.find('<');
  const std::size_t close = address.find('>', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) return address;
  return address.substr(open + 1, close - open - 1);
}

std::vector<std::string> recipients(BurrowSection& notifier) {
  std::string list = notifier.text("to");
  std::vector<std::string> out;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const auto words = parts_of(bare(list.substr(0, comma)));
    if (!words.empty()) out.push_back(words.back());
    list.erase(0, comma + 1);
  }
  return out;
}

bool translate_email(BurrowSection& notifier, BurrowTranslation& to) {
  const std::string server = notifier.text("server");
  const std::int64_t port = notifier.number("port").value_or(25);
  const auto whom = recipients(notifier);
  const std::string from = bare(notifier.text("from"));
  if (server.empty() || from.empty() || whom.empty()) {
    to.note(notifier, "server, from or to is missing, and nobody could be told; it is left out");
    return false;
  }
  begin_receiver(notifier, to);
  to.out.header("[receiver.email]").text("server", fmt::format("{}:{}", server, port));
  to.out.text("tls", port == 465 ? "tls" : "starttls");
  if (port != 465) {
    to.note(notifier,
            "STARTTLS is demanded, where Burrow goes on without; for a relay that has none "
            "write tls = \"none\" (and no username)");
  }
  const bool login = !notifier.text("auth-type").empty();
  if (login) put_login(notifier, to);
  if (!login) notifier.pass_over({"username", "password"});
  to.out.text("from", from).texts("to", whom);
  return true;
}

bool is_secret(std::string_view url) {
  return contains(url, "@") || contains(url, "?") || contains(url, "hooks.") ||
         contains(url, "webhook") || contains(url, "token");
}

void put_headers(BurrowSection& notifier, BurrowTranslation& to) {
  BurrowSection headers = notifier.table("headers");
  std::string list;
  for (const ConfigEntry& entry : headers.entries()) {
    const std::string name = folded(entry.key);
    const bool secret = contains(name, "auth") || contains(name, "token") ||
                        contains(name, "key") || contains(name, "secret") ||
                        contains(name, "cookie");
    std::string value = toml_quoted(headers.text(name));
    if (secret) value = to.variable(headers.variable(name));
    list += (list.empty() ? "" : ", ") + toml_quoted(entry.key) + " = " + value;
  }
  if (!list.empty()) to.out.raw("headers", "{ " + list + " }");
}

void translate_webhook(BurrowSection& notifier, const std::string& url, BurrowTranslation& to) {
  begin_receiver(notifier, to);
  to.out.header("[receiver.webhook]");
  if (is_secret(url)) {
    to.secret("url", notifier, "url-open");
  } else {
    to.out.text("url", url);
  }
  const std::string method = notifier.text("method-open");
  if (!method.empty()) to.out.text("method", method);
  put_headers(notifier, to);
  put_login(notifier, to);
  const std::string close = notifier.text("url-close");
  const std::string closing = notifier.text("method-close");
  if ((!close.empty() && close != url) || (!closing.empty() && closing != method)) {
    to.note(notifier,
            "url-close or method-close differs: here the end goes the same way as the "
            "beginning; the message says which it is (kind: opened, resolved)");
  }
}

bool translate_http(BurrowSection& notifier, BurrowTranslation& to) {
  const std::string url = notifier.text("url-open");
  notifier.pass_over({"keepalive", "disable-http-keepalive"});
  if (url.empty() || contains(url, "{{")) {
    to.note(notifier, url.empty()
                          ? "url-open is missing; it is left out"
                          : "url-open is a Go template, which can't be translated; it is left "
                            "out. A [receiver.webhook] has one address, and what differs "
                            "stands in its body");
    return false;
  }
  if (contains(url, "hooks.slack.com/")) {
    begin_receiver(notifier, to);
    to.out.header("[receiver.slack]");
    to.secret("url", notifier, "url-open");
  } else if (contains(url, "events.pagerduty.com/")) {
    begin_receiver(notifier, to);
    to.out.header("[receiver.pagerduty]");
    const std::string name = notifier.variable("routing-key");
    to.out.raw("routing_key", to.variable(name));
    to.note(notifier, "PagerDuty is told by its Events API v2: " + name +
                          " has to be the key of such an integration");
  } else {
    translate_webhook(notifier, url, to);
    return true;
  }
  notifier.pass_over({"url-close", "method-open", "method-close", "username", "password"});
  notifier.table("headers");
  return true;
}

bool translate_receiver(BurrowSection& notifier, BurrowTranslation& to) {
  const std::string kind = notifier.text("class-name");
  if (kind == "email") return translate_email(notifier, to);
  if (kind == "http") return translate_http(notifier, to);
  to.note(notifier, kind == "null" ? "it tells nobody, and is left out"
                                   : "class-name \"" + kind + "\" is not known; it is left out");
  return false;
}

void note_times(BurrowSection& notifier, BurrowTranslation& to) {
  const auto repeat = notifier.number("send-interval");
  if (notifier.flag("send-once")) {
    to.out.text("repeat_interval", "3650d");
  } else if (repeat && *repeat >= 60) {
    to.out.text("repeat_interval", fmt::format("{}s", *repeat));
  } else {
    to.note(notifier,
            "Burrow tells the same again at every interval; here it is told again after "
            "repeat_interval (4h)");
  }
  if (notifier.has("interval")) {
    to.note(notifier,
            "interval is not needed: groups are judged each second, and a trouble is told "
            "once it has held for a minute ([alerts] for)");
  }
  if (!notifier.flag("send-close")) {
    to.note(notifier,
            "send-close is off, and has no counterpart: the end is told to whom the "
            "beginning was");
  }
  notifier.pass_over({"interval"});
}

void translate_route(BurrowSection& notifier, BurrowTranslation& to) {
  to.out.header("[[route]]").text("name", name_of(notifier));
  to.out.texts("receivers", {name_of(notifier)});
  const std::string allowed = notifier.text("group-allowlist");
  const std::string denied = notifier.text("group-denylist");
  if (!allowed.empty()) to.out.text("group", whole_pattern(allowed));
  if (!denied.empty()) to.out.text("not_group", whole_pattern(denied));
  const std::int64_t threshold = notifier.number("threshold").value_or(2);
  if (threshold >= status_error) to.out.text("status", "ERROR");
  if (threshold <= status_ok) {
    to.note(notifier, "threshold 1 tells of groups that are OK, too; only troubles are told here");
  }
  note_times(notifier, to);
  // Each of Burrow's notifiers decides for itself.
  to.out.raw("continue", "true");
}

}  // namespace

void translate_notifiers(BurrowSection& root, BurrowTranslation& to) {
  std::vector<BurrowSection> told;
  for (BurrowSection& notifier : root.table("notifier").tables()) {
    if (!translate_receiver(notifier, to)) continue;
    note_templates(notifier, to);
    told.push_back(notifier);
  }
  for (BurrowSection& notifier : told) {
    translate_route(notifier, to);
    to.note_left(notifier);
  }
}

}  // namespace tidemark
