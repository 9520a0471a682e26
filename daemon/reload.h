// Reading the configuration anew: it is checked as at a start, and only if it is good the process
// stops in order and starts again with it, under the same id and with the same arguments; docs/adr
// says why. Any thread may ask; the main thread looks.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "api/replies.h"
#include "config/config.h"

namespace tidemark {

class Reloading {
 public:
  // `load` reads it, with what the command line says beside; null: there is no file. `listen`:
  // where the daemon listens now.
  Reloading(std::function<Loaded()> load, std::string listen)
      : load_(std::move(load)), listen_(std::move(listen)) {}

  [[nodiscard]] bool possible() const { return load_ != nullptr; }
  // Null: it is good, and wanted() from now on. Else everything that is wrong, in the loader's
  // words.
  std::optional<Refusal> ask();
  [[nodiscard]] bool wanted() const { return wanted_; }

 private:
  const std::function<Loaded()> load_;
  const std::string listen_;
  std::atomic<bool> wanted_{false};
};

// Replaces this process by one of the same program with the same arguments. Ends the process if
// that can't be done.
[[noreturn]] void start_again();

}  // namespace tidemark
