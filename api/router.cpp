#include "api/router.h"

#include <algorithm>
#include <exception>
#include <optional>

#include "api/burrow.h"
#include "api/burrow_replies.h"
#include "api/change_routes.h"
#include "api/metrics.h"
#include "api/native.h"
#include "api/page/page.h"
#include "api/replies.h"
#include "api/server.h"
#include "core/log.h"

namespace tidemark {
namespace {

constexpr std::string_view kReading = "GET, HEAD, OPTIONS";

std::string methods_of(const Route& route) {
  std::string out;
  if (route.handler != nullptr) out = "GET, HEAD, ";
  for (const ChangeBy& change : route.changes) out += std::string(change.method) + ", ";
  return out + "OPTIONS";
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// The parts of the patterns, in the order of the table.
const std::vector<std::vector<std::string>>& all_parts() {
  static const auto made = [] {
    std::vector<std::vector<std::string>> out;
    for (const Route& route : routes()) {
      out.push_back(std::get<Target>(parse_target(route.pattern)).segments);
    }
    return out;
  }();
  return made;
}

const std::vector<std::string>& parts_of(const Route& route) {
  return all_parts()[static_cast<std::size_t>(&route - routes().data())];
}

bool is_name(const std::string& part) { return !part.empty() && part.front() == '{'; }

// How a path may stand for a pattern. Only a group may have an empty name.
struct Matching {
  bool any_case = false;     // of the fixed segments
  bool empty_names = false;  // as the last segment
};

std::optional<std::vector<std::string>> match(const Route& route,
                                              const std::vector<std::string>& segments,
                                              Matching how) {
  const auto& parts = parts_of(route);
  if (parts.size() != segments.size()) return std::nullopt;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string& segment = segments[i];
    if (is_name(parts[i])) {
      const bool last = i + 1 == parts.size();
      if (segment.empty() && (parts[i] != "{g}" || (last && !how.empty_names))) return std::nullopt;
      names.push_back(segment);
    } else if (how.any_case ? lower(parts[i]) != lower(segment) : parts[i] != segment) {
      return std::nullopt;
    }
  }
  return names;
}

struct Found {
  const Route* route = nullptr;
  std::vector<std::string> names;
};

std::optional<Found> find_route(const std::vector<std::string>& segments) {
  for (const Route& route : routes()) {
    const Matching how{false, route.area == Area::native};
    if (auto names = match(route, segments, how)) return Found{&route, std::move(*names)};
  }
  return std::nullopt;
}

Area area_of(const Target& target) {
  const std::string first = lower(target.segments.front());
  for (const std::string_view owned : {"v2", "v3", "burrow", "metrics"}) {
    if (first == owned) return Area::burrow;
  }
  return Area::native;
}

// Without empty and "." segments, with ".." applied.
std::vector<std::string> cleaned(const std::vector<std::string>& segments) {
  std::vector<std::string> out;
  for (const std::string& segment : segments) {
    if (segment == ".." && !out.empty()) out.pop_back();
    if (!segment.empty() && segment != "." && segment != "..") out.push_back(segment);
  }
  return out;
}

// Where Burrow's router would send a path with a slash too many or letters in the wrong case.
std::optional<std::string> canonical(const Target& target) {
  const auto segments = cleaned(target.segments);
  for (const Route& route : routes()) {
    if (route.area != Area::burrow) continue;
    const auto names = match(route, segments, {true, false});
    if (!names) continue;
    std::string path;
    auto name = names->begin();
    for (const std::string& part : parts_of(route)) {
      path += "/" + (is_name(part) ? percent_encode(*name++) : part);
    }
    return target.query_text.empty() ? path : path + "?" + target.query_text;
  }
  return std::nullopt;
}

HttpReply unknown_path(const Target& target, const HttpRequest& request) {
  if (const auto location = canonical(target)) return burrow_redirect(request.method, *location);
  if (area_of(target) == Area::burrow) return burrow_unknown_path();
  return refusal_reply({404, "unknown_path",
                        "nothing is served at \"" + target.path() + "\"; GET / lists what is",
                        "path"});
}

HttpReply wrong_method(const Route& route, const std::string& method) {
  HttpReply reply =
      route.area == Area::burrow
          ? burrow_wrong_method()
          : refusal_reply({405, "method_not_allowed",
                           method + " is not possible here; " + methods_of(route) + " are",
                           "method"});
  reply.headers.emplace_back("Allow", methods_of(route));
  return reply;
}

// What other sites may do here is to read, whatever the route can do.
HttpReply options(const Site& site, const Route& route) {
  HttpReply reply;
  reply.headers = {{"Allow", methods_of(route)}};
  if (!site.settings.allow_origin.empty()) {
    reply.headers.emplace_back("Access-Control-Allow-Methods", kReading);
    reply.headers.emplace_back("Access-Control-Allow-Origin", site.settings.allow_origin);
  }
  return reply;
}

HttpReply call(const Site& site, const HttpRequest& request, const Target& target, Found found) {
  HttpReply reply = found.route->handler({site, request, target, std::move(found.names)});
  if (!site.settings.allow_origin.empty() && found.route->pattern != "/metrics") {
    reply.headers.emplace_back("Access-Control-Allow-Origin", site.settings.allow_origin);
  }
  return reply;
}

HttpReply refuse_change(const Call& call, const Route& route, const Refusal& refusal) {
  HttpReply reply =
      route.area == Area::burrow
          ? burrow_reply(call.site, call.target, refusal.status, true, refusal.message, "")
          : refusal_reply(refusal);
  if (refusal.status == 401) reply.headers.emplace_back("WWW-Authenticate", "Bearer");
  return reply;
}

HttpReply change(const Site& site, const HttpRequest& request, const Target& target, Found found,
                 const ChangeBy& how) {
  Call call{site, request, target, std::move(found.names)};
  if (const auto refusal = not_ours(site.access, request)) {
    return refuse_change(call, *found.route, *refusal);
  }
  const auto permitted = permit(site.access, request, how.right);
  if (const auto* refusal = std::get_if<Refusal>(&permitted)) {
    return refuse_change(call, *found.route, *refusal);
  }
  call.token = std::get<Permit>(permitted).token;
  if (site.changes == nullptr) {
    return refuse_change(call, *found.route, {503, "changes_off", "nothing can be changed", ""});
  }
  return how.handler(call);
}

HttpReply dispatch_found(const Site& site, const HttpRequest& request, const Target& target,
                         Found found) {
  const Route& route = *found.route;
  const auto by = std::find_if(route.changes.begin(), route.changes.end(),
                               [&](const auto& each) { return each.method == request.method; });
  const bool reads =
      route.handler != nullptr && (request.method == "GET" || request.method == "HEAD");
  HttpReply reply;
  if (by != route.changes.end()) {
    reply = change(site, request, target, std::move(found), *by);
  } else if (reads) {
    reply = call(site, request, target, std::move(found));
  } else {
    reply =
        request.method == "OPTIONS" ? options(site, route) : wrong_method(route, request.method);
  }
  reply.route = route.pattern;
  return reply;
}

HttpReply dispatch_any(const Site& site, const HttpRequest& request) {
  const auto parsed = parse_target(request.target);
  if (const auto* error = std::get_if<TargetError>(&parsed)) {
    return refusal_reply({400, "bad_escape", error->message, error->field});
  }
  const auto& target = std::get<Target>(parsed);
  auto found = find_route(target.segments);
  return found ? dispatch_found(site, request, target, std::move(*found))
               : unknown_path(target, request);
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> table = {
      {"/", Area::native, get_index},
      {"/ui", Area::native, to_page},
      {"/ui/", Area::native, get_page},
      {"/ui/{version}/{file}", Area::native, get_page_file},
      {"/healthz", Area::native, get_health},
      {"/readyz", Area::native, get_readiness},
      {"/metrics", Area::burrow, get_metrics},
      {"/api/v1/clusters", Area::native, get_clusters},
      {"/api/v1/clusters/{c}", Area::native, get_cluster},
      {"/api/v1/clusters/{c}/groups", Area::native, get_groups_of_cluster},
      {"/api/v1/clusters/{c}/groups/{g}",
       Area::native,
       get_group,
       {{"DELETE", Right::forget, forget_group}}},
      {"/api/v1/clusters/{c}/groups/{g}/explain", Area::native, explain_group},
      {"/api/v1/clusters/{c}/groups/{g}/history", Area::native, get_history},
      {"/api/v1/clusters/{c}/groups/{g}/partitions/{t}/{p}/history", Area::native,
       get_partition_history},
      {"/api/v1/clusters/{c}/group",
       Area::native,
       get_group_by_query,
       {{"DELETE", Right::forget, forget_group_by_query}}},
      {"/api/v1/clusters/{c}/group/history", Area::native, get_history_by_query},
      {"/api/v1/clusters/{c}/group/explain", Area::native, explain_group_by_query},
      {"/api/v1/clusters/{c}/topics", Area::native, get_topics},
      {"/api/v1/clusters/{c}/topics/{t}", Area::native, get_topic},
      {"/api/v1/groups", Area::native, get_groups},
      {"/api/v1/events", Area::native, get_events},
      {"/api/v1/incidents", Area::native, get_incidents},
      {"/api/v1/incidents/{id}", Area::native, get_incident},
      {"/api/v1/incidents/{id}/acknowledge",
       Area::native,
       nullptr,
       {{"POST", Right::acknowledge, acknowledge_incident}}},
      {"/api/v1/silences", Area::native, get_silences, {{"POST", Right::silence, add_silence}}},
      {"/api/v1/silences/preview", Area::native, preview_silence},
      {"/api/v1/silences/{id}", Area::native, nullptr, {{"DELETE", Right::silence, end_silence}}},
      {"/api/v1/access", Area::native, get_access},
      {"/api/v1/reload", Area::native, nullptr, {{"POST", Right::reload, reload}}},
      {"/api/v1/receivers", Area::native, get_receivers},
      {"/api/v1/receivers/{r}/deliveries", Area::native, get_deliveries},
      {"/burrow/admin", Area::burrow, burrow_admin},
      {"/burrow/admin/ready", Area::burrow, burrow_ready},
      {"/v3/kafka", Area::burrow, burrow_clusters},
      {"/v3/kafka/{c}", Area::burrow, burrow_cluster},
      {"/v3/kafka/{c}/topic", Area::burrow, burrow_topics},
      {"/v3/kafka/{c}/topic/{t}", Area::burrow, burrow_topic},
      {"/v3/kafka/{c}/topic/{t}/consumers", Area::burrow, burrow_topic_consumers},
      {"/v3/kafka/{c}/consumer", Area::burrow, burrow_consumers},
      {"/v3/kafka/{c}/consumer/{g}",
       Area::burrow,
       burrow_consumer,
       {{"DELETE", Right::forget, burrow_forget}}},
      {"/v3/kafka/{c}/consumer/{g}/status", Area::burrow, burrow_consumer_status},
      {"/v3/kafka/{c}/consumer/{g}/lag", Area::burrow, burrow_consumer_lag},
  };
  return table;
}

bool is_change(const std::string& method, const std::string& target) {
  const auto parsed = parse_target(target);
  if (!std::holds_alternative<Target>(parsed)) return false;
  const auto found = find_route(std::get<Target>(parsed).segments);
  if (!found) return false;
  const auto& changes = found->route->changes;
  return std::any_of(changes.begin(), changes.end(),
                     [&](const ChangeBy& each) { return each.method == method; });
}

HttpReply dispatch(const Site& site, const HttpRequest& request) {
  try {
    return dispatch_any(site, request);
  } catch (const std::exception& error) {
    log::error("{} {} could not be answered: {}", request.method, request.target, error.what());
    return refusal_reply({500, "internal", "the answer could not be made; the log says why", ""});
  }
}

}  // namespace tidemark
