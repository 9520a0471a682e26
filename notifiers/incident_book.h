// The incidents of one cluster: from what each look tells to what opens, worsens and ends. Pure; an
// instant comes with each call and never goes back. One thread.
//
// Opened when a trouble has held for `hold`, ended when it has been well for `resolve_after`, and
// once however often it comes back in between. One that is `learning` is confirmed when its trouble
// has held for `hold` by more than that. Only what was seen counts: a look that is not sure,
// and time in which the daemon did not run, neither open nor end anything.
//
// Costs what is in trouble and what changed, not what exists.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/time.h"
#include "notifiers/held_time.h"
#include "notifiers/incident.h"

namespace tidemark {

struct BookSettings {
  Duration hold = std::chrono::minutes{1};  // `for` in the configuration
  Duration resolve_after = std::chrono::minutes{5};
};

// What one look at a group, or at the cluster as a whole, tells.
struct Look {
  bool sure = true;                  // false: neither trouble nor its end can be told
  std::vector<Trouble> troubles;     // one of a kind
  std::vector<IncidentKind> hidden;  // kinds that can't be told now, while others can
};

class IncidentBook {
 public:
  IncidentBook(ClusterName cluster, BookSettings settings);

  // What was open when the daemon ended; before the first look.
  void restore(std::vector<Incident> open);

  // What was not looked at again is as it was.
  void look_at_group(const GroupName& group, const Look& look, Instant at);
  void look_at_cluster(const Look& look, Instant at);
  void group_gone(const GroupName& group, Instant at);
  // The cluster is not in the configuration any more.
  void close_all(Instant at);

  // What is due by now, in the order of groups. Takes each change once.
  std::vector<IncidentChange> advance(Instant at);

  // Those that are open, in no order.
  void each_open(const std::function<void(const Incident&)>& visit) const;
  [[nodiscard]] std::size_t tracked() const { return groups_.size(); }

 private:
  // One kind of trouble of one group that is open, or may come to be.
  struct Entry {
    Incident incident;
    bool open = false;
    bool ended = false;
    HeldTime bad;                    // pending: for how long
    HeldTime worse;                  // open: worse than what was told
    HeldTime known;                  // open and learning: the trouble is so no more
    HeldTime well;                   // open
    std::optional<Instant> well_at;  // since when
  };
  using Entries = std::vector<Entry>;

  void look(Entries& entries, const GroupName& group, const Look& look, Instant at);
  void trouble(Entries& entries, const GroupName& group, const Trouble& trouble, Instant at);
  void well(Entry& entry, Instant at) const;
  static void unsure(Entry& entry, Instant at);
  static void end(Entry& entry, IncidentEnd why, Instant at);
  void advance(Entry& entry, Instant at, std::vector<IncidentChange>& out) const;

  const ClusterName cluster_;
  const BookSettings settings_;
  std::unordered_map<GroupName, Entries> groups_;  // those with entries
  Entries cluster_entries_;
};

}  // namespace tidemark
