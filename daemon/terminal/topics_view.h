// The list of topics as a terminal shows it. Pure.
#pragma once

#include <string>

#include "daemon/terminal/table.h"
#include "daemon/terminal/topics_answer.h"

namespace tidemark::terminal {

std::string topics_table(const TopicsAnswer& answer, const Look& look);

// "7d", "7d or 1.5 GiB", "for ever", "compacted"; "-" if not known.
std::string retention_text(const std::optional<TopicAnswer::Settings>& settings);

}  // namespace tidemark::terminal
