"""What the collectors see of a real broker, where a simulated one can't show it: transactions and
the last stable offset, an offsets topic that does not exist yet or grows, a suspended broker."""
import base64
import struct
import unittest

from tests.collectors_kafka.collector import Collector
from tests.support.broker import Broker
from tests.support.waiting import always, eventually
from tests.support.workload import Workload

OFFSETS_TOPIC = "__consumer_offsets"


def text(value):
    return struct.pack(">h", len(value)) + value.encode()


def commit_record(group, topic, partition, offset):
    """Key and value of an OffsetCommit (versions 1 and 3), as the workload takes them."""
    key = struct.pack(">h", 1) + text(group) + text(topic) + struct.pack(">i", partition)
    value = struct.pack(">hqi", 3, offset, -1) + text("") + struct.pack(">q", 1_700_000_000_000)
    return {"key": base64.b64encode(key).decode(), "value": base64.b64encode(value).decode()}


class OneBroker(unittest.TestCase):
    partitions = 2  # of the offsets topic

    @classmethod
    def setUpClass(cls):
        cls.broker = Broker({"offsets.topic.num.partitions": cls.partitions}).start()
        cls.clients = Workload(cls.broker.bootstrap)

    @classmethod
    def tearDownClass(cls):
        cls.clients.kill()
        cls.broker.kill()

    def watch(self, **options):
        collector = Collector(self.broker.bootstrap, **options)
        self.addCleanup(collector._process.kill)
        return collector

    def commit(self, group, offset):
        self.clients.commit(group=group, topic="orders", offsets={"0": offset})

    def commit_in_transaction(self, group, offset, end, transactional_id="t"):
        self.clients.produce(topic="orders", counts=[1], transaction=end, group=group,
                             transactional_id=transactional_id, offsets={"0": offset})


class Transactions(OneBroker):
    partitions = 1

    def expect_read(self, collector, commits):
        eventually("the position is the last stable offset", collector.has_read_everything)
        eventually("the commits are told", lambda: collector.commits() == commits)

    def test_the_position_reaches_the_last_stable_offset_whatever_ends_the_log(self):
        self.clients.create_topic(topic="orders", partitions=1)
        self.commit("plain", 1)
        collector = self.watch()
        seen = [("plain", 1)]
        self.expect_read(collector, seen)

        self.commit_in_transaction("tx", 7, "commit")
        seen.append(("tx", 7))
        self.expect_log_end(collector, 3)  # the marker included
        self.expect_read(collector, seen)
        self.assertEqual(collector.positions(), {"0": 3}, "beyond the commit marker")

        self.commit_in_transaction("tx", 99, "abort")
        self.expect_log_end(collector, 5)
        self.expect_read(collector, seen)
        self.assertEqual(collector.positions(), {"0": 5}, "beyond aborted records and their marker")

        self.commit_in_transaction("tx", 8, "open", "long")
        self.commit("plain", 2)
        self.expect_log_end(collector, 7)
        always("an open transaction holds the position back",
               lambda: collector.positions() == collector.stable_offsets() == {"0": 5}, 1.5)
        self.assertEqual(collector.commits(), seen)

        self.clients.end_transaction(transactional_id="long", commit=True)
        seen += [("tx", 8), ("plain", 2)]
        self.expect_log_end(collector, 8)
        self.expect_read(collector, seen)
        self.assertEqual(collector.positions(), {"0": 8})

        late = self.watch()
        self.expect_read(late, seen)
        self.assertEqual(late.told("goal")[0]["until"], {"0": 8})

    @staticmethod
    def expect_log_end(collector, end):
        eventually(f"the log end is {end}",
                   lambda: collector.log_ends(OFFSETS_TOPIC)["0"]["end"] == end)


class Topics(OneBroker):
    def test_topics_and_partitions_are_seen_as_they_come_and_go(self):
        collector = self.watch()
        eventually("it waits", lambda: collector.link()["state"] == "waiting_for_topic")
        always("waiting does not create the topic", lambda: collector.offsets_partitions() == 0)

        self.clients.create_topic(topic="orders", partitions=2)
        self.clients.produce(topic="orders", counts=[3, 4], transaction="commit")
        eventually("log ends of the new topic, commit markers included",
                   lambda: [p["end"] for p in collector.log_ends("orders").values()] == [4, 5])
        self.commit("billing", 2)
        eventually("the first commit", lambda: collector.commits() == [("billing", 2)])
        self.assertEqual(collector.link()["state"], "connected")
        self.assertEqual(collector.topics(), {"orders": 2}, "internal topics are not told")
        self.assertEqual(collector.offsets_partitions(), 2)

        self.clients.grow_topic(topic="orders", partitions=3)
        self.clients.grow_topic(topic=OFFSETS_TOPIC, partitions=3)
        eventually("new partitions", lambda: collector.topics() == {"orders": 3} and
                   collector.offsets_partitions() == 3)
        self.clients.produce_raw(topic=OFFSETS_TOPIC, partition=2, client_id="__admin_client",
                                 records=[commit_record("late", "orders", 0, 5)])
        eventually("a commit in the new partition", lambda: ("late", 5) in collector.commits())
        eventually("everything is read", collector.has_read_everything)
        goals = {}
        for goal in collector.told("goal"):
            goals.update(goal["until"])
        self.assertEqual(sorted(goals), ["0", "1", "2"], "each partition has a goal")

        self.clients.delete_topic(topic="orders")
        eventually("the topic is gone", lambda: collector.topics() == {})
        self.assertEqual(collector.stop()["decode_errors"], {})


    def test_settings_that_say_how_long_records_stay(self):
        collector = self.watch()
        self.clients.create_topic(topic="brief", config={
            "retention.ms": "3600000", "retention.bytes": "1000000",
            "message.timestamp.type": "LogAppendTime"})
        self.clients.create_topic(topic="table", config={"cleanup.policy": "compact"})
        eventually("both are told", lambda: {"brief", "table"} <= set(collector.topic_settings()))
        self.assertEqual(collector.topic_settings()["brief"], {
            "retention_ms": 3600000, "retention_bytes": 1000000, "deletes": True,
            "compacts": False, "log_append_time": True})
        self.assertEqual(collector.topic_settings()["table"], {
            "retention_ms": 604800000, "retention_bytes": None, "deletes": False, "compacts": True,
            "log_append_time": False})
        self.assertNotIn("topic_settings", collector.stop().get("errors", {}))
        for topic in ("brief", "table"):
            self.clients.delete_topic(topic=topic)


class Suspended(OneBroker):
    def test_a_suspended_broker_is_told_and_nothing_is_lost_or_doubled(self):
        self.clients.create_topic(topic="orders", partitions=1)
        self.commit("billing", 1)
        collector, other = self.watch(), self.watch()
        for each in (collector, other):
            eventually("it has caught up", each.has_read_everything)
        for offset in range(2, 8):
            self.commit("billing", offset)
        self.broker.suspend()
        self.addCleanup(self.broker.resume)
        eventually("it is told", lambda: collector.link()["state"] == "unreachable")
        self.assertIn("timed out", collector.link()["problem"])
        self.assertLess(other.stop()["stop_ms"], 5000, "it ends though nobody answers")
        self.broker.resume()
        eventually("it is back", lambda: collector.link()["state"] == "connected")
        self.commit("billing", 8)
        eventually("all commits, once",
                   lambda: collector.commits() == [("billing", o) for o in range(1, 9)])


del OneBroker  # only its children are tests

if __name__ == "__main__":
    unittest.main()
