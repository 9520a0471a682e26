// What the commands that change something have in common: where the daemon answers, the token, and
// who asks.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "daemon/console.h"
#include "daemon/terminal/talk.h"

namespace tidemark::terminal {

struct ChangeRequest : Question {
  std::string token_file;  // empty: TIDEMARK_TOKEN, if that is set
  std::string author;      // empty: whoever is logged in
};

// The error says what is wrong with the file, and never what is in it.
Result<std::string> token_of(const ChangeRequest& request);
std::string author_of(const ChangeRequest& request);

// Asks for it and prints what came of it: the daemon's own answer with --json, else `sentence`.
// `command` is for errors. Returns the exit code.
int change(const ChangeRequest& request, std::string_view command, const std::string& method,
           const std::string& target, const std::string& body,
           std::string (*sentence)(const std::string& answer), const Console& console);

}  // namespace tidemark::terminal
