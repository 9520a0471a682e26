#include "daemon/terminal/describe_command.h"

#include "daemon/terminal/describe_view.h"
#include "daemon/terminal/groups_view.h"
#include "daemon/terminal/queries.h"

namespace tidemark::terminal {
namespace {

Result<std::string> text_of(const std::string& body, RestClient& daemon, const std::string& cluster,
                            const Look& look) {
  const auto detail = parse_group_detail(body);
  if (!detail) return detail.error();
  const auto seen = clusters(daemon, cluster);
  if (!seen) return seen.error();
  std::string out = describe_text(detail.value(), look);
  const auto notices = cluster_notices(seen.value(), look);
  if (!notices.empty()) out += "\n";
  for (const std::string& notice : notices) out += notice + "\n";
  return out;
}

}  // namespace

int describe_command(const DescribeRequest& request, const Reader& reader, const Console& console) {
  const Talk talk("describe", request, console);
  return talk.connect([&](RestClient& daemon) {
    const bool windows = request.json;
    return talk.print(group_body(daemon, request.cluster, request.group, windows),
                      [&](const std::string& body) {
                        return text_of(body, daemon, request.cluster, reader.look());
                      });
  });
}

}  // namespace tidemark::terminal
