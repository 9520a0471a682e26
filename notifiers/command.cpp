#include <cctype>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

#include "notifiers/child.h"
#include "notifiers/each_notifier.h"
#include "notifiers/message_json.h"
#include "notifiers/text.h"

namespace tidemark {
namespace {

using Json = nlohmann::json;

// Exit codes with a meaning of their own, from <sysexits.h>.
constexpr int refused_for_good = 65;  // EX_DATAERR
constexpr std::size_t longest_said = 300;
constexpr std::size_t longest_value = 4000;

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

// The daemon's own environment is not passed on: it may hold the secrets of other receivers.
std::vector<std::string> environment_of(const std::string& content) {
  std::vector<std::string> out;
  for (const char* name : {"PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR"}) {
    const char* value = std::getenv(name);
    if (value != nullptr) out.push_back(std::string{name} + "=" + value);
  }
  const auto add = [&](const std::string& name, const Json& value) {
    if (value.is_null()) return;
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    out.push_back("TIDEMARK_" + name + "=" + one_line(text, longest_value));
  };
  const Json message = Json::parse(content, nullptr, false);
  if (!message.is_object()) return out;
  for (const char* name : {"kind", "headline", "count", "link", "over"}) {
    add(upper(name), message.value(name, Json()));
  }
  add("DEDUP_KEY", message.value("dedup_key", Json()));
  add("IDEMPOTENCY_KEY", message.value("idempotency_key", Json()));
  const Json alerts = message.value("alerts", Json::array());
  if (!alerts.is_array() || alerts.empty()) return out;
  for (const char* name : {"incident", "about", "cluster", "group", "status", "reason", "lag"}) {
    add(upper(name), alerts.front().value(name, Json()));
  }
  return out;
}

class Command : public Notifier {
 public:
  explicit Command(CommandSettings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] Result<std::vector<Prepared>> prepare(const Message& message) const override {
    return std::vector<Prepared>{{"", message_json(message), message.idempotency_key}};
  }

  [[nodiscard]] Delivery send(const Prepared& prepared, const Attempt& attempt) const override {
    const ChildEnd end = run_child(
        {settings_.command, environment_of(prepared.content), prepared.content, attempt.limit},
        attempt.stop);
    const std::string words = one_line(end.output, longest_said);
    const std::string said = end.how + (words.empty() ? "" : ": " + words);
    if (end.code == 0) return {Outcome::delivered, said, {}};
    const bool refused = end.code == refused_for_good;
    return {refused ? Outcome::refused : Outcome::try_again, said, {}};
  }

 private:
  const CommandSettings settings_;
};

}  // namespace

NotifierPtr command_notifier(const CommandSettings& settings) {
  return std::make_unique<Command>(settings);
}

}  // namespace tidemark
