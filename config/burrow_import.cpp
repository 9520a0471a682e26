#include "config/burrow_import.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "config/burrow_parts.h"

namespace tidemark {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> levels{{{"debug", "debug"},
                                                                               {"info", "info"},
                                                                               {"warn", "warn"},
                                                                               {"error", "error"},
                                                                               {"panic", "error"},
                                                                               {"fatal", "error"}}};

void translate_http(BurrowSection& root, BurrowTranslation& to) {
  BurrowSection general = root.table("general");
  BurrowSection servers = root.table("httpserver");
  to.out.header("[http]");
  bool first = true;
  for (BurrowSection& server : servers.tables()) {
    std::string address = server.text("address");
    if (!address.empty() && address.front() == ':') address.insert(0, "0.0.0.0");
    if (first && !address.empty()) {
      to.out.text("listen", address);
    } else if (!address.empty()) {
      to.note(server, "one listener is all there is; this one is left out");
    }
    if (!server.text("tls").empty()) {
      to.note(server, "Tidemark serves plain HTTP; put a proxy before it that speaks TLS");
    }
    server.pass_over({"timeout"});
    to.note_left(server);
    first = false;
  }
  const std::string origin = general.text("access-control-allow-origin");
  if (origin == "*" || origin.find("://") != std::string::npos) {
    to.out.text("allow_origin", origin);
  } else if (!origin.empty()) {
    to.note(general, "access-control-allow-origin " + origin +
                         " is no origin, and never let a browser in; it is left out");
  }
  general.pass_over({"pidfile", "stdout-logfile", "env-var-prefix"});
  to.note_left(general);
}

void translate_log(BurrowSection& root, BurrowTranslation& to) {
  BurrowSection logging = root.table("logging");
  to.out.header("[log]").text("format", "json");
  for (const auto& [theirs, ours] : levels) {
    if (logging.text("level") == theirs) to.out.text("level", ours);
  }
  const std::string file = logging.text("filename");
  if (!file.empty()) to.out.text("file", file);
  if (const auto size = logging.number("maxsize"); size && *size > 0 && !file.empty()) {
    to.out.raw("max_bytes", std::to_string(*size * 1'000'000));
  }
  if (const auto files = logging.number("maxbackups"); files && *files > 0 && !file.empty()) {
    to.out.raw("max_files", std::to_string(*files));
  }
  logging.pass_over({"maxage", "use-localtime", "use-compression"});
  to.note_left(logging);
}

}  // namespace

void BurrowTranslation::secret(std::string_view key, BurrowSection& of,
                               std::string_view burrow_key) {
  of.pass_over({burrow_key});
  out.raw(key, variable(of.variable(burrow_key)));
}

std::string BurrowTranslation::variable(const std::string& name) {
  if (std::find(variables.begin(), variables.end(), name) == variables.end()) {
    variables.push_back(name);
  }
  return "\"${" + name + "}\"";
}

void BurrowTranslation::note_left(const BurrowSection& of) {
  for (const std::string& key : of.left()) {
    note(of, key + " is not known to this translation, and left out");
  }
}

std::string whole_pattern(const std::string& go) {
  if (go.find('|') != std::string::npos) return ".*(?:" + go + ").*";
  const bool from_start = !go.empty() && go.front() == '^';
  const bool to_end =
      !go.empty() && go.back() == '$' && (go.size() < 2 || go[go.size() - 2] != '\\');
  return (from_start ? "" : ".*") + go + (to_end ? "" : ".*");
}

Result<BurrowImport> import_burrow(std::string_view text) {
  const auto parsed = parse_toml(text);
  if (const auto* problem = std::get_if<Problem>(&parsed)) return Error{problem->text()};
  BurrowSection root("", std::get_if<ConfigNode>(&parsed));
  BurrowTranslation to;
  translate_http(root, to);
  translate_log(root, to);
  translate_clusters(root, to);
  translate_policies(root, to);
  translate_notifiers(root, to);
  // Burrow's own ensemble, for its lock among several instances.
  root.pass_over({"zookeeper"});
  to.note_left(root);
  return BurrowImport{to.out.str(), std::move(to.notes), std::move(to.variables)};
}

}  // namespace tidemark
