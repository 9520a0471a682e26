#include "daemon/terminal/topics_command.h"

#include "daemon/terminal/queries.h"
#include "daemon/terminal/topics_view.h"

namespace tidemark::terminal {
namespace {

int fail(const Console& console, const std::string& message, int code) {
  console.err << "tidemark topics: " << message << "\n";
  return code;
}

}  // namespace

int topics_command(const TopicsRequest& request, const Reader& reader, const Console& console) {
  auto daemon = RestClient::open(request.url);
  if (!daemon) return fail(console, "--url: " + daemon.error().message, exit_usage);
  const auto body = all_topics_body(*daemon.value(), request.cluster, request.unread);
  if (!body) return fail(console, body.error().message, exit_not_so);
  if (request.json) {
    console.out << body.value() << "\n" << std::flush;
    return console.out ? exit_fine : exit_not_so;
  }
  const auto topics = parse_topics(body.value());
  if (!topics) return fail(console, topics.error().message, exit_not_so);
  console.out << topics_table(topics.value(), reader.look());
  if (topics.value().topics.empty()) {
    console.out << "\n"
                << (request.unread ? "every topic that is written is read" : "no topic") << "\n";
  }
  console.out.flush();
  return console.out ? exit_fine : exit_not_so;
}

}  // namespace tidemark::terminal
