"""A cluster of three brokers loses one: what moves to another leader is judged on, what has lost its
only leader is stale, and nobody is accused of it."""
import unittest

from tests.support.broker import Broker
from tests.support.daemon import QUICK, Tidemark, cluster
from tests.support.waiting import always, eventually
from tests.support.workload import Workload

OF_THREE = {
    "offsets.topic.replication.factor": 3, "offsets.topic.num.partitions": 6,
    "broker.session.timeout.ms": 3000, "broker.heartbeat.interval.ms": 500,
}
PATIENT = {**QUICK, "patience_min": "10m", "patience_unknown": "10m", "allowed_time_lag": "60s"}


class ThreeBrokers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        first = Broker(OF_THREE)
        cls.brokers = [first, *(Broker(OF_THREE, node=node, joins=first) for node in (2, 3))]
        for broker in cls.brokers:
            broker.start()
        cls.clients = Workload(first.bootstrap)
        cls.clients.create_topic(topic="safe", replicas=[[1, 2], [2, 3], [3, 1]])
        cls.clients.create_topic(topic="alone", replicas=[[1], [2], [3]])
        for topic in ("safe", "alone"):
            cls.clients.produce(topic=topic, counts=[50, 50, 50])
            for group in (f"reads-{topic}", f"rests-{topic}"):
                cls.clients.alter_offsets(group=group, topic=topic,
                                          offsets={str(p): 50 for p in range(3)})
        bootstrap = ",".join(broker.bootstrap for broker in cls.brokers)
        cls.daemon = Tidemark([cluster("three", bootstrap)], policies=[PATIENT]).start()
        cls.daemon.wait_ready()

    @classmethod
    def tearDownClass(cls):
        cls.daemon.stop()
        cls.clients.kill()
        for broker in reversed(cls.brokers):
            broker.kill()

    def expect(self, group, leaders, stale):
        at = self.daemon.partitions("three", group)
        self.assertEqual({p: one["leader"] for (_, p), one in at.items()}, leaders)
        self.assertEqual({p for (_, p), one in at.items() if one["stale"]}, stale)
        self.assertEqual({one["status"] for one in at.values()}, {"OK"}, at)
        return True

    def expect_nobody_accused(self):
        rows = self.daemon.groups("three")
        self.assertEqual(len(rows), 4)
        self.assertEqual({row["status"] for row in rows.values()}, {"OK"})
        return True

    def test_one_that_dies_takes_only_what_it_alone_had(self):
        every = {0: 1, 1: 2, 2: 3}
        for topic in ("safe", "alone"):
            eventually("all leaders are known",
                       lambda topic=topic: self.expect(f"reads-{topic}", every, set()), 30)
        self.brokers[1].kill()
        eventually("another broker leads", lambda: self.expect(
            "reads-safe", {0: 1, 1: 3, 2: 3}, set()), 60)
        eventually("the partition without a leader is stale", lambda: self.expect(
            "reads-alone", {0: 1, 1: None, 2: 3}, {1}), 60)
        self.clients.produce(topic="safe", counts=[1, 1, 1])
        self.clients.alter_offsets(group="reads-safe", topic="safe",
                                   offsets={str(p): 51 for p in range(3)})
        eventually("commits and log ends go on", lambda: {
            one["committed_offset"] for one in
            self.daemon.partitions("three", "reads-safe").values()} == {51}, 30)
        always("nobody is accused", self.expect_nobody_accused, during=5)
        self.brokers[1].start()
        eventually("the dead broker's partition is seen again", lambda: self.expect(
            "reads-alone", every, set()), 60)
        always("nobody is accused", self.expect_nobody_accused, during=3)


if __name__ == "__main__":
    unittest.main()
