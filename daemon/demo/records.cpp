#include "daemon/demo/records.h"

#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

namespace tidemark::demo {
namespace {

constexpr std::int16_t commit_key_type = 1;
constexpr std::int16_t group_key_type = 2;
constexpr std::int16_t group_value_version = 3;
constexpr std::int16_t consumer_protocol_version = 1;
constexpr unsigned topic_id_tag = 0;

// Kafka's serialization: big-endian numbers, lengths in front.
class Bytes {
 public:
  template <class Int>
  Bytes& number(Int value) {
    const auto bits = static_cast<std::make_unsigned_t<Int>>(value);
    for (int shift = static_cast<int>(8 * sizeof(Int)) - 8; shift >= 0; shift -= 8) {
      out_.push_back(static_cast<char>((bits >> shift) & 0xffU));
    }
    return *this;
  }
  Bytes& varint(std::size_t value) {
    for (; value >= 0x80; value >>= 7U) out_.push_back(static_cast<char>((value & 0x7fU) | 0x80U));
    out_.push_back(static_cast<char>(value));
    return *this;
  }
  Bytes& raw(std::string_view bytes) {
    out_ += bytes;
    return *this;
  }
  Bytes& string(std::string_view text) {
    return number(static_cast<std::int16_t>(text.size())).raw(text);
  }
  Bytes& nullable_string(const std::optional<std::string>& text) {
    return text ? string(*text) : number(std::int16_t{-1});
  }
  Bytes& compact_string(std::string_view text) { return varint(text.size() + 1).raw(text); }
  Bytes& long_bytes(std::string_view bytes) { return count(bytes.size()).raw(bytes); }
  Bytes& count(std::size_t elements) { return number(static_cast<std::int32_t>(elements)); }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

std::string commit_key(const OffsetCommit& commit) {
  return Bytes{}
      .number(commit_key_type)
      .string(commit.group)
      .string(commit.topic)
      .number(commit.partition)
      .take();
}

void add_topic_id(Bytes& value, const TopicUuid& id) {
  if (id == TopicUuid{}) {
    value.varint(0);
    return;
  }
  value.varint(1).varint(topic_id_tag).varint(id.size());
  for (const std::uint8_t byte : id) value.number(byte);
}

std::string subscription_bytes(const std::vector<std::string>& topics) {
  Bytes out;
  out.number(consumer_protocol_version).count(topics.size());
  for (const std::string& topic : topics) out.string(topic);
  return out.count(0).count(0).take();  // no user data, no owned partitions
}

std::string assignment_bytes(const std::map<std::string, std::vector<std::int32_t>>& assigned) {
  Bytes out;
  out.number(consumer_protocol_version).count(assigned.size());
  for (const auto& [topic, partitions] : assigned) {
    out.string(topic).count(partitions.size());
    for (const std::int32_t partition : partitions) out.number(partition);
  }
  return out.count(0).take();  // no user data
}

void add_member(Bytes& value, const MemberMetadata& member) {
  value.string(member.member_id)
      .nullable_string(member.group_instance_id)
      .string(member.client_id)
      .string(member.client_host)
      .number(member.rebalance_timeout)
      .number(member.session_timeout)
      .long_bytes(member.subscription ? subscription_bytes(*member.subscription) : "")
      .long_bytes(member.assignment ? assignment_bytes(*member.assignment) : "");
}

}  // namespace

Record encode_commit(const OffsetCommit& commit, CommitVersion version) {
  Bytes value;
  value.number(static_cast<std::int16_t>(version))
      .number(commit.offset)
      .number(commit.leader_epoch);
  if (version == CommitVersion::v3) {
    value.string(commit.metadata).number(commit.commit_timestamp);
  } else {
    value.compact_string(commit.metadata).number(commit.commit_timestamp);
    add_topic_id(value, commit.topic_id);
  }
  return {commit_key(commit), value.take()};
}

Record encode_group(const std::string& group, const GroupMetadata& metadata) {
  Bytes value;
  value.number(group_value_version)
      .string(metadata.protocol_type)
      .number(metadata.generation)
      .nullable_string(metadata.protocol)
      .nullable_string(metadata.leader)
      .number(metadata.current_state_timestamp)
      .count(metadata.members.size());
  for (const MemberMetadata& member : metadata.members) add_member(value, member);
  return {Bytes{}.number(group_key_type).string(group).take(), value.take()};
}

}  // namespace tidemark::demo
