// /api/v1/groups: the list across clusters.
#include "api/group_json.h"
#include "api/group_list.h"
#include "api/native.h"
#include "api/query.h"
#include "api/refusals.h"
#include "api/router.h"

namespace tidemark {
namespace {

constexpr std::size_t bytes_of_a_row = 700;

void read_statuses(QueryReader& reader, GroupQuery& into) {
  std::string words = reader.text("status").value_or("");
  while (!words.empty()) {
    const std::size_t comma = std::min(words.find(','), words.size());
    const std::string word = words.substr(0, comma);
    words.erase(0, comma + 1);
    if (const auto status = group_status_from(word)) {
      into.statuses.push_back(*status);
    } else {
      reader.refuse("status", "\"" + word + "\" is not a status: OK, WARNING, ERROR or UNKNOWN");
    }
  }
}

void read_order(QueryReader& reader, GroupQuery& into) {
  const std::string sort = reader.text("sort").value_or("name");
  if (const auto order = group_order_from(sort)) {
    into.order = *order;
  } else {
    reader.refuse("sort", "\"" + sort +
                              "\" is not an order: name, lag, time_lag or status, with '-' in "
                              "front for descending");
  }
}

void read_cursor(QueryReader& reader, GroupQuery& into) {
  const auto text = reader.text("cursor");
  if (!text) return;
  auto cursor = GroupCursor::parse(*text, into.order);
  if (cursor) {
    into.after = std::move(cursor.value());
  } else {
    reader.refuse("cursor", cursor.error().message, "bad_cursor");
  }
}

HttpReply list_groups(const Call& call, QueryReader& reader, std::optional<std::string> cluster) {
  GroupQuery query;
  query.cluster = std::move(cluster);
  query.q = reader.text("q").value_or("");
  query.limit = reader.number("limit", 1, 1000, 100);
  read_statuses(reader, query);
  read_order(reader, query);
  read_cursor(reader, query);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  Reports reports = call.site.view.reports();
  if (query.cluster) {
    std::erase_if(reports, [&](const auto& held) { return held->cluster.get() != *query.cluster; });
    if (reports.empty()) return refusal_reply(no_cluster(*query.cluster));
  }
  const GroupPage page = page_of(reports, query);
  JsonWriter rows(page.rows.size() * bytes_of_a_row);
  rows.begin_array();
  for (const GroupRow& row : page.rows) {
    rows.begin_object();
    write_group_fields(rows, *row.cluster, *row.group);
    rows.end_object();
  }
  rows.end_array();
  return data_reply(rows.text(), Page{query.limit, page.next_cursor, page.total}, as_of(reports));
}

}  // namespace

HttpReply get_groups(const Call& call) {
  QueryReader reader(call.target, {"cluster", "status", "q", "sort", "limit", "cursor"});
  return list_groups(call, reader, reader.text("cluster"));
}

HttpReply get_groups_of_cluster(const Call& call) {
  QueryReader reader(call.target, {"status", "q", "sort", "limit", "cursor"});
  return list_groups(call, reader, call.names.at(0));
}

}  // namespace tidemark
