"""A restart on a real broker: the daemon goes on where it was, with the same verdicts and no news, and
reads again only what came since; what is not its own, or damaged, it refuses."""
import shutil
import unittest

from tests.support.broker import Broker
from tests.support.daemon import QUICK, Tidemark, cluster
from tests.support.waiting import eventually
from tests.support.workload import Workload

OFTEN = {"snapshot_interval": "1s"}
GROUPS = {"keeps-up": "OK", "stalls": "ERROR", "dies": "ERROR"}
RATE = 20


class Snapshots(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker().start()
        cls.clients = Workload(cls.broker.bootstrap)
        cls.clients.create_topic(topic="orders", partitions=2)
        cls.clients.produce_steadily(name="orders", topic="orders", partitions=2, rate=RATE)
        often = {"topics": ["orders"], "commit_every_ms": 500}
        cls.clients.consume(name="keeps-up", group="keeps-up", **often)
        cls.clients.consume(name="stalls", group="stalls", pace="stall", **often)
        dying = Workload(cls.broker.bootstrap)
        dying.consume(name="dies", group="dies", **often)
        cls.daemon = Tidemark([cluster("live", cls.broker.bootstrap)], policies=[QUICK],
                              storage=OFTEN).start()
        cls.daemon.wait_ready()
        eventually("all have committed", cls.all_have_committed, 60)
        dying.kill()

    @classmethod
    def all_have_committed(cls):
        """A group is listed when it has a member, which is earlier."""
        rows = cls.daemon.groups("live")
        return all(rows.get(name, {}).get("last_commit_ms") for name in GROUPS)

    @classmethod
    def tearDownClass(cls):
        cls.daemon.kill()
        cls.clients.stop()
        cls.broker.stop()

    def settled(self):
        """name -> (status, since) once all groups are as they are to be."""
        def there():
            rows = self.daemon.groups("live")
            seen = {name: rows[name] for name in GROUPS}
            self.assertEqual({name: row["status"] for name, row in seen.items()}, GROUPS)
            self.assertFalse(any(row["stale"] for row in seen.values()))
            return {name: (row["status"], row["status_since_ms"]) for name, row in seen.items()}
        return eventually("the groups are as they are to be", there, 90)

    def seen_now(self):
        rows = self.daemon.groups("live")
        return {name: (row["status"], row["status_since_ms"]) for name, row in rows.items()
                if name in GROUPS}

    def written(self, after=0):
        def newer():
            at = self.daemon.cluster("live")["health"]["snapshot"]["written_ms"]
            return at if at and at > after else None
        return eventually("a snapshot is written", newer, 30)

    def told_of_groups(self):
        seen = self.daemon.data("/api/v1/events?cluster=live")
        return [(one["group"], one["kind"]) for one in seen if one.get("group") in GROUPS]

    def goes_on(self, end):
        before = self.settled()
        news = len(self.told_of_groups())
        read = self.daemon.cluster("live")["health"]["records_read"]
        now = self.daemon.cluster("live")["as_of_ms"]
        self.written(after=self.written(after=now))
        end()
        self.daemon.start()
        first = eventually("its groups are shown", self.seen_now, 5)
        self.assertEqual(first, before)
        self.daemon.wait_ready()
        cluster_now = self.daemon.cluster("live")
        self.assertEqual(self.settled(), before)
        self.assertLess(now - 2000, cluster_now["restored_from_ms"])
        self.assertLess(cluster_now["health"]["records_read"], max(read / 2, 60))
        self.assertIn("cluster live: restored", self.daemon.log())
        self.assertLessEqual(len(self.told_of_groups()), news)
        self.assertFalse([kind for _, kind in self.told_of_groups()[news:]])

    def test_after_an_orderly_end_it_goes_on(self):
        self.goes_on(lambda: self.assertEqual(self.daemon.stop(), 0))

    def test_after_a_kill_it_goes_on(self):
        self.goes_on(self.daemon.kill)

    def test_a_group_that_was_deleted_meanwhile_is_gone(self):
        self.clients.alter_offsets(group="short-lived", topic="orders", offsets={"0": 1})
        eventually("it is there", lambda: "short-lived" in self.daemon.groups("live"), 30)
        self.daemon.stop()
        self.clients.delete_group(group="short-lived")
        self.daemon.start()
        self.daemon.wait_ready()
        rows = eventually("the others are there", lambda: self.daemon.groups("live"), 10)
        self.assertNotIn("short-lived", rows)
        self.assertLess(set(GROUPS), set(rows) | {"another"})

    def test_a_torn_one_is_refused_and_all_is_read_again(self):
        before = self.settled()
        self.daemon.stop()
        path = self.daemon.folder / "state" / "snapshot-live.bin"
        path.write_bytes(path.read_bytes()[:-20])
        self.daemon.start()
        self.daemon.wait_ready()
        self.assertEqual({name: status for name, (status, _) in self.settled().items()},
                         {name: status for name, (status, _) in before.items()})
        self.assertIn("is refused: it is torn", self.daemon.log())
        self.assertIsNone(self.daemon.cluster("live")["restored_from_ms"])

    def test_one_of_another_cluster_is_refused(self):
        self.settled()
        self.written()
        another = Broker().start()
        self.addCleanup(another.stop)
        clients = Workload(another.bootstrap)
        self.addCleanup(clients.stop)
        clients.create_topic(topic="orders", partitions=2)
        clients.produce(topic="orders", counts=[5, 5])
        clients.alter_offsets(group="newcomer", topic="orders", offsets={"0": 5, "1": 5})
        daemon = Tidemark([cluster("live", another.bootstrap)], policies=[QUICK], storage=OFTEN)
        self.addCleanup(daemon.kill)
        state = daemon.folder / "state"
        state.mkdir()
        shutil.copy(self.daemon.folder / "state" / "snapshot-live.bin", state)
        daemon.start()
        daemon.wait_ready()
        eventually("its own group alone is there",
                   lambda: set(daemon.groups("live")) == {"newcomer"}, 20)
        self.assertIn("the snapshot is refused: it is of the cluster with the id", daemon.log())
        self.assertIsNone(daemon.cluster("live")["restored_from_ms"])
        self.assertEqual(daemon.stop(), 0)


if __name__ == "__main__":
    unittest.main()
