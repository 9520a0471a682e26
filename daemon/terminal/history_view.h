// A group's past as a terminal shows it: for a person a plot of its lag over a strip of its
// statuses, for a pipe a table with a line for each step. Pure but for the time zone.
#pragma once

#include <string>

#include "daemon/terminal/history_answer.h"
#include "daemon/terminal/table.h"

namespace tidemark::terminal {

std::string history_plot(const HistoryAnswer& history, const Look& look);
std::string history_table(const HistoryAnswer& history, const Look& look);

}  // namespace tidemark::terminal
