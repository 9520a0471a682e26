// From the settings of a receiver to its channel, and what can be said of settings beforehand.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "notifiers/notifier.h"
#include "notifiers/receiver_settings.h"

namespace tidemark {

// The channel of a receiver. Its settings have to be valid (check_receiver() says so).
std::unique_ptr<Notifier> make_notifier(const ReceiverSettings& settings);

// What is wrong with a receiver's templates and settings as far as that can be said without
// sending: each template is rendered with samples of all kinds of messages.
struct ReceiverProblem {
  std::string key;      // of the receiver's table: "text"
  std::string message;  // what is wrong with it
};
std::vector<ReceiverProblem> check_receiver(const ReceiverSettings& settings);

}  // namespace tidemark
