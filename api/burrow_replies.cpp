#include "api/burrow_replies.h"

#include <array>
#include <utility>

#include "api/replies.h"
#include "api/router.h"

namespace tidemark {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEscapes = {{
    {"<", "\\u003c"},
    {">", "\\u003e"},
    {"&", "\\u0026"},
    {"\u2028", "\\u2028"},
    {"\u2029", "\\u2029"},
}};

std::string html_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&#34;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

HttpReply go_text(int status, std::string body) {
  HttpReply reply;
  reply.status = status;
  reply.content_type = "text/plain; charset=utf-8";
  reply.headers = {{"X-Content-Type-Options", "nosniff"}};
  reply.body = std::move(body);
  return reply;
}

}  // namespace

// None of these can stand outside of a string in JSON.
std::string go_escaped(std::string json) {
  for (const auto& [from, to] : kEscapes) {
    for (std::size_t at = json.find(from); at != std::string::npos; at = json.find(from, at)) {
      json.replace(at, from.size(), to);
      at += to.size();
    }
  }
  return json;
}

HttpReply burrow_reply(const Site& site, const Target& target, int status, bool error,
                       std::string_view message, const std::string& payload) {
  std::string body = error ? R"({"error":true,"message":)" : R"({"error":false,"message":)";
  body += json_string(message) + ",";
  if (!payload.empty()) body += payload + ",";
  body += R"("request":{"url":)" + json_string(target.path()) + R"(,"host":)" +
          json_string(site.host) + "}}";
  HttpReply reply;
  reply.status = status;
  reply.content_type = "application/json";
  reply.body = go_escaped(std::move(body));
  return reply;
}

HttpReply burrow_unknown_path() {
  return go_text(404, "{\"error\":true,\"message\":\"invalid request type\",\"result\":{}}\n");
}

HttpReply burrow_wrong_method() { return go_text(405, "Method Not Allowed\n"); }

HttpReply burrow_redirect(std::string_view method, const std::string& location) {
  HttpReply reply;
  const bool get = method == "GET";
  reply.status = get ? 301 : 307;
  reply.headers = {{"Location", location}};
  if (get) {
    reply.content_type = "text/html; charset=utf-8";
    reply.body = "<a href=\"" + html_escaped(location) + "\">Moved Permanently</a>.\n\n";
  }
  return reply;
}

}  // namespace tidemark
