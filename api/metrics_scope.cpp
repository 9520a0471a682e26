#include "api/metrics_scope.h"

namespace tidemark {

MetricsScope MetricsScope::of_group(std::size_t index) const {
  MetricsScope out = *this;
  out.groups_ = {index, index + 1};
  out.topics_ = {};
  return out;
}

MetricsScope MetricsScope::of_topic(std::size_t index) const {
  MetricsScope out = *this;
  out.groups_ = {};
  out.topics_ = {index, index + 1};
  return out;
}

Granularity MetricsScope::shown(std::size_t group) const {
  const GroupReport& report = *report_.groups[group];
  Granularity out = wanted(report.metrics);
  for (const TopicOfGroup& topic : report.topics) out = std::max(out, wanted(topic.metrics));
  return ceilings_ == nullptr ? out : std::min(out, ceilings_->groups[group]);
}

Granularity MetricsScope::shown(std::size_t group, const TopicOfGroup& topic) const {
  const Granularity out = wanted(topic.metrics);
  return ceilings_ == nullptr ? out : std::min(out, ceilings_->groups[group]);
}

Granularity MetricsScope::shown_topic(std::size_t topic) const {
  const Granularity out = wanted(report_.topics[topic]->metrics);
  return ceilings_ == nullptr ? out : std::min(out, ceilings_->topics[topic]);
}

}  // namespace tidemark
