#include "daemon/terminal/change_commands.h"

#include <nlohmann/json.hpp>

#include "daemon/rest_url.h"
#include "daemon/terminal/fields.h"
#include "daemon/terminal/text.h"

namespace tidemark::terminal {
namespace {

using Json = nlohmann::json;

std::string body_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// A field of the answer's data; empty if it is not there.
std::string of(const std::string& answer, const char* key) {
  const Json json = Json::parse(answer, nullptr, false);
  const bool there = json.is_object() && json.contains("data") && json["data"].is_object();
  return there ? printable(text(json["data"], key)) : "";
}

}  // namespace

int acknowledge_command(const AcknowledgeRequest& request, const Console& console) {
  Json body = {{"author", author_of(request)}};
  if (!request.comment.empty()) body["comment"] = request.comment;
  return change(
      request, "acknowledge", "POST",
      "/api/v1/incidents/" + url_encoded(request.incident) + "/acknowledge", body_of(body),
      [](const std::string& answer) {
        return of(answer, "cluster") + " " + of(answer, "group") + " " + of(answer, "kind") +
               ": acknowledged by " + of(answer, "acknowledged_by");
      },
      console);
}

int forget_command(const ForgetRequest& request, const Console& console) {
  return change(
      request, "forget", "DELETE",
      "/api/v1/clusters/" + url_encoded(request.cluster) + "/groups/" + url_encoded(request.group),
      body_of({{"author", author_of(request)}}),
      [](const std::string& answer) {
        return of(answer, "cluster") + " " + of(answer, "group") +
               ": forgotten until its next commit";
      },
      console);
}

int reload_command(const ChangeRequest& request, const Console& console) {
  return change(
      request, "reload", "POST", "/api/v1/reload", body_of({{"author", author_of(request)}}),
      [](const std::string&) {
        return std::string("the configuration is good; the daemon starts again with it");
      },
      console);
}

}  // namespace tidemark::terminal
