// Mails into a folder: what would be sent, to look at.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "core/calendar.h"
#include "notifiers/each_notifier.h"
#include "notifiers/hashing.h"
#include "notifiers/mail.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

// The same message is the same file, however often it is sent.
std::string file_name(const Message& message) {
  return fmt::format("{:%Y%m%dT%H%M%SZ}-{}-{}.eml", calendar(message.at), to_string(message.kind),
                     sha256_hex(message.idempotency_key).substr(0, 12));
}

class File : public Notifier {
 public:
  explicit File(FileSettings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] Result<std::vector<Prepared>> prepare(const Message& message) const override {
    auto mail = mail_of(message, settings_.mail);
    if (!mail) return mail.error();
    return std::vector<Prepared>{
        {file_name(message), std::move(mail.value()), message.idempotency_key}};
  }

  // Written beside and renamed, so that nobody reads half a mail.
  [[nodiscard]] Delivery send(const Prepared& prepared, const Attempt&) const override {
    const fs::path target = fs::path(settings_.folder) / prepared.address;
    const fs::path beside = target.string() + ".part";
    std::error_code problem;
    fs::create_directories(settings_.folder, problem);
    if (problem) return failed(settings_.folder, problem.message());
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << prepared.content;
    out.close();
    if (!out) return failed(beside, std::strerror(errno));
    fs::rename(beside, target, problem);
    if (problem) return failed(target, problem.message());
    return {Outcome::delivered, "written: " + target.string(), {}};
  }

 private:
  static Delivery failed(const fs::path& path, const std::string& why) {
    return {Outcome::try_again, path.string() + ": " + why, {}};
  }

  const FileSettings settings_;
};

}  // namespace

NotifierPtr file_notifier(const FileSettings& settings) { return std::make_unique<File>(settings); }

}  // namespace tidemark
