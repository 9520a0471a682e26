#include "notifiers/dispatcher.h"

#include <algorithm>

#include "notifiers/first_day.h"

namespace tidemark {

Dispatcher::Dispatcher(DispatcherSettings settings, LabelsOf labels)
    : settings_(std::move(settings)), labels_(std::move(labels)) {}

const AlertRoute* Dispatcher::route(const std::string& name) const {
  for (const AlertRoute& each : settings_.routes.routes()) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

void Dispatcher::restore(std::vector<Bundle::State> bundles, const std::vector<Incident>& open,
                         Instant now) {
  for (Bundle::State& state : bundles) {
    BundleKey key{state.route, state.key};
    if (route(state.route) == nullptr) {
      changed_.insert(std::move(key));
      continue;
    }
    for (const auto& [id, member] : state.members) bundles_of_[id].insert(key);
    const auto added = bundles_.emplace(std::move(key), Bundle(std::move(state))).first;
    added->second.take_up(settings_.digest_at);
  }
  for (const Incident& incident : open) {
    if (is_of_cluster(incident.key.kind)) causes_[incident.key.cluster].insert(incident.id);
    if (bundles_of_.count(incident.id) == 0) take({IncidentStep::opened, incident}, now);
  }
}

void Dispatcher::note_cause(const IncidentChange& change) {
  const Incident& incident = change.incident;
  if (!is_of_cluster(incident.key.kind)) return;
  std::set<std::string>& open = causes_[incident.key.cluster];
  if (change.step == IncidentStep::ended) {
    open.erase(incident.id);
  } else {
    open.insert(incident.id);
  }
}

void Dispatcher::take(const IncidentChange& change, Instant now) {
  note_cause(change);
  const Incident& incident = change.incident;
  const AlertFacts facts = facts_of(incident, labels_(incident.key));
  std::set<BundleKey> known = bundles_of_[incident.id];
  bool taken = false;
  if (change.step != IncidentStep::ended) {
    for (const std::size_t taker : settings_.routes.takers(facts)) {
      const AlertRoute& route = settings_.routes.routes()[taker];
      if (route.receivers.empty()) continue;
      taken = true;
      // One that is told of it already stays told in the bundle where it was begun.
      const bool has_it = std::any_of(known.begin(), known.end(), [&](const BundleKey& key) {
        return key.first == route.name;
      });
      if (!has_it) take_into(taker, incident, facts, now);
    }
  }
  for (const BundleKey& key : known) {
    taken = true;
    Bundle& bundle = bundles_.at(key);
    const bool digest = incident.now.learning && now < settings_.digest_at;
    bundle.take(incident, digest, *route(key.first), now);
    changed_.insert(key);
  }
  if (!taken) ++fates_.at(static_cast<std::size_t>(Fate::unrouted));
  if (bundles_of_[incident.id].empty()) bundles_of_.erase(incident.id);
  if (change.step == IncidentStep::ended) acknowledged_.erase(incident.id);
}

void Dispatcher::take_into(std::size_t taker, const Incident& incident, const AlertFacts& facts,
                           Instant now) {
  const AlertRoute& route = settings_.routes.routes()[taker];
  const BundleKey key{route.name, route.bundle_of(facts)};
  auto found = bundles_.find(key);
  if (found == bundles_.end()) {
    Bundle::State state;
    state.route = key.first;
    state.key = key.second;
    state.begun = now;
    found = bundles_.emplace(key, Bundle(std::move(state))).first;
  }
  found->second.take(incident, incident.now.learning && now < settings_.digest_at, route, now);
  bundles_of_[incident.id].insert(key);
  changed_.insert(key);
}

std::optional<Fate> Dispatcher::holds(const Member& member, Instant now) const {
  const Incident& incident = member.incident;
  if (member.digest && now < settings_.digest_at) return Fate::digested;
  const auto cause = causes_.find(incident.key.cluster);
  const bool out_of_sight = cause != causes_.end() && !cause->second.empty();
  if (out_of_sight && !is_of_cluster(incident.key.kind)) return Fate::held_by_cause;
  if (silences_.empty()) return std::nullopt;
  const AlertFacts facts = facts_of(incident, labels_(incident.key));
  for (const Silence& silence : silences_) {
    if (silence.covers(facts, now)) return Fate::silenced;
  }
  return std::nullopt;
}

std::vector<Telling> Dispatcher::advance(Instant now) {
  std::vector<Telling> out;
  for (auto at = bundles_.begin(); at != bundles_.end();) {
    const Bundle::Circumstances in{
        now,
        *route(at->first.first),
        settings_.digest_at,
        [&](const Member& member) { return holds(member, now); },
        [&](const Incident& incident) { return acknowledged_.count(incident.id) > 0; },
        [&](const std::string& receiver) -> std::optional<Duration> {
          const auto found = settings_.keep_alive.find(receiver);
          return found != settings_.keep_alive.end() ? std::optional(found->second) : std::nullopt;
        },
        [&](Fate fate, std::uint32_t changes) {
          fates_.at(static_cast<std::size_t>(fate)) += changes;
        }};
    std::vector<std::string> before;
    for (const auto& [id, member] : at->second.state().members) {
      if (member.over()) before.push_back(id);
    }
    if (at->second.advance(in, out)) changed_.insert(at->first);
    for (const std::string& id : before) {
      if (at->second.has(id)) continue;
      std::set<BundleKey>& keys = bundles_of_[id];
      keys.erase(at->first);
      if (keys.empty()) bundles_of_.erase(id);
    }
    at = at->second.empty() ? bundles_.erase(at) : std::next(at);
  }
  merge_digests(out);
  return out;
}

std::vector<std::pair<Dispatcher::BundleKey, const Bundle::State*>> Dispatcher::take_changed() {
  std::vector<std::pair<BundleKey, const Bundle::State*>> out;
  for (const BundleKey& key : changed_) {
    const auto found = bundles_.find(key);
    out.emplace_back(key, found != bundles_.end() ? &found->second.state() : nullptr);
  }
  changed_.clear();
  return out;
}

}  // namespace tidemark
