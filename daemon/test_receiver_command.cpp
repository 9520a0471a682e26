#include "daemon/test_receiver_command.h"

#include <unistd.h>

#include <algorithm>

#include "config/nearest.h"
#include "config/problems.h"
#include "core/duration.h"
#include "daemon/page_address.h"
#include "notifiers/receivers.h"
#include "notifiers/samples.h"

namespace tidemark {
namespace {

Instant now() { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

std::string missing(const std::string& name, const Config& config) {
  std::vector<std::string_view> names;
  for (const ReceiverSettings& receiver : config.receivers) names.push_back(receiver.name);
  std::string out = "no receiver " + quote(name);
  if (const auto meant = nearest(name, names)) {
    return out + "; did you mean " + quote(*meant) + "?";
  }
  if (names.empty()) return out + ": the configuration has no [[receiver]]";
  out += "; there are:";
  for (const std::string_view known : names) out += " " + quote(known);
  return out;
}

std::string line_of(const Prepared& prepared, const Delivery& delivery) {
  std::string out{to_string(delivery.outcome)};
  if (!prepared.address.empty()) out += " " + prepared.address;
  out += ": " + (delivery.said.empty() ? "the other side said nothing" : delivery.said);
  if (delivery.after) out += " (again after " + write_duration(*delivery.after) + ")";
  return out;
}

// True if all of it arrived.
bool tell(const Notifier& channel, const Message& message, const ReceiverSettings& receiver,
          const Console& console) {
  const auto prepared = channel.prepare(message);
  if (!prepared) {
    console.err << "tidemark test-receiver: " << prepared.error().message << "\n";
    return false;
  }
  bool all = true;
  for (const Prepared& one : prepared.value()) {
    const Delivery delivery = channel.send(one, {now(), receiver.transport.timeout, {}});
    const bool arrived = delivery.outcome == Outcome::delivered;
    (arrived ? console.out : console.err) << line_of(one, delivery) << "\n";
    all = all && arrived;
  }
  return all;
}

// Nobody else's, so that two tests are two incidents.
std::string sample_key() {
  return "tidemark-test-" + std::to_string(to_ms(now())) + "-" + std::to_string(getpid());
}

}  // namespace

int test_receiver_command(const TestReceiverRequest& request, const Surround& surround,
                          const Console& console) {
  const Loaded loaded = load_config(request.config_file, surround);
  if (!loaded.config) {
    for (const Problem& problem : loaded.problems) console.err << problem.text() << "\n";
    return exit_usage;
  }
  const auto& receivers = loaded.config->receivers;
  const auto found =
      std::find_if(receivers.begin(), receivers.end(),
                   [&](const ReceiverSettings& one) { return one.name == request.name; });
  if (found == receivers.end()) {
    console.err << "tidemark test-receiver: " << missing(request.name, *loaded.config) << "\n";
    return exit_not_so;
  }
  const auto channel = make_notifier(*found);
  const std::string key = sample_key();
  const std::string page = page_address(loaded.config->http);
  if (!tell(*channel, sample_message(now(), page, key), *found, console)) return exit_not_so;
  if (request.keep_open) return exit_fine;
  return tell(*channel, sample_end(now(), page, key), *found, console) ? exit_fine : exit_not_so;
}

}  // namespace tidemark
