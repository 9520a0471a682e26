"""A group on a real broker is forgotten: it is gone, after a kill too, its incident has ended, and it
comes back with its next commit."""
import unittest

from tests.alerts.hands import AT_ONCE, Groups, alerts, incidents
from tests.changes.asking import ask, events
from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.waiting import eventually
from tests.support.workload import Workload


class Forget(unittest.TestCase):
    def test_a_group_is_forgotten_until_its_next_commit(self):
        broker = Broker().start()
        self.addCleanup(broker.kill)
        clients = Workload(broker.bootstrap)
        self.addCleanup(clients.kill)
        groups = Groups(clients, ["billing", "payments", "ghost"])
        daemon = Tidemark([cluster("live", broker.bootstrap)], policies=[AT_ONCE],
                          storage={"snapshot_interval": "1s"}, more=alerts()).start()
        self.addCleanup(daemon.kill)
        groups.fail("ghost")
        eventually("it is an incident", lambda: incidents(daemon, state="open"), 60)
        eventually("a snapshot holds it", lambda: daemon.cluster("live")["health"]["snapshot"]
                   ["written_ms"], 60)
        code, out, err = daemon.command("forget", "live", "ghost", "--author", "al")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("forgotten", out)
        eventually("it is gone", lambda: set(daemon.groups("live")) == {"billing", "payments"})
        told, = events(daemon, "group_forgotten")
        self.assertEqual((told["group"], told["author"]), ("ghost", "al"))
        eventually("its incident has ended",
                   lambda: [row["end"] for row in incidents(daemon)] == ["group_deleted"], 30)
        written = daemon.cluster("live")["health"]["snapshot"]["written_ms"]
        eventually("a snapshot without it is there", lambda: daemon.cluster("live")["health"]
                   ["snapshot"]["written_ms"] > written, 30)
        daemon.kill()
        daemon.start()
        daemon.wait_ready()
        self.assertEqual(set(daemon.groups("live")), {"billing", "payments"})
        status, answer, _ = ask(daemon, "DELETE", "/v3/kafka/LIVE/consumer/payments")
        self.assertEqual((status, answer["error"], answer["message"]),
                         (200, False, "consumer group removed"))
        eventually("it is gone, too", lambda: set(daemon.groups("live")) == {"billing"})
        self.assertEqual(daemon.command("forget", "live", "payments")[0], 1)
        groups.recover("payments")
        eventually("it is back", lambda: set(daemon.groups("live")) == {"billing", "payments"})


if __name__ == "__main__":
    unittest.main()
