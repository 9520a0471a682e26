#include "daemon/terminal/topics_command.h"

#include "daemon/terminal/queries.h"
#include "daemon/terminal/topics_view.h"

namespace tidemark::terminal {
int topics_command(const TopicsRequest& request, const Reader& reader, const Console& console) {
  const auto ask = [&](RestClient& daemon) {
    return all_topics_body(daemon, request.cluster, request.unread);
  };
  const auto show = [&](const std::string& body) -> Result<std::string> {
    const auto answer = parse_topics(body);
    if (!answer) return answer.error();
    const std::string table = topics_table(answer.value(), reader.look());
    if (!answer.value().topics.empty()) return table;
    return table + (request.unread ? "\nevery topic that is written is read\n" : "\nno topic\n");
  };
  return Talk("topics", request, console).ask(ask, show);
}

}  // namespace tidemark::terminal
