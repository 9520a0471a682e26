#include "notifiers/mail.h"

#include <utility>

#include "notifiers/hashing.h"
#include "notifiers/lag_picture.h"
#include "notifiers/mail_templates.h"
#include "notifiers/template_data.h"
#include "notifiers/text.h"

namespace tidemark {
namespace {

constexpr std::size_t longest_subject = 250;
constexpr std::size_t id_size = 32;

struct Parts {
  std::string subject;
  std::string text;
  std::string html;
  std::string picture;  // PNG; empty: none
};

std::string chosen(const std::string& own, std::string_view by_default) {
  return own.empty() ? std::string{by_default} : own;
}

std::string picture_of(const Message& message, const EmailSettings& settings) {
  const bool drawn = settings.picture && message.count == 1;
  return drawn ? lag_picture(message.alerts.front().lag_series) : "";
}

Result<Parts> parts_of(const Message& message, const EmailSettings& settings,
                       const std::string& picture_id) {
  Parts out;
  out.picture = picture_of(message, settings);
  TemplateData data = template_data(message);
  if (!out.picture.empty()) {
    data.texts["picture"] = picture_id;
    data.texts["picture_about"] = picture_words(message.alerts.front().lag_series, message.at);
  }
  const std::string subject = chosen(settings.subject, mail_templates::subject);
  auto rendered = render(subject, data, Escape::none);
  if (!rendered) return rendered.error().within("subject");
  out.subject = one_line(rendered.value(), longest_subject);
  auto text = render(chosen(settings.text, mail_templates::text), data, Escape::none);
  if (!text) return text.error().within("text");
  out.text = settings.text.empty() ? without_gaps(text.value()) : std::move(text.value());
  auto html = render(chosen(settings.html, mail_templates::html), data, Escape::html);
  if (!html) return html.error().within("html");
  out.html = std::move(html.value());
  return out;
}

class Writing {
 public:
  explicit Writing(std::string id) : id_(std::move(id)) {}

  void header(std::string_view name, const std::string& value) {
    out_ += std::string{name} + ": " + value + "\r\n";
  }
  void multipart(const std::string& kind, const std::string& name) {
    header("Content-Type", "multipart/" + kind + "; boundary=\"" + boundary(name) + "\"");
    out_ += "\r\n";
  }
  void begin_part(const std::string& name) { out_ += "--" + boundary(name) + "\r\n"; }
  void end_parts(const std::string& name) { out_ += "--" + boundary(name) + "--\r\n"; }
  void words(const std::string& kind, const std::string& words) {
    header("Content-Type", "text/" + kind + "; charset=utf-8");
    header("Content-Transfer-Encoding", "quoted-printable");
    out_ += "\r\n" + quoted_printable(words) + "\r\n";
  }
  void picture(const std::string& png, const std::string& content_id) {
    header("Content-Type", "image/png; name=\"lag.png\"");
    header("Content-Transfer-Encoding", "base64");
    header("Content-ID", "<" + content_id + ">");
    header("Content-Disposition", "inline; filename=\"lag.png\"");
    out_ += "\r\n" + base64_lines(png);
  }
  std::string take() { return std::move(out_); }

 private:
  // "=_" is in no quoted-printable text and no base64.
  [[nodiscard]] std::string boundary(const std::string& name) const {
    return "=_" + name + "_" + id_;
  }

  const std::string id_;
  std::string out_;
};

std::string domain_of(const std::string& address) {
  const auto at = address.rfind('@');
  return at == std::string::npos ? "localhost" : address.substr(at + 1);
}

std::string id_of(const std::string& key) { return sha256_hex(key).substr(0, id_size); }

// The opening's id follows from what it shares with all that follows, so that these can name it.
void put_thread(Writing& to, const Message& message, const std::string& domain) {
  const std::string root = "<" + id_of("thread " + message.dedup_key) + "@" + domain + ">";
  const bool begins = message.kind == MessageKind::opened ||
                      (message.kind == MessageKind::test && !is_over(message));
  if (begins) {
    to.header("Message-ID", root);
    return;
  }
  to.header("Message-ID", "<" + id_of("mail " + message.idempotency_key) + "@" + domain + ">");
  to.header("In-Reply-To", root);
  to.header("References", root);
}

void put_head(Writing& to, const Message& message, const EmailSettings& settings,
              const std::string& subject) {
  std::string recipients;
  for (const std::string& one : settings.to) {
    recipients += (recipients.empty() ? "" : ",\r\n ") + one;
  }
  to.header("From", "Tidemark <" + settings.from + ">");
  to.header("To", recipients);
  to.header("Subject", header_text(subject));
  to.header("Date", mail_date(message.at));
  put_thread(to, message, domain_of(settings.from));
  to.header("Auto-Submitted", "auto-generated");  // no answer that says somebody is on holiday
  to.header("X-Tidemark-Kind", std::string{to_string(message.kind)});
  to.header("MIME-Version", "1.0");
}

void put_rich(Writing& to, const Parts& parts, const std::string& picture_id) {
  if (parts.picture.empty()) {
    to.words("html", parts.html);
    return;
  }
  to.multipart("related", "rich");
  to.begin_part("rich");
  to.words("html", parts.html);
  to.begin_part("rich");
  to.picture(parts.picture, picture_id);
  to.end_parts("rich");
}

}  // namespace

Result<std::string> mail_of(const Message& message, const EmailSettings& settings) {
  const std::string id = id_of("mail " + message.idempotency_key);
  const std::string picture_id = "lag-" + id + "@" + domain_of(settings.from);
  const auto parts = parts_of(message, settings, picture_id);
  if (!parts) return parts.error();
  Writing out(id);
  put_head(out, message, settings, parts.value().subject);
  out.multipart("alternative", "mail");
  out.begin_part("mail");
  out.words("plain", parts.value().text);
  out.begin_part("mail");
  put_rich(out, parts.value(), picture_id);
  out.end_parts("mail");
  return out.take();
}

}  // namespace tidemark
