// The fields of one partition of a group, written into an object that the caller has begun.
#pragma once

#include "api/json_writer.h"
#include "evaluator/report.h"

namespace tidemark {

// A topic of a group and, if that is known, its log ends.
struct JudgedTopic {
  const TopicOfGroup* of = nullptr;
  const TopicReport* log = nullptr;
};
JudgedTopic judged_topic(const ClusterReport& cluster, const TopicOfGroup& topic);

void write_partition(JsonWriter& out, const ClusterReport& cluster, const GroupReport& group,
                     const JudgedTopic& topic, const PartitionReport& at);

// Null: it could not be had.
void write_window(JsonWriter& out, const PartitionWindow* window);

}  // namespace tidemark
