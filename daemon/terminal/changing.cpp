#include "daemon/terminal/changing.h"

#include <algorithm>
#include <cstdlib>

#include "config/problems.h"
#include "config/read_file.h"

namespace tidemark::terminal {
namespace {

constexpr std::size_t largest_token = 10'000;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

Result<std::string> token_of(const ChangeRequest& request) {
  std::string token = variable("TIDEMARK_TOKEN");
  const std::string from =
      request.token_file.empty() ? "TIDEMARK_TOKEN" : "--token-file " + quote(request.token_file);
  if (!request.token_file.empty()) {
    auto text = read_file(request.token_file, largest_token);
    if (!text) return Error{from + ": the file " + text.error().message};
    token = std::move(text.value());
    while (!token.empty() && (token.back() == '\n' || token.back() == '\r')) token.pop_back();
    if (token.empty()) return Error{from + ": the file is empty"};
  }
  const bool plain =
      std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  if (!plain) return Error{from + ": that is no token: it has blanks or other such characters"};
  return token;
}

std::string author_of(const ChangeRequest& request) {
  return request.author.empty() ? variable("USER") : request.author;
}

int change(const ChangeRequest& request, std::string_view command, const std::string& method,
           const std::string& target, const std::string& body,
           std::string (*sentence)(const std::string& answer), const Console& console) {
  const Talk talk(command, request, console);
  const auto token = token_of(request);
  if (!token) return talk.refuse(token.error().message, exit_usage);
  const auto ask = [&](RestClient& daemon) {
    return daemon.change(method, target, body, token.value());
  };
  return talk.ask(ask, [&](const std::string& answer) { return sentence(answer) + "\n"; });
}

}  // namespace tidemark::terminal
