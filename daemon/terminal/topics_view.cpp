#include "daemon/terminal/topics_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/terminal/numbers.h"

namespace tidemark::terminal {
namespace {

std::string size_text(std::int64_t bytes) {
  constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1024 && unit + 1 < units.size(); ++unit) value /= 1024;
  return fmt::format("{:.4g} {}", value, units[unit]);
}

std::string rate_text(std::optional<double> rate) {
  if (!rate) return "-";
  if (*rate > 0 && *rate < 10) return fmt::format("{:.1f}/s", *rate);
  return grouped(static_cast<std::int64_t>(*rate)) + "/s";
}

Cell unread_cell(const TopicAnswer& topic, std::int64_t now_ms) {
  if (!topic.unread_since_ms) return {"", Tone::plain};
  const auto since =
      static_cast<double>(std::max<std::int64_t>(now_ms - *topic.unread_since_ms, 0));
  return {"for " + span(since / 1000), Tone::warning};
}

}  // namespace

std::string retention_text(const std::optional<TopicAnswer::Settings>& settings) {
  if (!settings) return "-";
  std::string out;
  if (settings->deletes) {
    if (settings->retention) out = span(*settings->retention);
    if (settings->retention_bytes) {
      out += (out.empty() ? "" : " or ") + size_text(*settings->retention_bytes);
    }
  }
  if (settings->compacts) return out.empty() ? "compacted" : out + ", compacted";
  return out.empty() ? "for ever" : out;
}

std::string topics_table(const TopicsAnswer& answer, const Look& look) {
  Table table{{{"CLUSTER", false, 8},
               {"TOPIC", false, 16},
               {"PARTITIONS", true},
               {"READERS", true},
               {"WRITTEN", true},
               {"RETENTION", false, 10},
               {"UNREAD", false, 8}},
              {}};
  for (const TopicAnswer& topic : answer.topics) {
    table.rows.push_back({{topic.cluster},
                          {topic.topic, Tone::strong},
                          {grouped(topic.partition_count)},
                          {grouped(topic.readers)},
                          {rate_text(topic.produced_per_second)},
                          {retention_text(topic.settings)},
                          unread_cell(topic, answer.as_of_ms)});
  }
  return render(table, look);
}

}  // namespace tidemark::terminal
