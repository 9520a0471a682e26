#include "daemon/terminal/queries.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "daemon/rest_url.h"

namespace tidemark::terminal {
namespace {

using Json = nlohmann::ordered_json;

constexpr int rows_a_page = 1000;
constexpr int most_pages = 100'000;  // a daemon that always has one more page is none of ours

std::string groups_target(const GroupsFilter& filter, int limit, const std::string& cursor) {
  std::string out = "/api/v1/groups?limit=" + std::to_string(limit);
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) out += "&" + std::string{name} + "=" + url_encoded(value);
  };
  add("cluster", filter.cluster);
  add("status", filter.status);
  add("sort", filter.sort);
  add("cursor", cursor);
  return out;
}

struct Pages {
  Json whole;  // the first page, with the rows of all
  std::string next;
};

// Adds a page; the error says what is not as promised.
Status add_page(const std::string& body, Pages& pages) {
  try {
    Json page = Json::parse(body);
    const Json& next = page.at("page").at("next_cursor");
    pages.next = next.is_null() ? "" : next.get<std::string>();
    if (pages.whole.is_null()) {
      pages.whole = std::move(page);
      return Done{};
    }
    for (Json& row : page.at("data")) pages.whole["data"].push_back(std::move(row));
    pages.whole["as_of_ms"] = std::min(pages.whole.at("as_of_ms").get<std::int64_t>(),
                                       page.at("as_of_ms").get<std::int64_t>());
    return Done{};
  } catch (const Json::exception& error) {
    return Error{"the answer is not as Tidemark's API promises: " + std::string{error.what()}};
  }
}

// target_of(cursor) → what to ask for.
template <class Target>
Status add_all_pages(RestClient& daemon, Pages& pages, Target target_of) {
  pages.next.clear();
  for (int i = 0; i < most_pages; ++i) {
    const auto body = daemon.get(target_of(pages.next));
    if (!body) return body.error();
    const auto added = add_page(body.value(), pages);
    if (!added || pages.next.empty()) return added;
  }
  return Error{"the list has no end"};
}

std::string topics_target(const std::string& cluster, bool unread, const std::string& cursor) {
  std::string out =
      "/api/v1/clusters/" + url_encoded(cluster) + "/topics?limit=" + std::to_string(rows_a_page);
  if (unread) out += "&unread=true";
  if (!cursor.empty()) out += "&cursor=" + url_encoded(cursor);
  return out;
}

// "?limit=1000&NAME=VALUE…" of those that are not empty.
std::string query_of(const std::vector<std::pair<std::string, std::string>>& parameters) {
  std::string out = "?limit=" + std::to_string(rows_a_page);
  for (const auto& [name, value] : parameters) {
    if (!value.empty()) out += "&" + name + "=" + url_encoded(value);
  }
  return out;
}

std::string as_one_page(Pages pages) {
  Json& page = pages.whole["page"];
  page["limit"] = pages.whole["data"].size();
  page["total"] = pages.whole["data"].size();
  page["next_cursor"] = nullptr;
  return pages.whole.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::vector<std::string> group_orders() {
  std::vector<std::string> out;
  for (const char* order : {"name", "lag", "time_lag", "status"}) {
    out.emplace_back(order);
    out.push_back(std::string{"-"} + order);
  }
  return out;
}

Result<std::string> all_groups_body(RestClient& daemon, const GroupsFilter& filter) {
  Pages pages;
  const auto added = add_all_pages(daemon, pages, [&](const std::string& cursor) {
    return groups_target(filter, rows_a_page, cursor);
  });
  if (!added) return added.error();
  return as_one_page(std::move(pages));
}

Result<std::string> all_topics_body(RestClient& daemon, const std::string& cluster, bool unread) {
  std::vector<std::string> names{cluster};
  if (cluster.empty()) {
    const auto all = clusters(daemon, "");
    if (!all) return all.error();
    names.clear();
    for (const ClusterAnswer& each : all.value()) names.push_back(each.cluster);
  }
  Pages pages;
  for (const std::string& name : names) {
    const auto added = add_all_pages(daemon, pages, [&](const std::string& cursor) {
      return topics_target(name, unread, cursor);
    });
    if (!added) return added.error();
  }
  return as_one_page(std::move(pages));
}

Result<std::string> explain_body(RestClient& daemon, const std::string& cluster,
                                 const std::string& group, const std::optional<std::string>& topic,
                                 std::int64_t partition) {
  std::string target =
      "/api/v1/clusters/" + url_encoded(cluster) + "/group/explain?name=" + url_encoded(group);
  if (topic) {
    target += "&topic=" + url_encoded(*topic) + "&partition=" + std::to_string(partition);
  }
  return daemon.get(target);
}

Result<GroupsAnswer> first_groups(RestClient& daemon, const GroupsFilter& filter, int limit) {
  const auto body = daemon.get(groups_target(filter, std::clamp(limit, 1, rows_a_page), ""));
  if (!body) return body.error();
  return parse_groups(body.value());
}

Result<std::string> group_body(RestClient& daemon, const std::string& cluster,
                               const std::string& group, bool windows) {
  return daemon.get("/api/v1/clusters/" + url_encoded(cluster) +
                    "/group?name=" + url_encoded(group) + (windows ? "" : "&window=false"));
}

Result<std::vector<ClusterAnswer>> clusters(RestClient& daemon, const std::string& cluster) {
  const auto body = daemon.get("/api/v1/clusters");
  if (!body) return body.error();
  auto all = parse_clusters(body.value());
  if (!all || cluster.empty()) return all;
  std::erase_if(all.value(), [&](const ClusterAnswer& one) { return one.cluster != cluster; });
  return all;
}

Result<std::string> all_incidents_body(RestClient& daemon, const std::string& cluster,
                                       const std::string& state) {
  Pages pages;
  const auto all = add_all_pages(daemon, pages, [&](const std::string& cursor) {
    return "/api/v1/incidents" +
           query_of({{"cluster", cluster}, {"state", state}, {"cursor", cursor}});
  });
  if (!all) return all.error();
  return as_one_page(std::move(pages));
}

Result<std::string> all_silences_body(RestClient& daemon, const std::string& state) {
  Pages pages;
  const auto all = add_all_pages(daemon, pages, [&](const std::string& cursor) {
    return "/api/v1/silences" + query_of({{"state", state}, {"cursor", cursor}});
  });
  if (!all) return all.error();
  return as_one_page(std::move(pages));
}

}  // namespace tidemark::terminal
