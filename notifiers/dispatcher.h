// Decides who is told of which incident and when: routes, bundles, silences, acknowledgements,
// quiet hours, root causes, the digest of the first day. Pure: every instant comes with a call. One
// thread. Nothing is forgotten: each change of an incident ends in exactly one Fate, counted.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/time.h"
#include "notifiers/alert_route.h"
#include "notifiers/bundle.h"
#include "notifiers/silence.h"

namespace tidemark {

struct DispatcherSettings {
  RouteTable routes;
  std::map<std::string, Duration> keep_alive;  // receivers that want to hear again and again
  // Incidents that are `learning` go into one list until then: the end of the first day.
  Instant digest_at;
};

class Dispatcher {
 public:
  using BundleKey = std::pair<std::string, std::string>;  // route, what its incidents share
  using LabelsOf = std::function<std::map<std::string, std::string>(const IncidentKey&)>;
  using Fates = std::array<std::uint64_t, fate_count>;

  // `labels` gives those of a group.
  Dispatcher(DispatcherSettings settings, LabelsOf labels);

  // What was going on when the daemon ended, first of all. Bundles of routes that are not there any
  // more are left out: their incidents are as if nobody had been told.
  void restore(std::vector<Bundle::State> bundles, const std::vector<Incident>& open, Instant now);

  void take(const IncidentChange& change, Instant now);
  void set_silences(std::vector<Silence> silences) { silences_ = std::move(silences); }
  void acknowledge(const std::string& incident) { acknowledged_.insert(incident); }

  // What is due by now. Takes it once.
  std::vector<Telling> advance(Instant now);

  // Bundles that changed since the last call, to be written down; null: it is over.
  std::vector<std::pair<BundleKey, const Bundle::State*>> take_changed();

  [[nodiscard]] const Fates& fates() const { return fates_; }
  [[nodiscard]] std::size_t bundles() const { return bundles_.size(); }

 private:
  void take_into(std::size_t route, const Incident& incident, const AlertFacts& facts, Instant now);
  void note_cause(const IncidentChange& change);
  [[nodiscard]] std::optional<Fate> holds(const Member& member, Instant now) const;
  [[nodiscard]] const AlertRoute* route(const std::string& name) const;

  const DispatcherSettings settings_;
  const LabelsOf labels_;
  std::map<BundleKey, Bundle> bundles_;
  std::map<std::string, std::set<BundleKey>> bundles_of_;  // by incident
  std::set<BundleKey> changed_;
  std::map<ClusterName, std::set<std::string>> causes_;  // open incidents of clusters
  std::set<std::string> acknowledged_;
  std::vector<Silence> silences_;
  Fates fates_{};
};

}  // namespace tidemark
