// Reads what a silence is to match from a request: a body or a query, which refuse what is wrong by
// its name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/pattern.h"
#include "storage/alert_rows.h"

namespace tidemark {

constexpr std::size_t most_silence_labels = 50;

template <class Reader>
std::optional<std::string> read_pattern(Reader& reader, std::string_view name) {
  auto text = reader.text(name);
  if (!text) return std::nullopt;
  const auto pattern = Pattern::compile(*text);
  if (!pattern) reader.refuse(name, "\"" + *text + "\" is " + pattern.error().message);
  return text;
}

template <class Reader>
void read_matchers(Reader& reader, std::map<std::string, std::string> labels, SilenceRow& into) {
  into.cluster = read_pattern(reader, "cluster");
  into.group = read_pattern(reader, "group");
  into.topic = read_pattern(reader, "topic");
  into.status = read_pattern(reader, "status");
  into.kind = read_pattern(reader, "kind");
  into.labels = std::move(labels);
  if (into.labels.size() > most_silence_labels) reader.refuse("labels", "there are more than 50");
  for (const auto& [name, text] : into.labels) {
    const auto pattern = Pattern::compile(text);
    if (!pattern) {
      reader.refuse("labels", name + ": \"" + text + "\" is " + pattern.error().message);
    }
  }
  const bool any = into.cluster || into.group || into.topic || into.status || into.kind;
  if (any || !into.labels.empty()) return;
  reader.refuse("group",
                "say what to silence by at least one of cluster, group, topic, status, kind and "
                "labels; group \".*\" is everything",
                "missing_parameter");
}

}  // namespace tidemark
