#include "collectors/streams_group_record.h"

#include <string>
#include <utility>

#include "collectors/fields.h"
#include "collectors/key_types.h"

namespace tidemark {
namespace {

StreamsGroupMemberMetadata read_streams_member(ByteReader& value) {
  StreamsGroupMemberMetadata out;
  out.instance_id = owned(value.nullable_string("instance_id"));
  out.rack_id = owned(value.nullable_string("rack_id"));
  out.client_id = value.string("client_id");
  out.client_host = value.string("client_host");
  return out;
}

Tasks read_tasks(ByteReader& value) {
  Tasks out;
  out.subtopology_id = value.string("subtopology_id");
  out.partitions = read_int32s(value, "partitions");
  value.tagged_fields();
  return out;
}

StreamsGroupCurrentMemberAssignment read_streams_assignment(ByteReader& value) {
  StreamsGroupCurrentMemberAssignment out;
  out.member_epoch = value.int32("member_epoch");
  value.int32("previous_member_epoch");
  value.int8("state");
  out.active_tasks = read_elements(value, value.array("active_tasks"), read_tasks);
  return out;
}

bool pass_config(ByteReader& value) {
  value.string("topic_configs.key");
  value.string("topic_configs.value");
  value.tagged_fields();
  return true;
}

// The name of a topic that the application keeps for itself.
std::string read_internal_topic(ByteReader& value) {
  std::string name(value.string("name"));
  value.int32("partitions");
  value.int16("replication_factor");
  read_elements(value, value.array("topic_configs"), pass_config);
  value.tagged_fields();
  return name;
}

bool pass_copartition_group(ByteReader& value) {
  for (const char* list : {"source_topics", "source_topic_regex", "repartition_source_topics"}) {
    read_elements(value, value.array(list), [&](ByteReader& r) { return r.int16(list); });
  }
  value.tagged_fields();
  return true;
}

Subtopology read_subtopology(ByteReader& value) {
  Subtopology out;
  out.subtopology_id = value.string("subtopology_id");
  out.source_topics = read_strings(value, "source_topics");
  out.source_topic_regex = read_strings(value, "source_topic_regex");
  read_elements(value, value.array("state_changelog_topics"), read_internal_topic);
  read_strings(value, "repartition_sink_topics");
  out.repartition_source_topics =
      read_elements(value, value.array("repartition_source_topics"), read_internal_topic);
  read_elements(value, value.array("copartition_groups"), pass_copartition_group);
  value.tagged_fields();
  return out;
}

StreamsGroupTopology read_topology(ByteReader& value) {
  StreamsGroupTopology out;
  out.epoch = value.int32("epoch");
  out.subtopologies = read_elements(value, value.array("subtopologies"), read_subtopology);
  return out;
}

}  // namespace

GroupValue read_streams_group_value(std::int16_t type, ByteReader& value) {
  switch (type) {
    case key_type::streams_group_metadata:
      return StreamsGroupMetadata{value.int32("epoch")};
    case key_type::streams_member_metadata:
      return read_streams_member(value);
    case key_type::streams_current_assignment:
      return read_streams_assignment(value);
    case key_type::streams_topology:
      return read_topology(value);
    default:
      return {};
  }
}

}  // namespace tidemark
