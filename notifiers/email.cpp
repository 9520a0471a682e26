#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <memory>
#include <utility>

#include "notifiers/each_notifier.h"
#include "notifiers/http.h"
#include "notifiers/mail.h"
#include "notifiers/text.h"
#include "notifiers/transfer.h"

namespace tidemark {
namespace {

using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

struct Upload {
  std::string_view left;
};

std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* from) {
  auto& left = static_cast<Upload*>(from)->left;
  const std::size_t taken = std::min(size * count, left.size());
  std::memcpy(buffer, left.data(), taken);
  left.remove_prefix(taken);
  return taken;
}

bool is_reply(const std::string& line) {
  return line.size() >= 3 && std::all_of(line.begin(), line.begin() + 3, [](char c) {
           return std::isdigit(static_cast<unsigned char>(c)) != 0;
         });
}

// The last refusal that the server gave; empty if it gave none.
std::string refusal(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) {
    if (is_reply(line) && (line[0] == '4' || line[0] == '5')) out = line;
  }
  return out;
}

// 530, 534, 535: not the mail is refused but the login, and that can be put right.
Outcome meaning_of(const std::string& refused) {
  const bool login = refused.rfind("53", 0) == 0;
  return !login && refused.rfind('5', 0) == 0 ? Outcome::refused : Outcome::try_again;
}

class Email : public Notifier {
 public:
  Email(EmailSettings settings, Transport transport)
      : settings_(std::move(settings)), transport_(std::move(transport)) {}

  [[nodiscard]] Result<std::vector<Prepared>> prepare(const Message& message) const override {
    const auto mail = mail_of(message, settings_);
    if (!mail) return mail.error();
    std::vector<Prepared> out;
    for (const std::string& to : settings_.to) {
      out.push_back({to, mail.value(), message.idempotency_key + "-" + to});
    }
    return out;
  }

  [[nodiscard]] Delivery send(const Prepared& prepared, const Attempt& attempt) const override {
    Transfer transfer(transport_, attempt);
    const HeaderList to{curl_slist_append(nullptr, prepared.address.c_str()), curl_slist_free_all};
    Upload upload{prepared.content};
    if (transfer.handle() != nullptr) set_up(transfer.handle(), to.get(), upload);
    const Status status = transfer.run();
    return without_secrets(judged(status, transfer.lines()), {settings_.login.password});
  }

 private:
  void set_up(CURL* handle, curl_slist* to, Upload& upload) const {
    const bool tls = settings_.tls == SmtpTls::tls;
    const std::string url = (tls ? "smtps://" : "smtp://") + settings_.server;
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(
        handle, CURLOPT_USE_SSL,
        static_cast<long>(settings_.tls == SmtpTls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, settings_.from.c_str());
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(handle, CURLOPT_READDATA, &upload);
    if (settings_.login.username.empty()) return;
    curl_easy_setopt(handle, CURLOPT_USERNAME, settings_.login.username.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, settings_.login.password.get().c_str());
  }

  static Delivery judged(const Status& status, const std::vector<std::string>& lines) {
    if (status) {
      const std::string last = lines.empty() ? "" : lines.back();
      return {Outcome::delivered, one_line(last, 300), {}};
    }
    const std::string refused = refusal(lines);
    if (refused.empty()) return {Outcome::try_again, status.error().message, {}};
    return {meaning_of(refused), one_line(refused, 300), {}};
  }

  const EmailSettings settings_;
  const Transport transport_;
};

}  // namespace

NotifierPtr email_notifier(const EmailSettings& settings, const Transport& transport) {
  return std::make_unique<Email>(settings, transport);
}

}  // namespace tidemark
