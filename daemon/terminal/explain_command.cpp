#include "daemon/terminal/explain_command.h"

#include "daemon/terminal/explain_view.h"
#include "daemon/terminal/queries.h"

namespace tidemark::terminal {
namespace {

int fail(const Console& console, const std::string& message, int code) {
  console.err << "tidemark explain: " << message << "\n";
  return code;
}

}  // namespace

int explain_command(const ExplainRequest& request, const Reader& reader, const Console& console) {
  if (request.topic && !request.partition) {
    return fail(console, "which PARTITION of topic \"" + *request.topic + "\"?", exit_usage);
  }
  auto daemon = RestClient::open(request.url);
  if (!daemon) return fail(console, "--url: " + daemon.error().message, exit_usage);
  const auto body = explain_body(*daemon.value(), request.cluster, request.group, request.topic,
                                 request.partition.value_or(0));
  if (!body) return fail(console, body.error().message, exit_not_so);
  if (request.json) {
    console.out << body.value() << "\n" << std::flush;
    return console.out ? exit_fine : exit_not_so;
  }
  const auto answer = parse_explanation(body.value());
  if (!answer) return fail(console, answer.error().message, exit_not_so);
  console.out << explain_text(answer.value(), reader.look()) << std::flush;
  return console.out ? exit_fine : exit_not_so;
}

}  // namespace tidemark::terminal
