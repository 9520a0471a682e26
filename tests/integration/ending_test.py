"""SIGTERM ends the daemon within 10 s, with exit code 0, whatever the brokers do."""
import socket
import threading
import time
import unittest

from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.places import free_port
from tests.support.waiting import eventually
from tests.support.workload import Workload

PROMISE = 10


class SilentServer:
    """Accepts connections and never answers."""

    def __enter__(self):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._held = []
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def _accept(self):
        try:
            while True:
                self._held.append(self._socket.accept()[0])
        except OSError:
            pass  # closed

    def connected(self):
        return len(self._held)

    def __exit__(self, *_):
        self._socket.close()
        for one in self._held:
            one.close()


class Ending(unittest.TestCase):
    def started(self, *clusters):
        daemon = Tidemark(list(clusters)).start()
        self.addCleanup(daemon.stop)
        return daemon

    def broker(self):
        broker = Broker().start()
        self.addCleanup(broker.kill)
        return broker

    def assert_ends(self, daemon):
        begin = time.monotonic()
        daemon.send_stop()
        self.assertEqual(daemon.wait(PROMISE), 0, daemon.log())
        self.assertLess(time.monotonic() - begin, PROMISE)
        self.assertIn("stopped", daemon.log())

    def test_with_brokers_that_answer(self):
        daemon = self.started(cluster("live", self.broker().bootstrap))
        daemon.wait_ready()
        self.assert_ends(daemon)

    def test_with_a_broker_that_froze(self):
        broker = self.broker()
        clients = Workload(broker.bootstrap)
        self.addCleanup(clients.kill)
        clients.create_topic(topic="t", partitions=3)
        clients.alter_offsets(group="g", topic="t", offsets={"0": 0})
        daemon = self.started(cluster("frozen", broker.bootstrap))
        daemon.wait_ready()
        eventually("the group is seen", lambda: daemon.groups("frozen"))
        broker.suspend()
        time.sleep(2)  # so that requests are under way
        self.assert_ends(daemon)

    def test_with_nobody_at_the_address(self):
        daemon = self.started(cluster("absent", f"127.0.0.1:{free_port()}"),
                              cluster("nameless", "no-such-host.invalid:9092"))
        daemon.wait_ready()
        self.assert_ends(daemon)

    def test_with_a_server_that_never_answers(self):
        with SilentServer() as server:
            daemon = self.started(cluster("silent", f"127.0.0.1:{server.port}"))
            eventually("it has connected", server.connected)
            self.assert_ends(daemon)

    def test_in_the_middle_of_catching_up(self):
        broker = self.broker()
        clients = Workload(broker.bootstrap)
        self.addCleanup(clients.kill)
        clients.create_topic(topic="t", partitions=1)
        clients.alter_offsets(group="g", topic="t", offsets={"0": 0})
        clients.produce_raw(topic="__consumer_offsets", partition=0, client_id="__admin_client",
                            times=300_000, records=[{"key": "AGM=", "value": "AAA="}])
        clients.limit_reading(bytes_per_second=50_000)
        daemon = self.started(cluster("behind", broker.bootstrap))
        eventually("it has read a part", lambda: 0 < self.progress(daemon) < 100)
        self.assertEqual(daemon.get("/readyz")[0], 503)
        self.assert_ends(daemon)

    @staticmethod
    def progress(daemon):
        return daemon.cluster("behind")["catch_up"]["percent"] or 0

    def test_as_soon_as_it_answers(self):
        self.assert_ends(self.started(cluster("live", self.broker().bootstrap)))

    def test_by_a_second_signal_at_once(self):
        with SilentServer() as server:
            daemon = self.started(cluster("silent", f"127.0.0.1:{server.port}"))
            eventually("it has connected", server.connected)
            daemon.send_stop()
            daemon.interrupt()
            self.assertIn(daemon.wait(PROMISE), (0, 130))


if __name__ == "__main__":
    unittest.main()
