// /api/v1/silences/preview: about what a silence would be, before anybody asks for it.
#include <algorithm>
#include <sstream>

#include "api/incident_json.h"
#include "api/json_writer.h"
#include "api/lookup.h"
#include "api/native.h"
#include "api/open_alerts.h"
#include "api/query.h"
#include "api/refusals.h"
#include "api/router.h"
#include "api/silence_request.h"

namespace tidemark {
namespace {

constexpr std::size_t most_shown = 20;  // of the incidents, and of the groups

// "team=checkout", one a line.
std::map<std::string, std::string> read_labels(QueryReader& reader) {
  std::map<std::string, std::string> out;
  std::istringstream lines(reader.text("labels").value_or(""));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) {
      reader.refuse("labels", "\"" + line + "\" is not NAME=PATTERN");
      return {};
    }
    out[line.substr(0, equals)] = line.substr(equals + 1);
  }
  return out;
}

// Whatever trouble it has, or none.
SilenceRow of_groups(SilenceRow matchers) {
  matchers.topic.reset();
  matchers.status.reset();
  matchers.kind.reset();
  return matchers;
}

void write_groups(JsonWriter& out, const View& view, const Changes::Covers& covers) {
  std::size_t count = 0;
  IncidentRow one;
  out.key("groups").begin_array();
  for (const auto& report : view.reports()) {
    one.cluster = report->cluster.get();
    for (const auto& group : report->groups) {
      one.group = group->name.get();
      if (!covers(one) || ++count > most_shown) continue;
      out.begin_object().field("cluster", one.cluster).field("group", one.group).end_object();
    }
  }
  out.end_array().field("group_count", count);
}

void write_incidents(JsonWriter& out, std::vector<IncidentRow> open,
                     const Changes::Covers& covers) {
  out.field("open_count", open.size());
  std::erase_if(open, [&](const IncidentRow& row) { return !covers(row); });
  std::sort(open.begin(), open.end(),
            [](const IncidentRow& a, const IncidentRow& b) { return a.opened > b.opened; });
  out.field("incident_count", open.size()).key("incidents").begin_array();
  open.resize(std::min(open.size(), most_shown));
  for (const IncidentRow& row : open) out.raw(incident_json(row));
  out.end_array();
}

}  // namespace

HttpReply preview_silence(const Call& call) {
  QueryReader reader(call.target, {"cluster", "group", "topic", "status", "kind", "labels"});
  SilenceRow matchers;
  read_matchers(reader, read_labels(reader), matchers);
  if (reader.refusal()) return refusal_reply(*reader.refusal());
  if (call.site.changes == nullptr)
    return refusal_reply({503, "changes_off", "nothing is told", ""});
  AlertFile file;
  if (const auto closed = open_alerts(call.site.view, file)) return refusal_reply(*closed);
  std::vector<IncidentRow> open = file.open_incidents();
  if (const auto failed = file.take_error(); !failed.ok()) {
    return refusal_reply(no_alerts(failed.message));
  }
  JsonWriter out;
  out.begin_object();
  write_incidents(out, std::move(open), call.site.changes->covering(matchers));
  write_groups(out, call.site.view, call.site.changes->covering(of_groups(matchers)));
  out.end_object();
  return data_reply(out.take(), std::nullopt, as_of(call.site.view.reports()));
}

}  // namespace tidemark
