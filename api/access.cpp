#include "api/access.h"

#include <algorithm>
#include <optional>

namespace tidemark {
namespace {

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Takes as long whatever the two have in common.
bool same(const std::string& given, const std::string& token) {
  unsigned difference = given.size() == token.size() && !token.empty() ? 0 : 1;
  for (std::size_t i = 0; i < given.size() && !token.empty(); ++i) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(given[i])) ^
                  static_cast<unsigned char>(token[i % token.size()]);
  }
  return difference == 0;
}

// Null: there is none, or it is none of ours.
const AccessToken* token_of(const AccessSettings& settings, const HttpRequest& request) {
  constexpr std::string_view scheme = "bearer ";
  if (lower(request.authorization.substr(0, scheme.size())) != scheme) return nullptr;
  const std::string given = request.authorization.substr(scheme.size());
  const AccessToken* found = nullptr;
  for (const AccessToken& token : settings.tokens) {
    if (same(given, token.text.get())) found = &token;
  }
  return found;
}

// "localhost", "127.0.0.1" or "[::1]", with or without a port. A page elsewhere whose name was
// made to lead here has its own name in it.
bool names_loopback(const std::string& host) {
  const auto port = host.find_last_of(":]");
  const bool has_port = port != std::string::npos && host[port] == ':';
  const std::string name = lower(has_port ? host.substr(0, port) : host);
  return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
}

// Why nobody without a token may change anything by this request; empty: they may.
std::string not_local(const AccessSettings& settings, const HttpRequest& request) {
  constexpr std::string_view add = "; a [[http.token]] in the configuration allows it to others";
  if (!settings.loopback) {
    return "the daemon does not listen on a loopback address alone" + std::string(add);
  }
  if (!request.from_this_machine) {
    return "without a token changes are possible from the daemon's own machine only" +
           std::string(add);
  }
  if (!names_loopback(request.host)) {
    return "without a token changes are possible under the names localhost, 127.0.0.1 and [::1] "
           "only" +
           std::string(add);
  }
  return "";
}

// "https://host:port/path" → "host:port"; empty: it is no such address.
std::string authority_of(const std::string& url) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!url.starts_with(scheme)) continue;
    const std::string rest = url.substr(scheme.size());
    return lower(rest.substr(0, rest.find('/')));
  }
  return "";
}

bool is_own(const AccessSettings& settings, const HttpRequest& request) {
  const std::string origin = authority_of(request.origin);
  if (origin.empty()) return false;
  return origin == lower(request.host) || origin == authority_of(settings.page_url);
}

bool is_json(const std::string& content_type) {
  std::string type = lower(content_type.substr(0, content_type.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  return type == "application/json";
}

Refusal token_needed(const HttpRequest& request) {
  return {401, "token_needed",
          request.authorization.empty()
              ? "this needs a token: send it as \"Authorization: Bearer TOKEN\""
              : "the token that was sent is none of those in the configuration",
          ""};
}

}  // namespace

std::variant<Permit, Refusal> permit(const AccessSettings& settings, const HttpRequest& request,
                                     Right right) {
  if (settings.tokens.empty()) {
    const std::string why = not_local(settings, request);
    if (why.empty()) return Permit{};
    return Refusal{403, "not_allowed", why, ""};
  }
  const AccessToken* token = token_of(settings, request);
  if (token == nullptr) return token_needed(request);
  if (token->has(right)) return Permit{token->name};
  return Refusal{403, "not_allowed",
                 "the token \"" + token->name + "\" does not have the right \"" +
                     std::string(to_string(right)) + "\"",
                 ""};
}

std::optional<Refusal> not_ours(const AccessSettings& settings, const HttpRequest& request) {
  if (!request.origin.empty() && !is_own(settings, request)) {
    return Refusal{403, "foreign_origin", "a page of another site may change nothing here",
                   "Origin"};
  }
  // A browser sends this type to another site only after that site has agreed, and we never do.
  const bool plain_delete = request.method == "DELETE" && request.body.empty();
  if (plain_delete && request.content_type.empty()) return std::nullopt;
  if (is_json(request.content_type)) return std::nullopt;
  return Refusal{415, "not_json", "a change is sent with \"Content-Type: application/json\"",
                 "Content-Type"};
}

Allowed allowed(const AccessSettings& settings, const HttpRequest& request) {
  Allowed out;
  if (settings.tokens.empty()) {
    out.problem = not_local(settings, request);
    out.token_needed = !out.problem.empty();
    if (out.token_needed) return out;
    for (const auto& [word, right] : all_rights) out.rights.push_back(right);
    return out;
  }
  out.token_needed = true;
  const AccessToken* token = token_of(settings, request);
  if (token == nullptr) {
    out.problem = token_needed(request).message;
    return out;
  }
  out.token = token->name;
  out.rights = token->rights;
  return out;
}

}  // namespace tidemark
