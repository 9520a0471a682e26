"""What Kafka's own classes make of records of the offsets topic, in the words of `tidemark decode`."""
import base64
import json
import re
import subprocess

from tests.support.broker import java

NO_TOPIC_ID = "AAAAAAAAAAAAAAAAAAAAAA"
# what a field has that is not in the record's version, or whose tag is not there
ABSENT = {"leader_epoch": -1, "expire_timestamp": -1, "topic_id": None, "group_instance_id": None,
          "rebalance_timeout": -1, "current_state_timestamp": -1, "metadata_hash": 0,
          "assignment_timestamp": 0, "assignment_epochs": [], "classic_member_metadata": None}
NAMES = {"group_id": "group", "regular_expression": "regex"}


def ask_kafka(questions):
    """RecordOracle's answers to lines of JSON."""
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    done = subprocess.run([str(part) for part in java("RecordOracle", heap="256m")], input=lines,
                          capture_output=True, encoding="utf-8", timeout=300, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def as_tidemark(value):
    """Kafka's JSON under our names, with its ways of saying "none" made one."""
    if isinstance(value, list):
        return [as_tidemark(element) for element in value]
    if value == NO_TOPIC_ID:
        return None
    if isinstance(value, str):
        return one_replacement(value)
    if not isinstance(value, dict):
        return value
    out = {}
    for name, field in value.items():
        snake = re.sub("[A-Z]", lambda letter: "_" + letter.group().lower(), name)
        out[NAMES.get(snake, snake)] = as_tidemark(field)
    return _opaque_bytes(value, out)


def _opaque_bytes(value, out):
    if "subscription" in value:
        out.pop("topics", None)
        out.pop("partitions", None)
        topics, partitions = value.get("topics"), value.get("partitions")
        out["subscription"] = None if topics is None else {"topics": as_tidemark(topics)}
        out["assignment"] = None if partitions is None else _by_topic(partitions)
    if "metadata" in value and "name" in value:
        out["metadata_hex"] = base64.b64decode(value["metadata"]).hex()
        del out["metadata"]
    return out


def _by_topic(pairs):
    out = {}
    for topic, partitions in pairs:
        out.setdefault(one_replacement(topic), []).extend(partitions)
    return out


def one_replacement(value):
    """Decoders differ in how many U+FFFD a damaged character is worth."""
    if isinstance(value, dict):
        return {one_replacement(name): one_replacement(field) for name, field in value.items()}
    if isinstance(value, list):
        return [one_replacement(element) for element in value]
    return re.sub("\ufffd+", "\ufffd", value) if isinstance(value, str) else value


def differences(kafka, ours, where=""):
    """One sentence for each field that is not the same. What only we print must be a default."""
    if isinstance(kafka, dict) and isinstance(ours, dict):
        out = []
        for name in kafka.keys() | ours.keys():
            expected = kafka[name] if name in kafka else ABSENT.get(name, "not there")
            out += differences(expected, ours.get(name, "not there"), f"{where}.{name}")
        return out
    if isinstance(kafka, list) and isinstance(ours, list) and len(kafka) == len(ours):
        return [d for i, pair in enumerate(zip(kafka, ours)) for d in differences(*pair, f"{where}[{i}]")]
    return [] if kafka == ours else [f"{where}: Kafka {kafka!r}, ours {ours!r}"]
