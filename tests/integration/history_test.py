"""History on a real broker: what was written stays, whatever happens to the daemon or to its file, and
nothing that happens to the file touches a verdict."""
import unittest

from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.waiting import eventually
from tests.support.workload import Workload

EACH_SECOND = {"history_interval": "1s"}
GROUP = "/api/v1/clusters/live/groups/billing"


class History(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker().start()
        cls.clients = Workload(cls.broker.bootstrap)
        cls.clients.create_topic(topic="orders", partitions=2)
        cls.clients.produce_steadily(name="orders", topic="orders", partitions=2, rate=20)
        cls.clients.consume(name="billing", group="billing", topics=["orders"], commit_every_ms=500)

    @classmethod
    def tearDownClass(cls):
        cls.clients.stop()
        cls.broker.stop()

    def daemon(self):
        made = Tidemark([cluster("live", self.broker.bootstrap)], storage=EACH_SECOND)
        self.addCleanup(made.kill)
        return made

    @staticmethod
    def state(daemon):
        return daemon.data("/healthz")["history"]["state"]

    @staticmethod
    def samples(daemon):
        """at_ms -> lag, where something was recorded."""
        seen = daemon.data(GROUP + "/history?since=30m&step=1s")
        return {at: lag for at, status, lag in zip(seen["at_ms"], seen["status"], seen["lag_last"])
                if status is not None}

    def recorded(self, daemon, least, after=0):
        def enough():
            newer = {at: lag for at, lag in self.samples(daemon).items() if at > after}
            return newer if len(newer) >= least else None
        return eventually(f"{least} samples are recorded", enough, 60)

    def test_what_was_written_outlives_a_kill(self):
        daemon = self.daemon().start()
        daemon.wait_ready()
        before = self.recorded(daemon, 5)
        daemon.kill()
        daemon.start()
        daemon.wait_ready()
        after = self.samples(daemon)
        self.assertEqual({at: after.get(at) for at in before}, before)
        self.recorded(daemon, 3, after=max(before))
        daemon.stop()

    def test_a_partition_and_the_terminal_tell_the_same(self):
        daemon = self.daemon().start()
        daemon.wait_ready()
        self.recorded(daemon, 3)
        seen = daemon.data(GROUP + "/partitions/orders/1/history?since=5m&step=1s")
        known = [(committed, end, lag) for committed, end, lag in
                 zip(seen["committed_offset"], seen["log_end"], seen["lag_last"]) if end is not None]
        self.assertTrue(known)
        for committed, end, lag in known:
            self.assertGreater(committed, 0)
            self.assertEqual(lag, max(0, end - committed))
        code, out, err = daemon.command("history", "live", "billing", "--since", "5m")
        self.assertEqual((code, err), (0, ""))
        self.assertGreaterEqual(len(out.splitlines()), 4, out)
        code, out, _ = daemon.command("history", "live", "billing", "--since", "5m", "--csv")
        self.assertEqual(code, 0)
        self.assertTrue(out.startswith("at_ms,status,lag_min"), out[:80])
        code, _, err = daemon.command("history", "live", "nobody")
        self.assertEqual(code, 1)
        self.assertIn("nobody", err)
        daemon.stop()

    def test_a_damaged_file_is_set_aside(self):
        daemon = self.daemon()
        state = daemon.folder / "state"
        state.mkdir()
        (state / "history.db").write_bytes(b"no database at all" * 1000)
        daemon.start()
        daemon.wait_ready()
        self.recorded(daemon, 2)
        aside = list(state.glob("history.db.damaged-*"))
        self.assertEqual([one.stat().st_size for one in aside], [18000])
        self.assertIn(f"it is now {aside[0]}", daemon.log())
        daemon.stop()

    def test_without_a_folder_to_write_in_verdicts_go_on(self):
        daemon = self.daemon()
        (daemon.folder / "state").write_text("a file where the folder should be")
        daemon.start()
        daemon.wait_ready()
        eventually("it says that it can't record", lambda: self.state(daemon) == "failing", 30)
        reason = daemon.data("/healthz")["history"]["reason"]
        self.assertIn("history.db", reason)
        eventually("the verdict", lambda: daemon.groups("live")["billing"]["status"] == "OK", 30)
        status, body = daemon.get(GROUP + "/history")
        self.assertEqual((status, body["error"]["code"]), (503, "history_unavailable"), body)
        (daemon.folder / "state").unlink()
        self.recorded(daemon, 2)
        self.assertEqual(self.state(daemon), "recording")
        daemon.stop()


if __name__ == "__main__":
    unittest.main()
