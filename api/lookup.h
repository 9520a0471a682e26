// Finds clusters, groups and topics in the newest reports.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "api/view.h"

namespace tidemark {

using Reports = std::vector<std::shared_ptr<const ClusterReport>>;

// Null if there is none of this name.
std::shared_ptr<const ClusterReport> find_cluster(const View& view, std::string_view name);

// The oldest of the instants at which they were made: the whole answer is as of then.
Instant as_of(const Reports& reports);

// Null if the group does not read it.
const TopicOfGroup* find_topic_of(const GroupReport& group, std::string_view topic);

// Null if the partition or its topic is not (yet) known.
const TopicPartitionReport* find_partition(const TopicReport* topic, PartitionId partition);

// The windows come sorted by topic and partition. Null if there is none.
const PartitionWindow* find_window(const PartitionWindows& windows, const TopicName& topic,
                                   PartitionId partition);

// Null if nobody owns the partition, or nobody knows.
const MemberReport* find_owner(const GroupReport& group, const PartitionReport& partition);

}  // namespace tidemark
