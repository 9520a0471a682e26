"""Holds what REST says of a group against what a story expects."""


def part_of(seen, wanted):
    """The group itself, or one partition of it where the story names one."""
    if "topic" not in wanted:
        return seen
    at = (wanted["topic"], wanted.get("partition", 0))
    found = [one for one in seen["partitions"] if (one["topic"], one["partition"]) == at]
    return found[0] if found else None


def differences(seen, wanted):
    """One sentence for each thing that is not as `wanted` says; none: all is as expected.

    A value may be what is expected, a range (low, high), or a set: of which one is, or, of a list,
    which are in it.
    """
    if seen is None:
        return ["there is no such group"]
    part = part_of(seen, wanted)
    if part is None:
        return [f"{wanted['topic']} partition {wanted.get('partition', 0)} is not among its partitions"]
    out = []
    for name, expected in wanted.items():
        if name in ("topic", "partition") or (name == "reason" and expected is None):
            continue
        if name == "no_finding":
            if expected in value_of(seen, part, "findings"):
                out.append(f"{expected} is among its findings")
            continue
        actual = value_of(seen, part, name)
        if not fits(actual, expected):
            out.append(f"{name} is {actual!r}, not {expected!r}")
    return out


def value_of(seen, part, name):
    if name == "time_lag":
        return part["time_lag_seconds"]
    if name == "conditions":
        return sorted(part["conditions"])
    if name == "findings":
        return sorted(one["finding"] for one in seen["findings"])
    if name == "members":
        return seen["member_count"]
    return part[name]


def fits(actual, expected):
    if isinstance(expected, tuple):
        return actual is not None and expected[0] <= actual <= expected[1]
    if isinstance(expected, (set, frozenset)):
        return expected <= set(actual) if isinstance(actual, list) else actual in expected
    return actual == expected


def short(seen, wanted):
    """What is worth reading of it in a failure."""
    part = part_of(seen, wanted) if seen else None
    names = ("status", "reason", "explanation", "stale", "lag", "time_lag_seconds", "lost",
             "conditions", "committed_offset", "log_end", "log_start", "lso", "unprobed", "kind")
    return {name: part[name] for name in names if name in part} if part else seen


def outline(seen):
    """A group and its partitions, a line each: for the end of a failed story."""
    if seen is None:
        return "no such group"
    parts = [f"  {one['topic']}-{one['partition']}: {short(one, {})}" for one in seen["partitions"]]
    return "\n".join([str(short(seen, {})), *parts])
