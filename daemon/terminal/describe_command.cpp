#include "daemon/terminal/describe_command.h"

#include "daemon/terminal/describe_view.h"
#include "daemon/terminal/groups_view.h"
#include "daemon/terminal/queries.h"

namespace tidemark::terminal {
namespace {

int fail(const Console& console, const std::string& message, int code) {
  console.err << "tidemark describe: " << message << "\n";
  return code;
}

Result<std::string> text_for(RestClient& daemon, const DescribeRequest& request, const Look& look) {
  const auto body = group_body(daemon, request.cluster, request.group, false);
  if (!body) return body.error();
  const auto detail = parse_group_detail(body.value());
  if (!detail) return detail.error();
  const auto seen = clusters(daemon, request.cluster);
  if (!seen) return seen.error();
  std::string out = describe_text(detail.value(), look);
  const auto notices = cluster_notices(seen.value(), look);
  if (!notices.empty()) out += "\n";
  for (const std::string& notice : notices) out += notice + "\n";
  return out;
}

}  // namespace

int describe_command(const DescribeRequest& request, const Reader& reader, const Console& console) {
  auto daemon = RestClient::open(request.url);
  if (!daemon) return fail(console, "--url: " + daemon.error().message, exit_usage);
  const auto text = request.json ? group_body(*daemon.value(), request.cluster, request.group, true)
                                 : text_for(*daemon.value(), request, reader.look());
  if (!text) return fail(console, text.error().message, exit_not_so);
  console.out << text.value() << (request.json ? "\n" : "") << std::flush;
  return console.out ? exit_fine : exit_not_so;
}

}  // namespace tidemark::terminal
