#include "notifiers/bundle_json.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace tidemark {
namespace {

using Json = nlohmann::json;

Json member_json(const Member& member) {
  Json out = {{"unsettled", member.unsettled}};
  if (member.told) {
    out["told"] = static_cast<int>(*member.told);
    out["told_at"] = to_ms(member.told_at);
  }
  if (member.digest) out["digest"] = true;
  if (member.listed) out["listed"] = true;
  if (member.held) out["held"] = static_cast<int>(*member.held);
  return out;
}

Member member_of(const Json& json, Incident incident) {
  Member out;
  out.incident = std::move(incident);
  out.unsettled = json.value("unsettled", 0U);
  if (json.contains("told")) {
    out.told = static_cast<GroupStatus>(json.at("told").get<int>());
    out.told_at = from_ms(json.at("told_at").get<std::int64_t>());
  }
  out.digest = json.value("digest", false);
  out.listed = json.value("listed", false);
  if (json.contains("held")) out.held = static_cast<Fate>(json.at("held").get<int>());
  return out;
}

}  // namespace

std::string to_json(const Bundle::State& state) {
  Json out = {{"begun", to_ms(state.begun)}, {"told_at", to_ms(state.told_at)},
              {"messages", state.messages},  {"escalated", state.escalated},
              {"alive", Json::array()},      {"members", Json::object()}};
  if (state.due) out["due"] = to_ms(*state.due);
  for (const auto& [receiver, at] : state.alive) out["alive"].push_back({receiver, to_ms(at)});
  for (const auto& [id, member] : state.members) out["members"][id] = member_json(member);
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Bundle::State> bundle_from_json(
    const std::string& route, const std::string& key, const std::string& text,
    const std::function<std::optional<Incident>(const std::string& id)>& incident) {
  try {
    const Json json = Json::parse(text);
    Bundle::State out;
    out.route = route;
    out.key = key;
    out.begun = from_ms(json.at("begun").get<std::int64_t>());
    out.told_at = from_ms(json.at("told_at").get<std::int64_t>());
    out.messages = json.at("messages").get<std::uint32_t>();
    out.escalated = json.at("escalated").get<std::uint32_t>();
    if (json.contains("due")) out.due = from_ms(json.at("due").get<std::int64_t>());
    for (const Json& each : json.at("alive")) {
      out.alive[each.at(0).get<std::string>()] = from_ms(each.at(1).get<std::int64_t>());
    }
    for (const auto& [id, member] : json.at("members").items()) {
      if (auto found = incident(id)) out.members[id] = member_of(member, std::move(*found));
    }
    return out;
  } catch (const Json::exception& error) {
    return Error{"what was told by route \"" + route + "\" can't be read: " + error.what()};
  }
}

}  // namespace tidemark
