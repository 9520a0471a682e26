"""`tidemark decode` and Kafka's own decoder agree: on records of real brokers, and on the same records
damaged in thousands of ways. What Kafka refuses is refused; what it takes is taken, and reads the same.
"""
import json
import pathlib
import random
import subprocess
import unittest

from tests.collectors.kafka_says import as_tidemark, ask_kafka, differences, one_replacement
from tests.support.places import TIDEMARK

GOLDEN = pathlib.Path(__file__).parent / "golden"
DAMAGED_RECORDS = 20_000
SEED = 848

# Key types whose values are not looked into. Kafka 4.3 has forgotten type 9.
SKIPPED = (9, 12, 13, 18, 20, 21)
# Those of share and streams groups are read as far as they are used, and a bad one costs its fields only.
LENIENT = (10, 11, 14, 15, 17, 19, 22, 23)
USED = {"group", "member_id", "value_version", "epoch", "rack_id", "instance_id", "client_id",
        "client_host", "subscribed_topic_names", "member_epoch", "assigned_partitions", "topic_id",
        "topic_name", "partitions", "initializing_topics", "initialized_topics", "active_tasks",
        "subtopologies", "subtopology_id", "source_topics", "source_topic_regex",
        "repartition_source_topics"}
FORGOTTEN = 9
HOSTILE_LENGTHS = (b"\xff\xff\xff\xff\x0f", b"\x80\x80\x80\x80\x08", b"\x80\x80\x80\x80\x10",
                   b"\xff\xff\xff\xff\xff\x01", b"\x81\x00", b"\xff\xff", b"\x7f\xff\xff\xff")


def golden_records():
    rows = []
    for path in sorted(GOLDEN.glob("*.jsonl")):
        rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{"key_hex": row["key_hex"], "value_hex": row["value_hex"]} for row in rows]


def damage(record, chance):
    key, value = record["key_hex"], record["value_hex"]
    if value is None or chance.random() < 0.25:
        key = _damage_bytes(key, chance)
    else:
        value = _damage_bytes(value, chance)
    return {"key_hex": key, "value_hex": value}


def _damage_bytes(text, chance):
    data = bytearray.fromhex(text)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        at = chance.randrange(len(data) + 1)
        how = chance.randrange(6)
        if how == 0:
            data[at:at + 1] = bytes([chance.randrange(256)])
        elif how == 1:
            del data[at:]
        elif how == 2:
            data[at:at] = bytes([chance.randrange(256)])
        elif how == 3:
            del data[at:at + 1]
        elif how == 4:
            data[at:at + 1] = chance.choice(HOSTILE_LENGTHS)
        else:
            data[1:2] = bytes([chance.randrange(-1, 6) % 256])
    return bytes(data).hex()


def ask_tidemark(records):
    lines = "".join(json.dumps(record) + "\n" for record in records)
    done = subprocess.run([str(TIDEMARK), "decode"], input=lines, capture_output=True,
                          encoding="utf-8", timeout=300, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def disagreements(record, kafka, ours):
    """One sentence each; none when both say the same of this record."""
    key_type = int.from_bytes(bytes.fromhex(record["key_hex"][:4]), "big")
    if kafka.get("unknown"):
        fine = key_type == FORGOTTEN or ours.get("kind") == "Unknown"
        return [] if fine else ["Kafka does not know the type"]
    value_matters = key_type not in SKIPPED and not (key_type in LENIENT and "refused" in kafka)
    if "refused" in kafka and (value_matters or "key" not in kafka):
        return [] if "error" in ours else [f"Kafka refuses it: {kafka['refused']}"]
    if "error" in ours:
        return ["only we refuse it"]
    expected = as_tidemark(kafka["key"])
    if value_matters:
        expected |= as_tidemark(kafka.get("value") or {})
        expected["value_version"] = kafka.get("version")
    else:
        expected["value_version"] = ours["value_version"]
    if key_type in LENIENT:
        expected = _used(expected)
        if "refused" in kafka:
            ours = {name: ours[name] for name in expected}
    said = {name: one_replacement(field) for name, field in ours.items()
            if name not in ("key_type", "kind", "tombstone")}
    return [one for one in differences(expected, said) if not _cut_after_topics(one)]


def _used(value):
    """Of what Kafka makes of a lenient kind, the fields that we print."""
    if isinstance(value, list):
        return [_used(element) for element in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"name", "partitions", "replication_factor", "topic_configs"}:
        return value["name"]  # of a topic that an application keeps for itself
    return {name: _used(field) for name, field in value.items() if name in USED}


def _cut_after_topics(difference):
    """Of a subscription we read the topics and the user data; Kafka's clients read what later versions
    append too, and give up the whole where that is broken."""
    return ".subscription: Kafka None, ours {'topics'" in difference


class KafkaAgrees(unittest.TestCase):
    def check(self, records):
        kafka, ours = ask_kafka(records), ask_tidemark(records)
        self.assertEqual(len(kafka), len(records))
        self.assertEqual(len(ours), len(records))
        found = [(record, kafkas, our, said) for record, kafkas, our in zip(records, kafka, ours)
                 for said in disagreements(record, kafkas, our)]
        self.assertEqual(found[:3], [])
        return kafka

    def test_on_records_of_real_brokers_and_of_its_own_serializer(self):
        for answer in self.check(golden_records()):
            self.assertTrue("key" in answer or answer.get("unknown"), answer)

    def test_on_damaged_records(self):
        chance = random.Random(SEED)
        whole = golden_records()
        damaged = [damage(chance.choice(whole), chance) for _ in range(DAMAGED_RECORDS)]
        kafka = self.check(damaged)
        refused = sum("refused" in answer for answer in kafka)
        self.assertGreater(refused, DAMAGED_RECORDS // 10, "the damage does damage")
        self.assertGreater(DAMAGED_RECORDS - refused, DAMAGED_RECORDS // 10, "and not only that")

    def test_a_difference_is_found(self):
        record = {"key_hex": "00020001 61".replace(" ", ""), "value_hex": None}
        kafka = ask_kafka([record])[0]
        self.assertTrue(disagreements(record, kafka, {"error": "refused"}))
        self.assertTrue(disagreements(record, kafka, {"group": "b", "value_version": None}))
        self.assertFalse(disagreements(record, kafka, {"group": "a", "value_version": None}))


if __name__ == "__main__":
    unittest.main()
