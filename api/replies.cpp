#include "api/replies.h"

#include <nlohmann/json.hpp>

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

HttpReply json_reply(int status, std::string body) {
  HttpReply reply;
  reply.status = status;
  reply.content_type = "application/json";
  reply.body = std::move(body);
  reply.headers = {{"Cache-Control", "no-store"}};
  return reply;
}

HttpReply refusal_reply(const Refusal& refusal) {
  const Json field = refusal.field.empty() ? Json() : Json(refusal.field);
  const Json error = {{"code", refusal.code}, {"message", refusal.message}, {"field", field}};
  return json_reply(refusal.status, dump({{"error", error}}));
}

HttpReply data_reply(const std::string& data, const std::optional<Page>& page, Instant as_of,
                     int status) {
  Json about;
  if (page) {
    about["limit"] = page->limit;
    about["next_cursor"] = page->next_cursor ? Json(*page->next_cursor) : Json();
    about["total"] = page->total ? Json(*page->total) : Json();
    if (page->problem) about["problem"] = *page->problem;
  }
  const std::string rest =
      R"(,"page":)" + dump(about) + R"(,"as_of_ms":)" + std::to_string(to_ms(as_of)) + "}";
  constexpr std::string_view begin = R"({"data":)";
  std::string body;
  body.reserve(begin.size() + data.size() + rest.size());
  body.append(begin).append(data).append(rest);
  return json_reply(status, std::move(body));
}

std::string json_string(std::string_view text) { return dump(Json(text)); }

std::string array_of(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) {
    if (out.size() > 1) out += ',';
    out += item;
  }
  return out + "]";
}

}  // namespace tidemark
