"""What a probe finds on a real broker: control, aborted and compacted records, an open transaction,
deleted ones, and the time of the first record by either clock."""
import time
import unittest

from tests.collectors_kafka.collector import Collector
from tests.support.broker import Broker
from tests.support.waiting import eventually
from tests.support.workload import Workload

HOUR = 3_600_000
COMPACTED = {"cleanup.policy": "compact", "segment.ms": "100", "min.cleanable.dirty.ratio": "0.01",
             "delete.retention.ms": "0"}


def now_ms():
    return int(time.time() * 1000)


class Probe(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker({"log.cleaner.backoff.ms": 300}).start()
        cls.clients = Workload(cls.broker.bootstrap)
        cls.collector = Collector(cls.broker.bootstrap)

    @classmethod
    def tearDownClass(cls):
        cls.collector.stop()
        cls.clients.kill()
        cls.broker.kill()

    def topic(self, name, **config):
        self.clients.create_topic(topic=name, partitions=1, config=config)
        return name

    def expect(self, topic, offset, outcome, empty_to):
        seen = self.collector.probe(topic, 0, offset)
        self.assertEqual((seen["outcome"], seen["empty_to"]), (outcome, empty_to), seen["problem"])
        return seen

    def test_a_commit_marker_at_the_end_is_no_record(self):
        topic = self.topic("marker")
        self.clients.produce(topic=topic, counts=[5], transaction="commit")
        self.expect(topic, 5, "end", 6)
        self.expect(topic, 4, "record", 4)
        self.clients.produce(topic=topic, counts=[1], transaction="commit")
        self.expect(topic, 5, "record", 6)

    def test_aborted_records_are_passed_over(self):
        topic = self.topic("aborted")
        self.clients.produce(topic=topic, counts=[2])
        self.clients.produce(topic=topic, counts=[300], transaction="abort")
        self.expect(topic, 2, "end", 303)
        self.clients.produce(topic=topic, counts=[1])
        self.expect(topic, 2, "record", 303)
        self.expect(topic, 150, "record", 303)

    def test_an_open_transaction_is_the_end(self):
        topic = self.topic("hanging")
        self.clients.produce(topic=topic, counts=[3])
        self.clients.produce(topic=topic, counts=[4], transaction="open", transactional_id="h")
        self.expect(topic, 3, "end", 3)
        self.clients.end_transaction(transactional_id="h", commit=True)
        eventually("its records can be read",
                   lambda: self.collector.probe(topic, 0, 3)["outcome"] == "record")

    def test_what_was_deleted_is_told_from_what_is_passed_over(self):
        topic = self.topic("deleted")
        self.clients.produce(topic=topic, counts=[20])
        self.assertFalse(self.expect(topic, 3, "record", 3)["below_log_start"])
        self.clients.delete_records(topic=topic, before={"0": 12})
        self.assertTrue(self.expect(topic, 3, "record", 12)["below_log_start"])
        self.clients.delete_records(topic=topic, before={"0": 20})
        self.assertTrue(self.expect(topic, 3, "end", 20)["below_log_start"])

    def test_compaction_leaves_gaps(self):
        topic = self.topic("compacted", **COMPACTED)

        def compacted():
            self.clients.produce(topic=topic, counts=[3], key="same")
            return self.collector.probe(topic, 0, 1)["empty_to"] > 1
        eventually("the log is compacted", compacted, 60, every=1)
        seen = self.collector.probe(topic, 0, 1)
        self.assertEqual(seen["outcome"], "record")

    def test_a_record_has_the_time_of_its_producer(self):
        topic = self.topic("old")
        self.clients.produce(topic=topic, counts=[1], age_ms=HOUR)
        seen = self.expect(topic, 0, "record", 0)
        self.assertAlmostEqual(seen["record_time"], now_ms() - HOUR, delta=20_000)
        self.assertFalse(seen["log_append_time"])

    def test_or_that_of_the_broker(self):
        topic = self.topic("stamped", **{"message.timestamp.type": "LogAppendTime"})
        self.clients.produce(topic=topic, counts=[1], age_ms=HOUR)
        seen = self.expect(topic, 0, "record", 0)
        self.assertAlmostEqual(seen["record_time"], now_ms(), delta=20_000)
        self.assertTrue(seen["log_append_time"])

    def test_a_topic_that_does_not_exist_fails(self):
        self.assertEqual(self.collector.probe("nowhere", 0, 0)["outcome"], "failed")

    def test_a_topic_that_has_grown_can_be_asked_about(self):
        topic = self.topic("grown")
        self.clients.produce(topic=topic, counts=[1])
        self.expect(topic, 0, "record", 0)
        self.clients.grow_topic(topic=topic, partitions=2)
        self.clients.produce(topic=topic, counts=[0, 1])
        eventually("the new partition is known", lambda: self.collector.probe(
            topic, 1, 0)["outcome"] == "record", 60)


if __name__ == "__main__":
    unittest.main()
