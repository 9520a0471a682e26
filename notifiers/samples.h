// Messages of every kind about groups that do not exist: what templates are tried with, and what
// `tidemark test-receiver` sends.
#pragma once

#include <string>
#include <vector>

#include "core/time.h"
#include "notifiers/message.h"

namespace tidemark {

// Of MessageKind::test, in trouble at `now`. `page`: where the page is, "http://host:8000".
// `key` makes it a message of its own: what ends the sample has the same.
Message sample_message(Instant now, const std::string& page, const std::string& key);

// The end of that one: the kind is still MessageKind::test, its alert is over.
Message sample_end(Instant now, const std::string& page, const std::string& key);

// One of each kind, single and of many groups, some with hardly anything known.
std::vector<Message> sample_messages(Instant now);

}  // namespace tidemark
