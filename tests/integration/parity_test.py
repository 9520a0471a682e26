"""Committed offsets, log ends and lags equal those of kafka-consumer-groups, for groups of all kinds
that are at rest; and one offset off by one does not pass."""
import unittest

from tests.integration.parity import Row, differences, from_rest, parse_tool
from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.waiting import eventually
from tests.support.workload import Workload

TOOL = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"
PROTOCOLS = ("classic", "consumer")
UNEVEN = [120, 0, 7, 33, 1]


class Comparison(unittest.TestCase):
    """The comparator itself, on a table of two partitions."""

    TOOL = {("g", "t", 0): Row(5, 9, 4), ("g", "t", 1): Row(None, 3, None)}
    STARTS = {("t", 0): 0, ("t", 1): 0}

    def compare(self, key, row):
        return differences(self.TOOL, {**self.TOOL, key: row}, self.STARTS, set())

    def test_equal_tables_differ_in_nothing(self):
        self.assertEqual(differences(self.TOOL, dict(self.TOOL), self.STARTS, set()), [])

    def test_each_number_off_by_one_is_told(self):
        for row, word in ((Row(6, 9, 4), "committed"), (Row(5, 10, 4), "log end"),
                          (Row(5, 9, 5), "lag")):
            with self.subTest(word):
                self.assertEqual([word in text for text in self.compare(("g", "t", 0), row)], [True])

    def test_a_commit_that_nobody_made_is_told(self):
        self.assertTrue(self.compare(("g", "t", 1), Row(0, 3, 3)))
        self.assertTrue(self.compare(("h", "t", 0), Row(0, 3, 3)))

    def test_a_missing_partition_is_told(self):
        self.assertTrue(differences(self.TOOL, {}, self.STARTS, set()))

    def test_lag_below_log_start_is_not_compared(self):
        ours = {**self.TOOL, ("g", "t", 0): Row(5, 9, 1)}
        self.assertEqual(differences(self.TOOL, ours, {("t", 0): 8, ("t", 1): 0}, set()), [])


