#include "daemon/alerts/silence_matchers.h"

#include <utility>

namespace tidemark {
namespace {

std::optional<Pattern> pattern_of(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  auto pattern = Pattern::compile(*text);
  if (pattern) return std::move(pattern.value());
  return std::nullopt;
}

}  // namespace

std::optional<Matchers> matchers_of(const SilenceRow& row) {
  Matchers out;
  const auto fits = [](const auto& text, const auto& pattern) {
    return text.has_value() == pattern.has_value();
  };
  out.cluster = pattern_of(row.cluster);
  out.group = pattern_of(row.group);
  out.topic = pattern_of(row.topic);
  out.status = pattern_of(row.status);
  out.kind = pattern_of(row.kind);
  for (const auto& [name, text] : row.labels) {
    if (auto pattern = pattern_of(text)) out.labels.emplace(name, std::move(*pattern));
  }
  const bool whole = fits(row.cluster, out.cluster) && fits(row.group, out.group) &&
                     fits(row.topic, out.topic) && fits(row.status, out.status) &&
                     fits(row.kind, out.kind) && row.labels.size() == out.labels.size();
  if (!whole) return std::nullopt;
  return out;
}

}  // namespace tidemark
