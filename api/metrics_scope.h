// What of one cluster a family is written for: the groups and topics that the configuration wants
// to see, each as finely as it wants, less what was cut because there are too many series.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "evaluator/policy.h"
#include "evaluator/report.h"

namespace tidemark {

// How finely each group and topic of a report may be shown at most, in its order.
struct MetricsCeilings {
  std::vector<Granularity> groups;
  std::vector<Granularity> topics;
};

// Passive; refers to a report and to ceilings that outlive it.
class MetricsScope {
 public:
  // `otherwise`: for those whose policy says nothing of it. No ceilings: nothing is cut.
  MetricsScope(const ClusterReport& report, Granularity otherwise,
               const MetricsCeilings* ceilings = nullptr)
      : report_(report),
        otherwise_(otherwise),
        ceilings_(ceilings),
        groups_{0, report.groups.size()},
        topics_{0, report.topics.size()} {}

  // The same, of one group or topic alone.
  [[nodiscard]] MetricsScope of_group(std::size_t index) const;
  [[nodiscard]] MetricsScope of_topic(std::size_t index) const;

  [[nodiscard]] const ClusterReport& report() const { return report_; }

  // A group is shown as finely as it wants itself, and as the finest of its topics.
  [[nodiscard]] Granularity shown(std::size_t group) const;
  [[nodiscard]] Granularity shown(std::size_t group, const TopicOfGroup& topic) const;
  [[nodiscard]] Granularity shown_topic(std::size_t topic) const;

  // Each visit answers whether to go on. visit(group)
  template <class Visit>
  void each_group(Visit visit) const {
    for (std::size_t i = groups_.begin; i < groups_.end; ++i) {
      if (shown(i) >= Granularity::group && !visit(*report_.groups[i])) return;
    }
  }
  // visit(group, topic), of those that are shown so finely at least.
  template <class Visit>
  void each_topic_of_group(Granularity least, Visit visit) const {
    for (std::size_t i = groups_.begin; i < groups_.end; ++i) {
      for (const TopicOfGroup& topic : report_.groups[i]->topics) {
        if (shown(i, topic) >= least && !visit(*report_.groups[i], topic)) return;
      }
    }
  }
  // visit(topic)
  template <class Visit>
  void each_topic(Granularity least, Visit visit) const {
    for (std::size_t i = topics_.begin; i < topics_.end; ++i) {
      if (shown_topic(i) >= least && !visit(*report_.topics[i])) return;
    }
  }

 private:
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  [[nodiscard]] Granularity wanted(Granularity by_policy) const {
    return by_policy == Granularity::by_default ? otherwise_ : by_policy;
  }

  const ClusterReport& report_;
  Granularity otherwise_;
  const MetricsCeilings* ceilings_;
  Range groups_;
  Range topics_;
};

}  // namespace tidemark
