"""A broker goes away and comes back: what was committed just before and just after appears exactly,
and another cluster notices nothing."""
import threading
import unittest

from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.waiting import always, eventually
from tests.support.workload import Workload

GROUPS = 20
# Keeps every commit of a test in the window, and accuses nobody meanwhile.
KEEP_ALL = {"intervals": 10, "window": "1s"}


class Outage(unittest.TestCase):
    def setUp(self):
        self.broker = Broker().start()
        self.addCleanup(self.broker.kill)
        self.other = Broker().start()
        self.addCleanup(self.other.kill)
        self.clients = self.make_clients(self.broker)
        self.make_clients(self.other).consume(name="steady", group="steady", topics=["t"],
                                              commit_every_ms=200)
        self.daemon = Tidemark([cluster("fails", self.broker.bootstrap),
                                cluster("stays", self.other.bootstrap, refresh="2s")],
                               policies=[KEEP_ALL]).start()
        self.addCleanup(self.daemon.stop)
        self.daemon.wait_ready()
        self.commit_everywhere(1)
        self.expect_commits(1)
        eventually("the other cluster is watched", self.expect_other_unaffected, 30)

    def make_clients(self, broker):
        clients = Workload(broker.bootstrap)
        self.addCleanup(clients.kill)
        clients.create_topic(topic="t", partitions=3)
        clients.produce(topic="t", counts=[100, 100, 100])
        return clients

    def commit_everywhere(self, offset):
        for number in range(GROUPS):
            self.clients.alter_offsets(group=f"g{number}", topic="t",
                                       offsets={str(p): offset + number + p for p in range(3)})

    def shown(self):
        rows = {}
        for number in range(GROUPS):
            for (_, partition), at in self.daemon.partitions("fails", f"g{number}").items():
                rows[number, partition] = at["committed_offset"]
        return rows

    def expect_commits(self, offset):
        expected = {(n, p): offset + n + p for n in range(GROUPS) for p in range(3)}

        def exact():
            self.assertEqual(self.shown(), expected)
            return True
        eventually(f"all commits from {offset} on are shown", exact, 60)

    def window(self, group, partition):
        at = self.daemon.partitions("fails", group)["t", partition]
        return [sample["offset"] for sample in at["window"]]

    def state(self, name):
        return self.daemon.cluster(name)["state"]

    def expect_other_unaffected(self):
        other = self.daemon.cluster("stays")
        self.assertEqual((other["state"], other["problem"]), ("connected", None))
        seen = self.daemon.group("stays", "steady")
        self.assertEqual((seen["status"], seen["stale"]), ("OK", False), seen["explanation"])
        self.assertLess(seen["last_commit_age_seconds"], 5)
        return True

    def expect_stale_not_accused(self):
        """Our own blindness accuses nobody: verdicts stand and are marked."""
        def stale():
            seen = self.daemon.group("fails", "g0")
            self.assertTrue(seen["stale"], seen)
            self.assertNotEqual(seen["status"], "ERROR")
            return True
        eventually("its groups are stale", stale, 30)

    def run_outage(self, end_broker):
        self.commit_everywhere(10)
        end_broker()
        eventually("the cluster is shown as unreachable", lambda: self.state("fails") == "unreachable",
                   60)
        self.assertTrue(self.daemon.cluster("fails")["problem"])
        self.expect_stale_not_accused()
        self.expect_other_unaffected()
        self.assertEqual(self.daemon.get("/readyz")[0], 200)
        self.broker.start()
        self.commit_everywhere(40)
        self.expect_commits(40)
        eventually("the cluster is connected", lambda: self.state("fails") == "connected", 30)
        eventually("its groups are fresh", lambda: not self.daemon.group("fails", "g0")["stale"], 30)
        for number in range(GROUPS):
            first = number + 2
            self.assertEqual(self.window(f"g{number}", 2), [1 + first, 10 + first, 40 + first])
        self.expect_other_unaffected()

    def test_commits_around_a_clean_stop_are_exact(self):
        self.run_outage(self.broker.stop)

    def test_commits_around_a_crash_are_exact(self):
        self.run_outage(self.broker.kill)

    def test_commits_around_a_frozen_broker_are_exact(self):
        self.commit_everywhere(10)
        self.broker.suspend()
        thaw = threading.Timer(8, self.broker.resume)
        thaw.start()
        always("the other cluster is unaffected", self.expect_other_unaffected, during=7)
        thaw.join()
        self.commit_everywhere(40)
        self.expect_commits(40)
        self.expect_other_unaffected()


if __name__ == "__main__":
    unittest.main()
