// The terminal's other screen, drawn over and over without flicker. Whatever ends the command by a
// signal (Ctrl-C, Ctrl-\, a closed window), and while it is suspended (Ctrl-Z), the terminal is as
// it was before. At most one at a time; main thread, no other threads running.
#pragma once

#include <chrono>
#include <string>

namespace tidemark::terminal {

class Screen {
 public:
  Screen();
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  // Lines no wider than the screen, and no more of them than it has.
  void show(const std::string& text);
};

enum class Wake { time_is_over, resized, end };

// Waits up to `span`. Signals have to be held (see hold_signals) for it to see them.
Wake wait_for_signal(std::chrono::milliseconds span, Screen* screen);

// From here on the signals that end or suspend a command are seen by wait_for_signal alone, and a
// closed pipe is an error of writing.
void hold_signals();

}  // namespace tidemark::terminal
