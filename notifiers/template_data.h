// What templates can name, made from a message: the one list, documented in docs/receivers.md.
#pragma once

#include <set>
#include <string>

#include "notifiers/message.h"
#include "notifiers/template.h"

namespace tidemark {

TemplateData template_data(const Message& message);

// Every name that template_data() may ever give.
const std::set<std::string>& template_names();

}  // namespace tidemark
