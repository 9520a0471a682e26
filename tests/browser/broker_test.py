"""The page of a daemon that watches a real broker, with a group whose name is an attack, and a
cluster that is not there."""
import unittest

from tests.browser.node import NodeTests
from tests.support.broker import Broker
from tests.support.daemon import QUICK, Tidemark, cluster
from tests.support.places import free_port
from tests.support.waiting import eventually
from tests.support.workload import Workload

HOSTILE = "<img src=x onerror=document.title='owned'>"
RATE = 20
TOKEN, WEAK = "the-token-of-the-operators", "the-token-of-those-who-look"


def tokens():
    return "".join(f'[[http.token]]\nname = "{name}"\ntoken = "{token}"\nrights = {rights}\n'
                   for name, token, rights in (("ops", TOKEN, '["silence", "acknowledge"]'),
                                               ("viewer", WEAK, '["acknowledge"]')))


class RealBroker(unittest.TestCase):
    def setUp(self):
        self.broker = Broker().start()
        self.addCleanup(self.broker.stop)
        self.clients = Workload(self.broker.bootstrap)
        self.addCleanup(self.clients.stop)
        self.clients.create_topic(topic="orders", partitions=3)
        self.clients.produce_steadily(name="orders", topic="orders", partitions=3, rate=RATE)
        for group in ("billing", "..", HOSTILE):
            self.clients.consume(name=group, group=group, topics=["orders"], protocol="classic")
        gone = f"127.0.0.1:{free_port()}"  # nobody listens there
        self.daemon = Tidemark([cluster("live", self.broker.bootstrap), cluster("gone", gone)],
                               policies=[QUICK], more=tokens()).start()
        self.addCleanup(self.daemon.stop)

    def test_the_main_screens_show_it(self):
        eventually("all groups are judged",
                   lambda: {"billing", "..", HOSTILE} <= self.daemon.groups("live", status="OK").keys(), 60)
        eventually("the other cluster is known to be out of reach",
                   lambda: self.daemon.cluster("gone")["state"] == "unreachable", 60)
        code, said = NodeTests(["broker.mjs", "tokens.mjs"], self.daemon.url, "broker",
                               TIDEMARK_HOSTILE=HOSTILE, TIDEMARK_TOKEN=TOKEN,
                               TIDEMARK_WEAK_TOKEN=WEAK).finish(240)
        self.assertEqual(code, 0, said)


if __name__ == "__main__":
    unittest.main()
