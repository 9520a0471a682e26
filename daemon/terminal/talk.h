// What the commands that ask a daemon have in common: where it answers, how they refuse, how they
// print, and with which exit code they end.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "daemon/console.h"
#include "daemon/rest_client.h"

namespace tidemark::terminal {

struct Question {
  std::string url = "http://127.0.0.1:8000";
  bool json = false;  // the daemon's own answer instead of a text for people
};

// One command's talk with the daemon; refers to all that it is made of. What returns an int returns
// the exit code.
class Talk {
 public:
  using Ask = std::function<Result<std::string>(RestClient& daemon)>;
  using Show = std::function<Result<std::string>(const std::string& body)>;

  Talk(std::string_view command, const Question& question, const Console& console);

  // Says it on standard error, in the command's name.
  void note(const std::string& message) const;
  // Likewise why not.
  int refuse(const std::string& message, int code = exit_not_so) const;

  // Lets `talk` have the connection; an address that is none is refused.
  int connect(const std::function<int(RestClient& daemon)>& talk) const;
  // Prints this answer: as it is with --json, else what `show` makes of it.
  int print(const Result<std::string>& body, const Show& show) const;
  // The two together.
  int ask(const Ask& ask, const Show& show) const;

  // When all is printed: not fine if it could not be.
  int end() const;

 private:
  const std::string_view command_;
  const Question& question_;
  const Console& console_;
};

}  // namespace tidemark::terminal
