// A message as JSON, for machines: the body of a webhook without a template, and what a command
// reads. Names that are no UTF-8 have U+FFFD in them.
#pragma once

#include <string>

#include "notifiers/message.h"

namespace tidemark {

std::string message_json(const Message& message);

}  // namespace tidemark
