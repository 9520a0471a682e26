// Commands to copy into a shell: Kafka's own tools and kcat, with every name quoted. Empty if the
// cluster's address is not known. Internal to the evaluator.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "evaluator/evidence.h"

namespace tidemark::commands {

// One word for a POSIX shell, as it is where that is safe, else quoted. Bytes that a terminal would
// obey rather than show become escapes ($'…', which bash, zsh and ksh know).
std::string quoted(std::string_view word);

std::string show_record(const GroupEvidence& of, const TopicName& topic, PartitionId partition,
                        Offset offset);
std::string count_keys(const GroupEvidence& of, const TopicName& topic, PartitionId partition);
std::string show_group_state(const GroupEvidence& of);
std::string show_members(const GroupEvidence& of);
std::string show_topic(const GroupEvidence& of, const TopicName& topic);
std::string show_under_replicated(const GroupEvidence& of);
std::string show_producers(const GroupEvidence& of, const TopicName& topic, PartitionId partition);
// Of a broker if it is known (not −1), else of the topic.
std::string find_hanging(const GroupEvidence& of, const TopicName& topic, std::int32_t broker);

}  // namespace tidemark::commands
