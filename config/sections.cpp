// [http], [storage], [log] and [metrics].
#include <cstdint>

#include "config/address.h"
#include "config/fields.h"
#include "config/receiver_values.h"

namespace tidemark {
namespace {

using std::chrono::hours;

using LevelWord = std::pair<std::string_view, log::Level>;
constexpr std::array<LevelWord, 4> levels{{{"debug", log::Level::debug},
                                           {"info", log::Level::info},
                                           {"warn", log::Level::warn},
                                           {"error", log::Level::error}}};
constexpr std::array<std::pair<std::string_view, bool>, 2> formats{
    {{"text", false}, {"json", true}}};

constexpr std::array<std::pair<std::string_view, Granularity>, 4> granularities{
    {{"partition", Granularity::partition},
     {"topic", Granularity::topic},
     {"group", Granularity::group},
     {"none", Granularity::none}}};

constexpr std::uint64_t most_series = 1'000'000'000;
constexpr std::uint64_t least_log_bytes = 10'000;
constexpr std::uint64_t most_log_bytes = 1'000'000'000'000;
constexpr std::uint64_t least_history_bytes = 1'000'000;
constexpr std::uint64_t most_history_bytes = 100'000'000'000'000;
constexpr Duration longest_age = hours{24 * 3650};

void read_listen(const ConfigValue& value, HttpConfig& http) {
  const auto text = value.text();
  if (!text) return;
  const auto address = parse_address(*text, 0);
  if (address) {
    http.listen = *text;
  } else {
    value.wrong(value.cite(*text) + " " + address.error().message +
                ", for example \"127.0.0.1:8000\", or \"0.0.0.0:8000\" for every interface");
  }
}

bool is_origin(std::string_view text) {
  if (text.empty() || text == "*") return true;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (text.substr(0, scheme.size()) != scheme) continue;
    const auto rest = text.substr(scheme.size());
    return !rest.empty() && rest.find_first_of("/ \t\r\n\"'<>,") == std::string_view::npos;
  }
  return false;
}

void read_allow_origin(const ConfigValue& value, HttpConfig& http) {
  const auto text = value.text();
  if (!text) return;
  if (is_origin(*text)) {
    http.allow_origin = *text;
  } else {
    value.wrong(value.cite(*text) +
                " is not an origin; write \"*\" or \"https://host\", without a path");
  }
}

void read_page_url(const ConfigValue& value, HttpConfig& http) {
  if (value.node().kind == ConfigNode::Kind::text && value.node().text.empty()) return;
  read_url(value, http.page_url);
}

// A path that this process can use as it is written.
void read_path(const ConfigValue& value, std::string& target) {
  const auto text = value.text();
  if (!text) return;
  if (text->substr(0, 1) == "~") {
    value.wrong(value.cite(*text) + " begins with ~, which only a shell knows; write \"${HOME}" +
                (text->substr(0, 2) == "~/" ? "/…\"" : "\""));
  } else if (text->find('\0') != std::string::npos) {
    value.wrong("has a NUL character, which no path may have");
  } else {
    target = *text;
  }
}

// History counts in whole seconds, and an hour holds a whole number of intervals.
void read_history_interval(const ConfigValue& value, StorageConfig& to) {
  Duration interval = to.history_interval;
  value.into(interval, std::chrono::seconds{1}, hours{1});
  if (interval % std::chrono::seconds{1} == Duration{0} && hours{1} % interval == Duration{0}) {
    to.history_interval = interval;
  } else {
    value.wrong("an hour is no multiple of it; write \"10s\", \"30s\", \"1m\" or \"5m\"");
  }
}

}  // namespace

const Fields<HttpConfig>& http_fields() {
  static const Fields<HttpConfig> fields{
      {"listen", R"("127.0.0.1:8000")", read_listen},
      {"threads", "64", [](const ConfigValue& v, HttpConfig& to) { v.into(to.threads, 1, 4096); }},
      {"allow_origin", R"("")", read_allow_origin},
      {"page_url", R"("")", read_page_url},
  };
  return fields;
}

const Fields<StorageConfig>& storage_fields() {
  static const Fields<StorageConfig> fields{
      {"state_dir", R"("")",
       [](const ConfigValue& v, StorageConfig& to) { read_path(v, to.state_dir); }},
      {"snapshot", "true", [](const ConfigValue& v, StorageConfig& to) { v.into(to.snapshot); }},
      {"snapshot_interval", R"("60s")",
       [](const ConfigValue& v, StorageConfig& to) {
         v.into(to.snapshot_interval, std::chrono::seconds{1}, hours{1});
       }},
      {"history", "true", [](const ConfigValue& v, StorageConfig& to) { v.into(to.history); }},
      {"history_interval", R"("30s")", read_history_interval},
      {"max_age", R"("14d")",
       [](const ConfigValue& v, StorageConfig& to) { v.into(to.max_age, hours{2}, longest_age); }},
      {"totals_max_age", R"("400d")",
       [](const ConfigValue& v, StorageConfig& to) {
         v.into(to.totals_max_age, hours{2}, longest_age);
       }},
      {"max_bytes", "10000000000",
       [](const ConfigValue& v, StorageConfig& to) {
         v.into(to.max_bytes, least_history_bytes, most_history_bytes);
       }},
      {"events_max_age", R"("365d")",
       [](const ConfigValue& v, StorageConfig& to) {
         v.into(to.events_max_age, hours{2}, longest_age);
       }},
      {"events_max_bytes", "1000000000",
       [](const ConfigValue& v, StorageConfig& to) {
         v.into(to.events_max_bytes, least_history_bytes, most_history_bytes);
       }},
  };
  return fields;
}

const Fields<log::Settings>& log_fields() {
  using Log = log::Settings;
  static const Fields<Log> fields{
      {"level", R"("info")", [](const ConfigValue& v, Log& to) { read_word(v, levels, to.level); }},
      {"format", R"("text")",
       [](const ConfigValue& v, Log& to) { read_word(v, formats, to.json); }},
      {"file", R"("")", [](const ConfigValue& v, Log& to) { read_path(v, to.file); }},
      {"max_bytes", "100000000",
       [](const ConfigValue& v, Log& to) {
         v.into(to.max_bytes, least_log_bytes, most_log_bytes);
       }},
      {"max_files", "5", [](const ConfigValue& v, Log& to) { v.into(to.max_files, 0, 1000); }},
  };
  return fields;
}

const Fields<MetricsConfig>& metrics_fields() {
  static const Fields<MetricsConfig> fields{
      {"granularity", R"("partition")",
       [](const ConfigValue& v, MetricsConfig& to) {
         read_word(v, granularities, to.granularity);
       }},
      {"max_series", "10000000",
       [](const ConfigValue& v, MetricsConfig& to) { v.into(to.max_series, 0, most_series); }},
      {"topics", "true", [](const ConfigValue& v, MetricsConfig& to) { v.into(to.topics); }},
      {"burrow", "true", [](const ConfigValue& v, MetricsConfig& to) { v.into(to.burrow); }},
  };
  return fields;
}

}  // namespace tidemark
