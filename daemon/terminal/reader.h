// Who reads what a command prints: a person at a terminal, or a pipe.
#pragma once

#include <cstddef>

#include "daemon/terminal/table.h"

namespace tidemark::terminal {

struct Reader {
  bool person = false;  // standard output is a terminal
  bool colour = false;
  bool can_redraw = false;  // the terminal knows how to move its cursor
  std::size_t columns = 80;
  std::size_t rows = 24;

  [[nodiscard]] Look look() const;
};

// Of standard output as it is now, and of NO_COLOR and TERM.
Reader reader_of_stdout();

}  // namespace tidemark::terminal
