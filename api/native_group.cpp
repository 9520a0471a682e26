// One group with everything about it.
#include "api/group_json.h"
#include "api/lookup.h"
#include "api/native.h"
#include "api/query.h"
#include "api/refusals.h"
#include "api/router.h"

namespace tidemark {
namespace {

HttpReply group_reply(const Call& call, const std::string& cluster, const std::string& group,
                      bool windows) {
  const auto report = find_cluster(call.site.view, cluster);
  if (!report) return refusal_reply(no_cluster(cluster));
  const GroupReport* found = report->find_group(group);
  if (found == nullptr) return refusal_reply(no_group(cluster, group));
  AskedWindows asked;
  asked.asked = windows;
  if (windows) {
    // A pipeline that is too busy costs the windows, never the verdict.
    auto detail = call.site.view.detail(cluster, group, false);
    if (detail) {
      asked.windows = std::move(detail.value().windows);
    } else {
      asked.problem = detail.error().message;
    }
  }
  return data_reply(group_detail_json(*report, *found, asked), std::nullopt,
                    report->shown(report->as_of));
}

}  // namespace

HttpReply get_group(const Call& call) {
  QueryReader reader(call.target, {"window"});
  const bool windows = reader.flag("window", true);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  return group_reply(call, call.names.at(0), call.names.at(1), windows);
}

HttpReply get_group_by_query(const Call& call) {
  QueryReader reader(call.target, {"name", "window"});
  const bool windows = reader.flag("window", true);
  const auto name = reader.text("name");
  if (!name) reader.refuse("name", "the group's name is missing: ?name=…", "missing_parameter");
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  return group_reply(call, call.names.at(0), *name, windows);
}

}  // namespace tidemark
