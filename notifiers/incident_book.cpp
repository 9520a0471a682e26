#include "notifiers/incident_book.h"

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

bool tells_of(const Look& look, IncidentKind kind) {
  return std::any_of(look.troubles.begin(), look.troubles.end(),
                     [&](const Trouble& trouble) { return trouble.kind == kind; });
}

bool hides(const Look& look, IncidentKind kind) {
  return !look.sure || std::find(look.hidden.begin(), look.hidden.end(), kind) != look.hidden.end();
}

}  // namespace

IncidentBook::IncidentBook(ClusterName cluster, BookSettings settings)
    : cluster_(std::move(cluster)), settings_(settings) {}

void IncidentBook::restore(std::vector<Incident> open) {
  for (Incident& incident : open) {
    Entry entry;
    const bool of_cluster = is_of_cluster(incident.key.kind);
    Entries& entries = of_cluster ? cluster_entries_ : groups_[incident.key.group];
    entry.incident = std::move(incident);
    entry.open = true;
    entries.push_back(std::move(entry));
  }
}

void IncidentBook::look_at_group(const GroupName& group, const Look& look, Instant at) {
  const auto known = groups_.find(group);
  if (known != groups_.end()) {
    this->look(known->second, group, look, at);
  } else if (look.sure && !look.troubles.empty()) {
    this->look(groups_[group], group, look, at);
  }
}

void IncidentBook::look_at_cluster(const Look& look, Instant at) {
  this->look(cluster_entries_, GroupName{}, look, at);
}

void IncidentBook::look(Entries& entries, const GroupName& group, const Look& look, Instant at) {
  std::erase_if(entries, [&](const Entry& entry) {
    const IncidentKind kind = entry.incident.key.kind;
    return !entry.open && !tells_of(look, kind) && !hides(look, kind);
  });
  for (Entry& entry : entries) {
    const IncidentKind kind = entry.incident.key.kind;
    if (hides(look, kind)) {
      unsure(entry, at);
    } else if (!tells_of(look, kind)) {
      well(entry, at);
    }
  }
  if (!look.sure) return;
  for (const Trouble& each : look.troubles) trouble(entries, group, each, at);
}

void IncidentBook::unsure(Entry& entry, Instant at) {
  entry.bad.pause(at);
  entry.worse.pause(at);
  entry.known.pause(at);
  entry.well.pause(at);
}

void IncidentBook::well(Entry& entry, Instant at) const {
  entry.worse.reset();
  entry.known.reset();
  entry.well.run(at);
  if (!entry.well_at) entry.well_at = at;
}

void IncidentBook::trouble(Entries& entries, const GroupName& group, const Trouble& trouble,
                           Instant at) {
  const auto same = [&](const Entry& entry) {
    return !entry.ended && entry.incident.key.kind == trouble.kind;
  };
  auto found = std::find_if(entries.begin(), entries.end(), same);
  const bool found_before = found != entries.end();
  if (!found_before) {
    entries.emplace_back();
    found = entries.end() - 1;
    found->incident.key = {cluster_, group, trouble.kind};
  }
  Entry& entry = *found;
  // A trouble that comes back, or goes from one status to another, began when the incident did.
  Instant since = found_before ? entry.incident.now.since : trouble.since;
  if (since == Instant{}) since = at;
  const bool learning = entry.open ? entry.incident.now.learning : trouble.learning;
  entry.incident.now = trouble;
  entry.incident.now.learning = learning;
  entry.incident.now.since = since;
  if (!entry.open) {
    entry.bad.run(at);
    return;
  }
  if (entry.well_at) ++entry.incident.flaps;
  entry.well_at.reset();
  entry.well.reset();
  if (trouble.status > entry.incident.worst) {
    entry.worse.run(at);
  } else {
    entry.worse.reset();
  }
  if (learning && !trouble.learning) {
    entry.known.run(at);
  } else {
    entry.known.reset();
  }
}

void IncidentBook::end(Entry& entry, IncidentEnd why, Instant at) {
  entry.ended = true;
  entry.incident.end = why;
  entry.incident.until = at;
}

void IncidentBook::group_gone(const GroupName& group, Instant at) {
  const auto known = groups_.find(group);
  if (known == groups_.end()) return;
  std::erase_if(known->second, [](const Entry& entry) { return !entry.open; });
  for (Entry& entry : known->second) end(entry, IncidentEnd::group_deleted, at);
  if (known->second.empty()) groups_.erase(known);
}

void IncidentBook::close_all(Instant at) {
  const auto close = [&](Entries& entries) {
    std::erase_if(entries, [](const Entry& entry) { return !entry.open; });
    for (Entry& entry : entries) end(entry, IncidentEnd::not_watched, at);
  };
  close(cluster_entries_);
  for (auto& [group, entries] : groups_) close(entries);
}

void IncidentBook::advance(Entry& entry, Instant at, std::vector<IncidentChange>& out) const {
  Incident& incident = entry.incident;
  if (!entry.open && entry.bad.runs_for(settings_.hold, at)) {
    entry.open = true;
    incident.opened = at;
    incident.worst = incident.now.status;
    incident.id = incident_id(incident.key, at);
    out.push_back({IncidentStep::opened, incident});
  } else if (entry.open && !entry.ended && entry.worse.runs_for(settings_.hold, at)) {
    entry.worse.reset();
    incident.worst = incident.now.status;
    out.push_back({IncidentStep::worsened, incident});
  }
  if (entry.open && !entry.ended && entry.known.runs_for(settings_.hold, at)) {
    entry.known.reset();
    incident.now.learning = false;
    out.push_back({IncidentStep::confirmed, incident});
  }
  if (entry.well.runs_for(settings_.resolve_after, at) && !entry.ended) {
    end(entry, IncidentEnd::recovered, *entry.well_at);
  }
  if (entry.ended) out.push_back({IncidentStep::ended, incident});
}

std::vector<IncidentChange> IncidentBook::advance(Instant at) {
  std::vector<IncidentChange> out;
  const auto step = [&](Entries& entries) {
    for (Entry& entry : entries) advance(entry, at, out);
    std::erase_if(entries, [](const Entry& entry) { return entry.ended; });
  };
  step(cluster_entries_);
  for (auto at_group = groups_.begin(); at_group != groups_.end();) {
    step(at_group->second);
    at_group = at_group->second.empty() ? groups_.erase(at_group) : std::next(at_group);
  }
  std::stable_sort(out.begin(), out.end(), [](const IncidentChange& a, const IncidentChange& b) {
    return a.incident.key < b.incident.key;
  });
  return out;
}

void IncidentBook::each_open(const std::function<void(const Incident&)>& visit) const {
  const auto visit_open = [&](const Entries& entries) {
    for (const Entry& entry : entries) {
      if (entry.open && !entry.ended) visit(entry.incident);
    }
  };
  visit_open(cluster_entries_);
  for (const auto& [group, entries] : groups_) visit_open(entries);
}

}  // namespace tidemark
