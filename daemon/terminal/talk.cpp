#include "daemon/terminal/talk.h"

namespace tidemark::terminal {

Talk::Talk(std::string_view command, const Question& question, const Console& console)
    : command_(command), question_(question), console_(console) {}

void Talk::note(const std::string& message) const {
  console_.err << "tidemark " << command_ << ": " << message << "\n";
}

int Talk::refuse(const std::string& message, int code) const {
  note(message);
  return code;
}

int Talk::connect(const std::function<int(RestClient& daemon)>& talk) const {
  const auto daemon = RestClient::open(question_.url);
  if (!daemon) return refuse("--url: " + daemon.error().message, exit_usage);
  return talk(*daemon.value());
}

int Talk::print(const Result<std::string>& body, const Show& show) const {
  if (!body) return refuse(body.error().message);
  const auto text = question_.json ? body.value() + "\n" : show(body.value());
  if (!text) return refuse(text.error().message);
  console_.out << text.value();
  return end();
}

int Talk::ask(const Ask& ask, const Show& show) const {
  return connect([&](RestClient& daemon) { return print(ask(daemon), show); });
}

int Talk::end() const {
  console_.out.flush();
  return console_.out ? exit_fine : exit_not_so;
}

}  // namespace tidemark::terminal
