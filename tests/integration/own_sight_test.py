"""What happens to the monitor itself is held against nobody: its process stands still, its machine's
clock is set. A group that is read slowly, one that is quiet and one that died are judged as before."""
import os
import signal
import time
import unittest

from tests.support.broker import Broker
from tests.support.daemon import QUICK, Tidemark, cluster
from tests.support.places import BUILD, temporary_folder
from tests.support.waiting import always, eventually
from tests.support.workload import Workload

PATIENT = {**QUICK, "patience_min": "10m", "patience_unknown": "10m", "allowed_time_lag": "60s"}


class OwnSight(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker().start()
        cls.clients = Workload(cls.broker.bootstrap)
        cls.clients.create_topic(topic="orders", partitions=1)
        cls.clients.create_topic(topic="quiet", partitions=1)
        cls.clients.produce(topic="orders", counts=[1000])
        cls.clients.produce_steadily(name="orders", topic="orders", rate=10)
        cls.clients.consume(name="steady", group="steady", topics=["orders"],
                            commit_every_ms=1000)
        cls.clients.alter_offsets(group="waits", topic="orders", offsets={"0": 5})
        cls.clients.alter_offsets(group="idle", topic="quiet", offsets={"0": 0})

    @classmethod
    def tearDownClass(cls):
        cls.clients.stop()
        cls.broker.stop()

    def start(self, env=None):
        daemon = Tidemark([cluster("live", self.broker.bootstrap)], policies=[PATIENT],
                          env=env).start()
        self.addCleanup(daemon.stop)
        daemon.wait_ready()
        eventually("all are OK", lambda: self.expect_all_well(daemon), 30)
        return daemon

    def expect_all_well(self, daemon):
        rows = daemon.groups("live")
        self.assertEqual({name: row["status"] for name, row in rows.items()},
                         {"steady": "OK", "waits": "OK", "idle": "OK"},
                         [row["explanation"] for row in rows.values()])
        self.assertFalse(any(row["stale"] for row in rows.values()))
        return True

    def expect_nobody_accused(self, daemon):
        rows = daemon.groups("live")
        self.assertEqual({row["status"] for row in rows.values()}, {"OK"},
                         [row["explanation"] for row in rows.values()])
        return True

    def test_its_machines_clock_is_set_forward_and_back(self):
        preload = BUILD / "tests" / "integration" / "libset_clock.so"
        self.assertTrue(preload.exists(), preload)
        ahead = temporary_folder("clock") / "ahead"
        ahead.write_text("0")
        daemon = self.start({"LD_PRELOAD": str(preload), "TIDEMARK_TEST_CLOCK": str(ahead)})
        for seconds in (7200, -7200):
            ahead.write_text(str(seconds))
            shown = eventually("answers show the clock as it is set", lambda: self.shown_ahead(
                daemon, seconds), 10)
            self.assertTrue(shown)
            always("nobody is accused", lambda: self.expect_nobody_accused(daemon), during=6)
            self.expect_all_well(daemon)
            self.assertLess(daemon.group("live", "steady")["time_lag_seconds"], 30)

    @staticmethod
    def shown_ahead(daemon, seconds):
        _, answer = daemon.get("/api/v1/clusters")
        return abs(answer["as_of_ms"] / 1000 - time.time() - seconds) < 30

    def test_its_process_stands_still_for_a_while(self):
        daemon = self.start()
        refreshes = 12  # far more than the three after which a view is stale
        os.kill(daemon.pid(), signal.SIGSTOP)
        try:
            time.sleep(refreshes)
        finally:
            os.kill(daemon.pid(), signal.SIGCONT)
        always("nobody is accused", lambda: self.expect_nobody_accused(daemon), during=4)
        eventually("all are seen again", lambda: self.expect_all_well(daemon), 20)


if __name__ == "__main__":
    unittest.main()
