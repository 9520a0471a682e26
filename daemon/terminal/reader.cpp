#include "daemon/terminal/reader.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace tidemark::terminal {
namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

Look Reader::look() const {
  Look out;
  out.colour = colour;
  out.shapes = person;
  if (person) out.width = columns;
  return out;
}

Reader reader_of_stdout() {
  Reader out;
  out.person = isatty(STDOUT_FILENO) == 1;
  if (!out.person) return out;
  const std::string_view kind = variable("TERM");
  out.can_redraw = !kind.empty() && kind != "dumb";
  out.colour = out.can_redraw && variable("NO_COLOR").empty();
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
    out.columns = size.ws_col;
    out.rows = size.ws_row;
  }
  return out;
}

}  // namespace tidemark::terminal
