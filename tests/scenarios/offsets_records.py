"""Records of `__consumer_offsets`, encoded as brokers write them: (key, value) as bytes, the value
None for a tombstone. Written from Kafka's schemas, independently of the decoder that they test.
"""
import struct


def i16(value):
    return struct.pack(">h", value)


def i32(value):
    return struct.pack(">i", value)


def i64(value):
    return struct.pack(">q", value)


def string(text):
    if text is None:
        return i16(-1)
    raw = text.encode()
    return i16(len(raw)) + raw


def blob(raw):
    return i32(len(raw)) + raw


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def compact(text):
    if text is None:
        return varint(0)
    raw = text.encode()
    return varint(len(raw) + 1) + raw


def array(items):
    """A compact array."""
    return varint(len(items) + 1) + b"".join(items)


NO_TAGS = varint(0)


def tags(fields):
    """{tag: bytes}"""
    return varint(len(fields)) + b"".join(varint(tag) + varint(len(raw)) + raw
                                          for tag, raw in sorted(fields.items()))


# --- offsets ------------------------------------------------------------------------------------


def commit_key(group, topic, partition):
    return i16(1) + string(group) + string(topic) + i32(partition)


def commit(group, topic, partition, offset, at_ms, version=4, metadata="", topic_id=None):
    """`version` 1, 3 or 4; `topic_id` 16 bytes, version 4 only."""
    value = i16(version) + i64(offset)
    if version == 1:
        value += string(metadata) + i64(at_ms) + i64(at_ms + 86_400_000)
    elif version == 3:
        value += i32(-1) + string(metadata) + i64(at_ms)
    else:
        value += i32(-1) + compact(metadata) + i64(at_ms)
        value += tags({0: topic_id} if topic_id else {})
    return commit_key(group, topic, partition), value


def offset_tombstone(group, topic, partition):
    return commit_key(group, topic, partition), None


# --- the classic protocol -----------------------------------------------------------------------


def subscription(topics):
    return i16(0) + i32(len(topics)) + b"".join(map(string, topics)) + i32(-1)


def assignment(assigned):
    """{topic: [partitions]}"""
    out = i16(0) + i32(len(assigned))
    for topic, partitions in assigned.items():
        out += string(topic) + i32(len(partitions)) + b"".join(map(i32, partitions))
    return out + i32(-1)


def classic_member(member):
    return (string(member["id"]) + string(member.get("instance")) + string(member["client"])
            + string(member["host"]) + i32(300_000) + i32(45_000)
            + blob(member.get("subscription") or subscription(member["topics"]))
            + blob(member.get("assignment") or assignment(member["assigned"])))


def classic_group(group, generation, members, at_ms, protocol_type="consumer"):
    """Without members: Empty. Version 3, as every broker writes it."""
    value = i16(3) + string(protocol_type) + i32(generation)
    value += string("range" if members else None) + string(members[0]["id"] if members else None)
    value += i64(at_ms) + i32(len(members)) + b"".join(map(classic_member, members))
    return i16(2) + string(group), value


def group_tombstone(group, key_type):
    """2: classic; 3, 4, 6: consumer; 11, 12, 15: share; 17, 20, 23: streams."""
    return i16(key_type) + string(group), None


# --- the consumer protocol (KIP-848) ------------------------------------------------------------


def modern_group(group, epoch):
    return i16(3) + string(group), i16(0) + i32(epoch) + NO_TAGS


def modern_member(group, member):
    value = i16(0) + compact(member.get("instance")) + compact(None)
    value += compact(member["client"]) + compact(member["host"])
    value += array([compact(topic) for topic in member["topics"]])
    value += compact(member.get("regex", "")) + i32(300_000) + compact(None)
    value += tags({0: varint(0)})
    return i16(5) + string(group) + string(member["id"]), value


def modern_assignment(group, member, epoch, topic_ids):
    """`topic_ids`: {topic: 16 bytes}"""
    assigned = array([topic_ids[topic] + array([i32(p) for p in partitions]) + NO_TAGS
                      for topic, partitions in member["assigned"].items()])
    value = i16(0) + i32(epoch) + i32(epoch - 1) + struct.pack(">b", 0)
    value += assigned + array([]) + NO_TAGS
    return i16(8) + string(group) + string(member["id"]), value


def member_tombstones(group, member_id):
    """As a member of the consumer protocol leaves."""
    return [(i16(kind) + string(group) + string(member_id), None) for kind in (8, 7, 5)]


def topic_ids_of(group, topics):
    """ConsumerGroupPartitionMetadata, brokers up to 4.0. `topics`: {name: (16 bytes, count)}"""
    entries = [raw + compact(name) + i32(count) + array([]) + NO_TAGS
               for name, (raw, count) in topics.items()]
    return i16(4) + string(group), i16(0) + array(entries) + NO_TAGS


# --- kinds that have a key of their own ----------------------------------------------------------


def share_group(group, epoch):
    """ShareGroupMetadata of 4.1 and later: epoch and metadata hash."""
    return i16(11) + string(group), i16(0) + i32(epoch) + i64(0) + NO_TAGS


def share_state(group, topic_id, partition, start, accepted=()):
    """A ShareSnapshot of `__share_group_state`, as 4.1 and later write it. `accepted`: [(first
    offset, last offset)] that consumers have accepted; the start is as it was before them."""
    key = i16(0) + string(group) + topic_id + i32(partition)
    batches = [i64(first) + i64(last) + struct.pack(">b", 2) + i16(1) + NO_TAGS
               for first, last in accepted]
    value = i16(0) + i32(1) + i32(0) + i32(0) + i64(start) + i64(0) + i64(0)
    return key, value + array(batches) + NO_TAGS


def streams_group(group, epoch):
    return i16(17) + string(group), i16(0) + i32(epoch) + NO_TAGS


def offsets_partition(group, partitions):
    """Where a group's records are: abs(Java's String.hashCode) modulo the partitions."""
    value = 0
    raw = group.encode("utf-16-be")
    for index in range(0, len(raw), 2):
        value = (31 * value + (raw[index] << 8 | raw[index + 1])) & 0xFFFFFFFF
    if value >= 1 << 31:
        value = 0 if value == 1 << 31 else (1 << 32) - value
    return value % partitions
