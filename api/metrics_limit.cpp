#include "api/metrics_limit.h"

#include <algorithm>

namespace tidemark {
namespace {

std::uint64_t count(const std::vector<MetricFamily>& families, const MetricsScope& scope) {
  Samples counter;
  for (const MetricFamily& family : families) family.write(counter, scope);
  return counter.series();
}

int urgency(GroupStatus status) {
  switch (status) {
    case GroupStatus::error:
      return 0;
    case GroupStatus::warning:
      return 1;
    case GroupStatus::unknown:
      return 2;
    case GroupStatus::ok:
      break;
  }
  return 3;
}

bool in_trouble(const GroupReport& group) {
  return group.status == GroupStatus::error || group.status == GroupStatus::warning;
}

// Takes things in one after the other as long as there is room.
class Selection {
 public:
  Selection(const Reports& reports, const ChosenFamilies& families, Granularity otherwise,
            std::uint64_t most)
      : families_(families), left_(most) {
    for (std::size_t r = 0; r < reports.size(); ++r) {
      scopes_.emplace_back(*reports[r], otherwise);
      ceilings_.push_back({std::vector(reports[r]->groups.size(), Granularity::none),
                           std::vector(reports[r]->topics.size(), Granularity::none)});
      for (std::size_t g = 0; g < reports[r]->groups.size(); ++g) groups_.push_back({r, g});
    }
    std::stable_sort(groups_.begin(), groups_.end(), [&](const Place& a, const Place& b) {
      return urgency(group(a).status) < urgency(group(b).status);
    });
  }

  void take_groups() {
    for (const Place& at : groups_) take(at, Granularity::group, families_.groups);
  }
  void take_details(bool of_those_in_trouble) {
    for (const Place& at : groups_) {
      if (in_trouble(group(at)) != of_those_in_trouble) continue;
      if (!take(at, Granularity::topic, families_.topics_of_groups)) continue;
      take(at, Granularity::partition, families_.partitions);
    }
  }
  void take_topics() {
    for (std::size_t r = 0; r < scopes_.size(); ++r) {
      for (std::size_t t = 0; t < ceilings_[r].topics.size(); ++t) {
        if (fits(count(families_.topics, scopes_[r].of_topic(t)))) {
          ceilings_[r].topics[t] = Granularity::partition;
        }
      }
    }
  }

  [[nodiscard]] std::uint64_t left() const { return left_; }
  std::vector<MetricsCeilings> ceilings() { return std::move(ceilings_); }

 private:
  struct Place {
    std::size_t report = 0;
    std::size_t group = 0;
  };

  [[nodiscard]] const GroupReport& group(const Place& at) const {
    return *scopes_[at.report].report().groups[at.group];
  }

  bool fits(std::uint64_t series) {
    if (series > left_) return false;
    left_ -= series;
    return true;
  }

  // Whoever is not shown at one level is not shown at the next one either.
  bool take(const Place& at, Granularity level, const std::vector<MetricFamily>& families) {
    Granularity& ceiling = ceilings_[at.report].groups[at.group];
    const bool below =
        level == Granularity::group || static_cast<int>(ceiling) + 1 == static_cast<int>(level);
    if (!below || !fits(count(families, scopes_[at.report].of_group(at.group)))) return false;
    ceiling = level;
    return true;
  }

  const ChosenFamilies& families_;
  std::uint64_t left_;
  std::vector<MetricsScope> scopes_;
  std::vector<MetricsCeilings> ceilings_;
  std::vector<Place> groups_;  // the most urgent first
};

// No scrape of these has more.
std::uint64_t bound(const Reports& reports, const ChosenFamilies& families) {
  std::uint64_t out = 0;
  for (const auto& report : reports) {
    for (const auto& group : report->groups) {
      const std::size_t findings = group->diagnosis ? group->diagnosis->findings.size() : 0;
      out += families.groups.size() + findings + group->conditions.words().size();
      for (const TopicOfGroup& topic : group->topics) {
        out += families.topics_of_groups.size();
        out += families.partitions.size() * topic.partitions.size();
      }
    }
    for (const auto& topic : report->topics) {
      out += families.topics.size() * std::max<std::size_t>(topic->partitions.size(), 1);
    }
  }
  return out;
}

std::uint64_t wanted(const Reports& reports, const ChosenFamilies& families,
                     Granularity otherwise) {
  std::uint64_t out = 0;
  for (const auto& report : reports) {
    const MetricsScope scope(*report, otherwise);
    for (const auto* table :
         {&families.groups, &families.topics_of_groups, &families.partitions, &families.topics}) {
      out += count(*table, scope);
    }
  }
  return out;
}

}  // namespace

LimitedSeries limit_series(const Reports& reports, const ChosenFamilies& families,
                           Granularity otherwise, std::uint64_t most) {
  if (most == 0 || bound(reports, families) <= most) return {};
  const std::uint64_t all = wanted(reports, families, otherwise);
  if (all <= most) return {};
  Selection selection(reports, families, otherwise, most);
  selection.take_groups();
  selection.take_details(true);
  selection.take_topics();
  selection.take_details(false);
  return {selection.ceilings(), all - (most - selection.left())};
}

}  // namespace tidemark
