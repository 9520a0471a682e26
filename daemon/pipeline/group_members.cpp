#include "daemon/pipeline/group_members.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

// A task stands for a partition of each source topic that has as many.
void trim_to_topics(std::vector<MemberReport>& members, TopicTable& topics) {
  for (MemberReport& member : members) {
    for (auto& [name, partitions] : member.assigned) {
      const Topic* topic = topics.find(name);
      if (topic == nullptr || !topic->listed) continue;
      std::erase_if(partitions, [&](std::int32_t p) {
        return static_cast<std::size_t>(p) >= topic->partitions.size();
      });
    }
  }
}

}  // namespace

const SharedList<MemberReport>& members_of(Group& group, Books& books) {
  if (group.members_known) return group.members;
  std::vector<MemberReport> members = group.membership.members(books.topic_names.names());
  const bool streams = group.membership.kind() == GroupKind::streams;
  if (streams) trim_to_topics(members, books.topics);
  group.members_known =
      !streams && std::all_of(members.begin(), members.end(), [](const MemberReport& member) {
        return member.assigned_unnamed.empty();
      });
  group.members = std::move(members);
  return group.members;
}

}  // namespace tidemark
