#include "daemon/terminal/explain_command.h"

#include "daemon/terminal/explain_view.h"
#include "daemon/terminal/queries.h"

namespace tidemark::terminal {
int explain_command(const ExplainRequest& request, const Reader& reader, const Console& console) {
  const Talk talk("explain", request, console);
  if (request.topic && !request.partition) {
    return talk.refuse("which PARTITION of topic \"" + *request.topic + "\"?", exit_usage);
  }
  const auto ask = [&](RestClient& daemon) {
    return explain_body(daemon, request.cluster, request.group, request.topic,
                        request.partition.value_or(0));
  };
  return talk.ask(ask, [&](const std::string& body) -> Result<std::string> {
    const auto answer = parse_explanation(body);
    if (!answer) return answer.error();
    return explain_text(answer.value(), reader.look());
  });
}

}  // namespace tidemark::terminal
