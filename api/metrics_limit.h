// Which groups and topics a scrape shows, and how finely, so that it has no more series than it
// may: whole things are left out, with all their families, and what is in trouble stays longest.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "api/metric_families.h"

namespace tidemark {

using Reports = std::vector<std::shared_ptr<const ClusterReport>>;

// The families of groups and topics that are written, by what their series are of.
struct ChosenFamilies {
  std::vector<MetricFamily> groups;
  std::vector<MetricFamily> topics_of_groups;
  std::vector<MetricFamily> partitions;
  std::vector<MetricFamily> topics;
};

struct LimitedSeries {
  std::vector<MetricsCeilings> ceilings;  // by report; empty: nothing is cut
  std::uint64_t cut = 0;                  // series that are left out
};

// `most`: 0 is no limit. `otherwise`: the granularity where a policy says nothing of it.
//
// First the series of groups as a whole are taken in, then topics and partitions of groups with an
// ERROR or WARNING, then topics by themselves, then topics and partitions of all other groups;
// within each of these ERROR before WARNING before UNKNOWN before OK, and then as the report has
// them. What does not fit any more is left out, and the next is tried.
LimitedSeries limit_series(const Reports& reports, const ChosenFamilies& families,
                           Granularity otherwise, std::uint64_t most);

}  // namespace tidemark