class Parity(unittest.TestCase):
    broker_kind = {}

    @classmethod
    def setUpClass(cls):
        cls.broker = Broker(**cls.broker_kind).start()
        cls.clients = Workload(cls.broker.bootstrap)
        cls.make_topics()
        cls.make_groups_with_members()
        cls.make_groups_without_members()
        cls.clients.delete_records(topic="cut", before={"0": 25, "1": 10})
        cls.daemon = Tidemark([cluster("live", cls.broker.bootstrap)]).start()
        cls.daemon.wait_ready()

    @classmethod
    def tearDownClass(cls):
        cls.daemon.stop()
        cls.clients.stop()
        cls.broker.stop()

    @classmethod
    def make_topics(cls):
        clients = cls.clients
        for topic, partitions in (("uneven", 5), ("single", 1), ("wide", 16), ("cut", 2),
                                  ("bought", 2), ("empty", 3)):
            clients.create_topic(topic=topic, partitions=partitions)
        clients.produce(topic="uneven", counts=UNEVEN)
        clients.produce(topic="single", counts=[40])
        clients.produce(topic="wide", counts=list(range(0, 32, 2)))
        clients.produce(topic="cut", counts=[50, 20])
        clients.produce(topic="bought", counts=[10, 4], transaction="commit")
        clients.produce(topic="bought", counts=[3, 0], transaction="abort")
        clients.produce(topic="bought", counts=[0, 2], transaction="commit")

    @classmethod
    def make_groups_with_members(cls):
        """Per protocol: one that read all and left, two that stay, one with two members."""
        clients = cls.clients
        for protocol in PROTOCOLS:
            def consume(group, topics, commits="positions", member="1"):
                clients.consume(name=f"{group}-{protocol}-{member}", group=f"{group}-{protocol}",
                                topics=topics, protocol=protocol, commits=commits,
                                commit_every_ms=200)

            consume("left", ["uneven"])
            consume("stays", ["uneven", "single"])
            consume("records-only", ["uneven", "empty"], commits="records")
            consume("pair", ["wide"], member="1")
            consume("pair", ["wide"], member="2")
            consume("transactional", ["bought"])
            consume("record-plus-one", ["bought"], commits="records")
        for protocol in PROTOCOLS:
            cls.await_records(f"left-{protocol}-1", sum(UNEVEN))
            cls.await_records(f"stays-{protocol}-1", sum(UNEVEN) + 40)
            cls.await_records(f"records-only-{protocol}-1", sum(UNEVEN))
            cls.await_records(f"transactional-{protocol}-1", 16)
            cls.await_records(f"record-plus-one-{protocol}-1", 16)
            clients.close_consumer(name=f"left-{protocol}-1")

    @classmethod
    def await_records(cls, name, count):
        eventually(f"{name} has read {count} records and committed them",
                   lambda: cls.committed_after(name, count))

    @classmethod
    def committed_after(cls, name, count):
        status = cls.clients.consumer_status(name=name)
        return status["records"] >= count and status["commits"] > 0

    @classmethod
    def make_groups_without_members(cls):
        clients = cls.clients
        for number in range(6):
            clients.alter_offsets(group=f"set-{number}", topic="wide",
                                  offsets={str(p): p + number for p in range(number, 16, 3)})
        for number in range(3):
            clients.commit(group=f"assigned-{number}", topic="uneven",
                           offsets={"0": 100 + number, "2": number}, metadata="by hand")
        clients.commit(group="at-zero", topic="empty", offsets={"0": 0, "1": 0, "2": 0})
        clients.commit(group="below-log-start", topic="cut", offsets={"0": 3, "1": 10})
        clients.commit(group="above-log-start", topic="cut", offsets={"0": 30, "1": 20})
        clients.alter_offsets(group="partly-deleted", topic="wide",
                              offsets={str(p): p for p in range(8)})
        clients.delete_offsets(group="partly-deleted", topic="wide", partitions=[2, 5])
        clients.alter_offsets(group="gone", topic="wide", offsets={"0": 1})
        clients.delete_group(group="gone")

    def ours(self):
        groups = self.daemon.groups("live")
        return from_rest({name: self.daemon.group("live", name)["partitions"] for name in groups})

    def tool(self):
        return parse_tool(self.broker.tool(TOOL, "--describe", "--all-groups", "--offsets"))

    def log_starts(self):
        return {(topic, int(partition)): start
                for topic in ("uneven", "single", "wide", "cut", "bought", "empty")
                for partition, start in self.clients.log_starts(topic=topic).items()}

    def test_every_group_equals_the_tool(self):
        starts = self.log_starts()

        def agree():
            # Members commit on: what the tool saw between two equal looks of ours is what we saw.
            before, tool, after = self.ours(), self.tool(), self.ours()
            self.assertEqual(before, after)
            self.assertEqual(differences(tool, before, starts, {"bought"}), [])
            return tool, before

        tool, ours = eventually("Tidemark and the tool agree", agree, within=30, every=1)
        self.assertGreaterEqual(len({group for group, _, _ in tool}), 20)
        self.assertNotIn("gone", self.daemon.groups("live"))
        self.assert_off_by_one_is_found(tool, ours, starts)

    def assert_off_by_one_is_found(self, tool, ours, starts):
        for key, row in ours.items():
            if row.committed is not None:
                for field in ("committed", "log_end"):
                    wrong = row._replace(**{field: getattr(row, field) + 1})
                    found = differences(tool, {**ours, key: wrong}, starts, {"bought"})
                    self.assertEqual(len(found), 1, f"{key} {field}")

    def test_lag_below_log_start_counts_what_is_left(self):
        at = self.daemon.partitions("live", "below-log-start")["cut", 0]
        self.assertEqual((at["lag"], at["lost"]), (25, 22))

    def expect_shares(self, protocol):
        group = self.daemon.group("live", f"pair-{protocol}")
        self.assertEqual(group["kind"], protocol)
        self.assertEqual({m["client_id"] for m in group["members"]},
                         {f"pair-{protocol}-1", f"pair-{protocol}-2"})
        shares = [(m["assigned"] or {}).get("wide", []) for m in group["members"]]
        self.assertEqual(sorted(sum(shares, [])), list(range(16)))
        self.assertTrue(all(shares), shares)
        return True

    def test_members_and_their_partitions_are_shown_for_both_protocols(self):
        for protocol in PROTOCOLS:
            with self.subTest(protocol):
                eventually("the members have shared the partitions",
                           lambda protocol=protocol: self.expect_shares(protocol), 60)

    def test_a_group_whose_members_left_is_empty(self):
        for protocol in PROTOCOLS:
            with self.subTest(protocol):
                group = self.daemon.group("live", f"left-{protocol}")
                self.assertEqual((group["state"], group["members"]), ("Empty", []))


class ParityWithOlderBroker(Parity):
    """The same with the last release before 4.0, which writes other versions of the records."""
    broker_kind = {"older": True, "properties": {
        "group.coordinator.rebalance.protocols": "classic,consumer"}}


if __name__ == "__main__":
    unittest.main()
