#include "daemon/cluster_changes.h"

#include "api/refusals.h"
#include "core/pattern.h"
#include "daemon/alerts/silence_matchers.h"

namespace tidemark {
namespace {

bool takes(const std::optional<std::string>& pattern, const std::string& name) {
  if (!pattern) return true;
  const auto compiled = Pattern::compile(*pattern);
  return compiled && compiled.value().matches(name);
}

// "group payments.*, label team checkout"
std::string what_of(const SilenceRow& row) {
  std::string out;
  const auto add = [&](const std::string& what, const std::optional<std::string>& pattern) {
    if (pattern) out += (out.empty() ? "" : ", ") + what + " \"" + *pattern + "\"";
  };
  add("cluster", row.cluster);
  add("group", row.group);
  add("topic", row.topic);
  add("status", row.status);
  add("kind", row.kind);
  for (const auto& [name, pattern] : row.labels) add("label " + name, pattern);
  return out;
}

Event event_of(EventKind kind, const std::string& author) {
  Event out;
  out.kind = kind;
  out.author = author;
  return out;
}

}  // namespace

Pipeline* ClusterChanges::find(const std::string& cluster) const {
  for (const auto& pipeline : pipelines_) {
    if (pipeline->report()->cluster.get() == cluster) return pipeline.get();
  }
  return nullptr;
}

// Among the events of each cluster that it is about.
void ClusterChanges::tell_of(const SilenceRow& row, Event event) {
  event.subject = "silence " + row.id;
  event.sentence = what_of(row) + ": " + row.comment;
  for (const auto& pipeline : pipelines_) {
    if (takes(row.cluster, pipeline->report()->cluster.get())) pipeline->tell(event);
  }
}

Changes::Covers ClusterChanges::covering(const SilenceRow& matchers) const {
  auto match = matchers_of(matchers);
  if (!match) return [](const IncidentRow&) { return false; };
  return [this, match = std::move(*match)](const IncidentRow& row) {
    AlertFacts facts{row.cluster, row.group, row.topic, row.status, row.kind, {}};
    if (!match.labels.empty()) {
      facts.labels = desk_->labels({ClusterName{row.cluster}, GroupName{row.group},
                                    incident_kind_from(row.kind).value_or(IncidentKind::status)});
    }
    return match.match(facts);
  };
}

void ClusterChanges::silence_is_over(const SilenceRow& row) {
  Event event = event_of(EventKind::silence_ended, "");
  event.at = row.end;
  tell_of(row, std::move(event));
}

Changed<SilenceRow> ClusterChanges::add_silence(const WantedSilence& wanted) {
  bool any = false;
  for (const auto& pipeline : pipelines_) {
    any = any || takes(wanted.row.cluster, pipeline->report()->cluster.get());
  }
  if (!any) {
    return Refusal{400, "bad_parameter",
                   "no cluster of the configuration is \"" + wanted.row.cluster.value_or("") + "\"",
                   "cluster"};
  }
  auto changed = desk_->add_silence(wanted);
  if (const auto* row = std::get_if<SilenceRow>(&changed)) {
    tell_of(*row, event_of(EventKind::silence_began, row->author));
  }
  return changed;
}

Changed<SilenceRow> ClusterChanges::end_silence(const std::string& id, const std::string& author) {
  auto changed = desk_->end_silence(id);
  if (const auto* ended = std::get_if<EndedSilence>(&changed)) {
    if (ended->now) tell_of(ended->row, event_of(EventKind::silence_ended, author));
    return ended->row;
  }
  return std::get<Refusal>(changed);
}

Changed<IncidentRow> ClusterChanges::acknowledge(const AcknowledgementRow& row) {
  auto changed = desk_->acknowledge(row);
  if (const auto* incident = std::get_if<IncidentRow>(&changed)) {
    Event event = event_of(EventKind::incident_acknowledged, row.author);
    event.subject = incident->kind;
    event.group = incident->group;
    event.reason = incident->id;
    event.sentence = row.comment.empty() ? "somebody takes care of it" : row.comment;
    if (Pipeline* pipeline = find(incident->cluster)) pipeline->tell(std::move(event));
  }
  return changed;
}

std::optional<Refusal> ClusterChanges::forget_group(const std::string& cluster,
                                                    const std::string& group,
                                                    const std::string& author) {
  Pipeline* pipeline = find(cluster);
  if (pipeline == nullptr) return no_cluster(cluster);
  const auto known = pipeline->forget_group(group, author);
  if (!known) {
    return Refusal{503, "busy",
                   "cluster \"" + cluster + "\" is too busy to forget it now; ask again", ""};
  }
  if (!*known) return no_group(cluster, group);
  return std::nullopt;
}

std::optional<Refusal> ClusterChanges::reload(const std::string& author) {
  if (auto refusal = reload_()) return refusal;
  for (const auto& pipeline : pipelines_) {
    Event event = event_of(EventKind::configuration_reloaded, author);
    event.subject = "this process";
    event.sentence = "the configuration was read anew; the daemon starts again with it";
    pipeline->tell(std::move(event));
  }
  return std::nullopt;
}

}  // namespace tidemark
