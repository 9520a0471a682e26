#include "notifiers/matcher.h"

#include <fmt/format.h>

#include <utility>

namespace tidemark {
namespace {

const std::string nothing;

const std::string& label(const AlertFacts& facts, const std::string& name) {
  const auto found = facts.labels.find(name);
  return found != facts.labels.end() ? found->second : nothing;
}

bool fits(const std::optional<Pattern>& pattern, const std::string& text) {
  return !pattern || pattern->matches(text);
}

std::string differs(std::string_view what, const std::string& text, const Pattern& pattern) {
  return fmt::format("{} \"{}\" is not \"{}\"", what, text, pattern.text());
}

}  // namespace

AlertFacts facts_of(const Incident& incident, std::map<std::string, std::string> labels) {
  return {incident.key.cluster.get(),
          incident.key.group.get(),
          incident.now.topic.get(),
          std::string{to_string(incident.now.status)},
          std::string{to_string(incident.key.kind)},
          std::move(labels)};
}

bool Matchers::match(const AlertFacts& facts) const {
  for (const auto& [name, pattern] : labels) {
    if (!pattern.matches(label(facts, name))) return false;
  }
  if (not_group && not_group->matches(facts.group)) return false;
  return fits(cluster, facts.cluster) && fits(group, facts.group) && fits(topic, facts.topic) &&
         fits(status, facts.status) && fits(kind, facts.kind);
}

std::string Matchers::mismatch(const AlertFacts& facts) const {
  if (!fits(cluster, facts.cluster)) return differs("cluster", facts.cluster, *cluster);
  if (!fits(group, facts.group)) return differs("group", facts.group, *group);
  if (not_group && not_group->matches(facts.group)) {
    return fmt::format("group \"{}\" is \"{}\", which it does not take", facts.group,
                       not_group->text());
  }
  if (!fits(topic, facts.topic)) return differs("topic", facts.topic, *topic);
  if (!fits(status, facts.status)) return differs("status", facts.status, *status);
  if (!fits(kind, facts.kind)) return differs("kind", facts.kind, *kind);
  for (const auto& [name, pattern] : labels) {
    const std::string& value = label(facts, name);
    if (!pattern.matches(value)) return differs("label " + name, value, pattern);
  }
  return "";
}

}  // namespace tidemark
