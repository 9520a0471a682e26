#include "daemon/pipeline/never_committed.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/ids.h"

namespace tidemark {
namespace {

std::string counted(std::size_t count, const char* one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

std::size_t assigned_of(const TopicOfGroup& topic) {
  return static_cast<std::size_t>(
      std::count_if(topic.partitions.begin(), topic.partitions.end(),
                    [](const PartitionReport& each) { return each.owner >= 0; }));
}

std::string unnamed_assignments(const GroupReport& group) {
  std::string out;
  for (const MemberReport& member : group.members) {
    for (const AssignedById& each : member.assigned_unnamed) {
      out += fmt::format(", {} of a topic whose name is not known yet (id {})",
                         counted(each.partitions.size(), "partition"), to_string(each.topic));
    }
  }
  return out;
}

std::string assignments(const GroupReport& group) {
  std::string out;
  for (const TopicOfGroup& topic : group.topics) {
    const std::size_t count = assigned_of(topic);
    if (count > 0) out += fmt::format(", {} of {}", counted(count, "partition"), topic.topic.get());
  }
  out += unnamed_assignments(group);
  return out.empty() ? ", nothing" : out;
}

}  // namespace

std::string explain_never_committed(const GroupReport& group, const Readable& readable) {
  std::int64_t waiting = 0;
  bool known = false;
  for (const TopicOfGroup& topic : group.topics) {
    for (const PartitionReport& each : topic.partitions) {
      if (each.owner < 0) continue;
      const auto here = readable(topic.topic.get(), each.partition.get());
      waiting += here.value_or(0);
      known = known || here.has_value();
    }
  }
  const auto live = static_cast<std::size_t>(
      std::count_if(group.members.begin(), group.members.end(),
                    [](const MemberReport& member) { return !member.away; }));
  std::string out = counted(live, "member") + assignments(group) + " assigned, nothing committed";
  if (!known) return out;
  return out + fmt::format(
                   "; {} {} there to be read",
                   counted(static_cast<std::size_t>(std::max<std::int64_t>(0, waiting)), "record"),
                   waiting == 1 ? "is" : "are");
}

}  // namespace tidemark
