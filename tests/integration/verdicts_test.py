"""Real consumers of both protocols that keep up, fall behind, stall and die, and what Tidemark says
of them: status, reason and explanation, by policies that judge within seconds."""
import json
import unittest

from tests.support.broker import Broker
from tests.support.daemon import QUICK, Tidemark, cluster
from tests.support.waiting import always, eventually
from tests.support.workload import Workload

PROTOCOLS = ("classic", "consumer")
RATE = 30  # records a second into the topic, over three partitions


class Verdicts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker().start()
        cls.clients = Workload(cls.broker.bootstrap)
        cls.clients.create_topic(topic="orders", partitions=3)
        cls.clients.create_topic(topic="quiet", partitions=1)
        cls.clients.produce_steadily(name="orders", topic="orders", partitions=3, rate=RATE)
        cls.daemon = Tidemark([cluster("live", cls.broker.bootstrap)], policies=[
            {"group": "patient-.*", **QUICK, "patience_min": "5m", "patience_unknown": "5m"},
            {"group": "ignored-.*", "ignore": True},
            QUICK,
        ]).start()
        cls.daemon.wait_ready()

    @classmethod
    def tearDownClass(cls):
        cls.daemon.stop()
        cls.clients.stop()
        cls.broker.stop()

    def consume(self, clients, group, protocol, topic="orders", **more):
        clients.consume(name=group, group=group, topics=[topic], protocol=protocol, **more)

    def expect(self, group, status, reason, within=60):
        """The group and at least one partition of it reach this verdict."""
        def there():
            seen = self.daemon.group("live", group)
            self.assertEqual((seen["status"], seen["reason"]), (status, reason), seen["explanation"])
            return seen
        return eventually(f"{group} is {status} for {reason}", there, within)

    def expect_healthy(self, group):
        def there():
            seen = self.daemon.group("live", group)
            self.assertEqual(seen["status"], "OK", seen["explanation"])
            self.assertIn(seen["reason"], ("caught_up", "keeping_up"))
            return seen
        return eventually(f"{group} is healthy", there, 60)

    def statuses(self, group):
        return {one["status"] for one in self.daemon.group("live", group)["partitions"]}

    @staticmethod
    def for_each_protocol(name):
        return [(protocol, f"{name}-{protocol}") for protocol in PROTOCOLS]

    def test_one_that_keeps_up_is_ok_and_shows_its_member(self):
        for protocol, group in self.for_each_protocol("keeps-up"):
            self.consume(self.clients, group, protocol)
            self.expect_healthy(group)
            seen = self.daemon.group("live", group)
            self.assertEqual(seen["kind"], protocol)
            self.assertEqual([m["client_id"] for m in seen["members"]], [group])
            self.assertTrue(seen["members"][0]["client_host"])
            self.assertEqual(seen["members"][0]["assigned"], {"orders": [0, 1, 2]})
            self.assertLess(seen["lag"], 5 * RATE)

    def test_one_that_reads_too_slowly_falls_behind(self):
        self.clients.create_topic(topic="one-by-one", partitions=1)
        self.clients.produce_steadily(name="one-by-one", topic="one-by-one", rate=RATE)
        for protocol, group in self.for_each_protocol("slow"):
            self.consume(self.clients, group, protocol, "one-by-one", pace="slow", rate=RATE // 6)
        for protocol, group in self.for_each_protocol("slow"):
            seen = self.expect(group, "WARNING", "falling_behind")
            self.assertEqual(seen["trend"], "falling_behind")
            self.assertGreater(seen["time_lag_seconds"], 3)
            self.assertEqual(self.statuses(group), {"OK"})

    def test_one_that_commits_the_same_offset_over_waiting_records_is_stalled(self):
        for protocol, group in self.for_each_protocol("stalls"):
            self.consume(self.clients, group, protocol)
        for protocol, group in self.for_each_protocol("stalls"):
            self.expect_healthy(group)
            self.clients.change_consumer(name=group, pace="stall")
        for protocol, group in self.for_each_protocol("stalls"):
            seen = self.expect(group, "ERROR", "stalled")
            self.assertIn("STALLED", self.statuses(group))
            self.assertEqual(len(seen["members"]), 1)
        for protocol, group in self.for_each_protocol("stalls"):
            self.clients.change_consumer(name=group, pace="keep_up")
            self.expect_healthy(group)

    def test_one_that_dies_is_stopped(self):
        mortal = Workload(self.broker.bootstrap)
        for protocol, group in self.for_each_protocol("dies"):
            self.consume(mortal, group, protocol)
        for protocol, group in self.for_each_protocol("dies"):
            self.expect_healthy(group)
        mortal.kill()
        for protocol, group in self.for_each_protocol("dies"):
            seen = self.expect(group, "ERROR", "stopped")
            self.assertIn("patience", seen["explanation"])
            self.assertIn("STOPPED", self.statuses(group))
            self.assertGreater(seen["time_lag_seconds"], 5)

    def test_one_that_is_closed_is_empty_and_stopped_when_records_wait(self):
        for protocol, group in self.for_each_protocol("closed"):
            self.consume(self.clients, group, protocol)
        for protocol, group in self.for_each_protocol("closed"):
            self.expect_healthy(group)
            self.clients.close_consumer(name=group)
        for protocol, group in self.for_each_protocol("closed"):
            seen = self.expect(group, "ERROR", "stopped")
            self.assertEqual((seen["state"], seen["members"]), ("Empty", []))

    def test_one_that_goes_back_is_a_rewind_until_it_stops(self):
        self.clients.alter_offsets(group="back", topic="orders", offsets={"0": 20})
        eventually("the first commit is seen", lambda: self.daemon.group("live", "back"))
        self.clients.alter_offsets(group="back", topic="orders", offsets={"0": 3})
        self.expect("back", "ERROR", "rewind")
        self.assertIn("REWIND", self.statuses("back"))

    def test_one_with_nothing_to_read_is_ok_however_long_it_is_silent(self):
        self.clients.alter_offsets(group="idle", topic="quiet", offsets={"0": 0})
        self.expect("idle", "OK", "caught_up")
        always("idle is OK", lambda: self.daemon.group("live", "idle")["status"] == "OK", during=8)

    def test_members_without_any_commit_are_unknown(self):
        for protocol, group in self.for_each_protocol("uncommitted"):
            self.consume(self.clients, group, protocol, commit_every_ms=10_000_000)
        for protocol, group in self.for_each_protocol("uncommitted"):
            self.expect(group, "UNKNOWN", "never_committed")
            self.assertIsNone(self.daemon.group("live", group)["lag"])

    def test_policies_decide_by_group(self):
        for group in ("patient-1", "ignored-1", "plain-1"):
            self.clients.alter_offsets(group=group, topic="orders", offsets={"1": 1})
        self.expect("plain-1", "ERROR", "stopped")
        self.assertEqual(self.daemon.group("live", "patient-1")["status"], "OK")
        self.assertNotIn("ignored-1", self.daemon.groups("live"))

    def test_the_terminal_says_the_same(self):
        self.clients.alter_offsets(group="in-a-terminal", topic="orders", offsets={"1": 1})
        self.expect("in-a-terminal", "ERROR", "stopped")
        code, out, err = self.daemon.command("groups", "--cluster", "live", "--status", "ERROR")
        self.assertEqual((code, err), (0, ""))
        row = next(line for line in out.splitlines() if "in-a-terminal" in line)
        self.assertIn("ERROR", row)
        self.assertNotIn("patient-", out)
        code, out, err = self.daemon.command("describe", "live", "in-a-terminal")
        self.assertEqual((code, err), (0, ""))
        for word in ("in-a-terminal", "STOPPED", "orders", "patience"):
            self.assertIn(word, out)
        code, out, _ = self.daemon.command("describe", "live", "in-a-terminal", "--json")
        self.assertEqual((code, json.loads(out)["data"]["status"]), (0, "ERROR"))
        code, _, err = self.daemon.command("describe", "live", "no such group")
        self.assertEqual(code, 1)
        self.assertIn("no such group", err)

    def test_deleted_groups_and_topics_leave(self):
        self.clients.create_topic(topic="short-lived", partitions=2)
        self.clients.alter_offsets(group="deleted", topic="orders", offsets={"1": 1})
        self.clients.alter_offsets(group="two-topics", topic="orders", offsets={"1": 1})
        self.clients.alter_offsets(group="two-topics", topic="short-lived", offsets={"0": 0})
        eventually("both are seen", lambda: {"deleted", "two-topics"} <= set(
            self.daemon.groups("live")))
        self.clients.delete_group(group="deleted")
        self.clients.delete_topic(topic="short-lived")
        eventually("the group has left", lambda: "deleted" not in self.daemon.groups("live"))
        eventually("the topic has left its group", lambda: {
            topic for topic, _ in self.daemon.partitions("live", "two-topics")} == {"orders"})

    def test_new_partitions_appear(self):
        self.clients.create_topic(topic="grows", partitions=1)
        self.clients.alter_offsets(group="grown", topic="grows", offsets={"0": 0})
        eventually("one partition", lambda: len(self.daemon.partitions("live", "grown")) == 1)
        self.clients.grow_topic(topic="grows", partitions=3)
        self.clients.produce(topic="grows", counts=[0, 0, 4])
        self.clients.alter_offsets(group="grown", topic="grows", offsets={"2": 1})
        eventually("three partitions", lambda: len(self.daemon.partitions("live", "grown")) == 3)

        def shown():
            at = self.daemon.partitions("live", "grown")["grows", 2]
            self.assertEqual((at["committed_offset"], at["log_end"], at["lag"]), (1, 4, 3))
            return True
        eventually("the new partition's commit and log end", shown)


if __name__ == "__main__":
    unittest.main()
