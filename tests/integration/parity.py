"""Holds what Tidemark says of committed offsets, log ends and lags against what Kafka's own
kafka-consumer-groups tool says, partition by partition."""
from typing import NamedTuple, Optional


class Row(NamedTuple):
    committed: Optional[int]
    log_end: Optional[int]
    lag: Optional[int]


def _number(word):
    return None if word == "-" else int(word)


def parse_tool(text):
    """The tool's table: (group, topic, partition) -> Row. Names without blanks only."""
    rows = {}
    for line in text.splitlines():
        words = line.split()
        if len(words) >= 6 and words[0] != "GROUP":
            group, topic, partition, committed, log_end, lag = words[:6]
            rows[group, topic, int(partition)] = Row(_number(committed), _number(log_end),
                                                     _number(lag))
    return rows


def from_rest(partitions_by_group):
    """The same from the native API: group -> its `partitions`."""
    return {(group, one["topic"], one["partition"]):
            Row(one["committed_offset"], one["log_end"], one["lag"])
            for group, partitions in partitions_by_group.items() for one in partitions}


def differences(tool, ours, log_start, control_topics):
    """One sentence per disagreement.

    Lag is compared where both mean the same by it: the commit is not below `log_start` (of (topic,
    partition)), and no control records follow it (`control_topics` have them).
    """
    found = []
    for key in sorted(tool.keys() | ours.keys()):
        theirs, own = tool.get(key), ours.get(key)
        if theirs is None:
            if own.committed is not None:
                found.append(f"{key}: committed {own.committed}, which the tool does not know")
            continue
        if own is None:
            if theirs.committed is not None:
                found.append(f"{key}: the tool's {theirs} is missing")
            continue
        if own.committed != theirs.committed:
            found.append(f"{key}: committed {own.committed}, the tool says {theirs.committed}")
        if own.log_end != theirs.log_end:
            found.append(f"{key}: log end {own.log_end}, the tool says {theirs.log_end}")
        _, topic, partition = key
        comparable = (theirs.committed is not None and topic not in control_topics
                      and theirs.committed >= log_start[topic, partition])
        if comparable and own.lag != theirs.lag:
            found.append(f"{key}: lag {own.lag}, the tool says {theirs.lag}")
    return found
