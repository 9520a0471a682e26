"""The whole daemon, compiled with ThreadSanitizer and with AddressSanitizer and
UndefinedBehaviorSanitizer, lives through a busy minute: groups of both protocols, a crowd of HTTP
clients, a broker that goes and comes, a cluster that was never there, and people who are told of it by
mails and a webhook. The sanitizers report nothing."""
import http.client
import threading
import unittest

from tests.alerts.hands import Webhook, alerts, receiver, route
from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.places import BUILD, SOURCE, free_port, temporary_folder
from tests.support.waiting import eventually
from tests.support.workload import Workload

REPORTS = ("ThreadSanitizer", "AddressSanitizer", "LeakSanitizer", "runtime error")
PATHS = ("/metrics", "/readyz", "/api/v1/clusters", "/api/v1/groups?limit=1000",
         "/api/v1/clusters/live/groups/g3", "/api/v1/clusters/live/topics/orders",
         "/api/v1/incidents", "/api/v1/receivers", "/v3/kafka/live/consumer/g5/lag", "/v3/kafka",
         "/no/such/page")


class Crowd:
    """Threads that ask for all pages again and again."""

    def __init__(self, daemon, size=6):
        self._daemon = daemon
        self._stop = threading.Event()
        self.answers = 0
        self._threads = [threading.Thread(target=self._ask, args=(n,)) for n in range(size)]

    def _ask(self, number):
        while not self._stop.is_set():
            for path in PATHS[number % len(PATHS):] + PATHS[:number % len(PATHS)]:
                try:
                    self._daemon.get_text(path, limit=30)
                    self.answers += 1
                except (OSError, http.client.HTTPException):
                    pass  # the daemon's end is under way

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()


class Sanitized(unittest.TestCase):
    def setUp(self):
        self.broker = Broker().start()
        self.addCleanup(self.broker.kill)
        self.clients = Workload(self.broker.bootstrap)
        self.addCleanup(self.clients.kill)
        self.clients.create_topic(topic="orders", partitions=4)
        self.clients.produce_steadily(name="p", topic="orders", partitions=4, rate=50)
        for protocol in ("classic", "consumer"):
            self.clients.consume(name=protocol, group=protocol, topics=["orders"],
                                 protocol=protocol, commit_every_ms=100)
        self.commit(0)

    def commit(self, offset):
        for number in range(10):
            self.clients.alter_offsets(group=f"g{number}", topic="orders",
                                       offsets={str(p): offset + number for p in range(4)})

    def committed(self, daemon, group):
        return daemon.partitions("live", group)["orders", 0]["committed_offset"]

    def live_through(self, program, env):
        hook, mails = Webhook(self), temporary_folder("mails")
        daemon = Tidemark([cluster("live", self.broker.bootstrap),
                           cluster("absent", f"127.0.0.1:{free_port()}")],
                          program=BUILD / program, env=env,
                          more=alerts() + receiver("hook", "webhook", hook.settings())
                          + receiver("mails", "file", {"folder": str(mails)})
                          + route(["hook", "mails"])).start()
        self.addCleanup(daemon.stop)
        self.addCleanup(lambda: daemon.running() or print(daemon.log()))  # its end has its reason
        daemon.wait_ready()
        with Crowd(daemon) as crowd:
            eventually("commits are seen", lambda: self.committed(daemon, "g9") == 9, 60)
            self.broker.kill()
            eventually("the outage is seen",
                       lambda: daemon.cluster("live")["state"] == "unreachable", 60)
            self.broker.start()
            self.commit(20)
            eventually("commits are seen again", lambda: self.committed(daemon, "g9") == 29, 60)
            eventually("the end of the outage is told", lambda: any(
                alert["cluster"] == "live" and alert["over"] for message in hook.messages()
                for alert in message["alerts"]), 60)
            eventually("by mails, too",
                       lambda: len(list(mails.glob("*.eml"))) == len(hook.messages()), 30)
            daemon.send_stop()
            code = daemon.wait(30)
        self.assertGreater(crowd.answers, 50)
        log = daemon.log()
        self.assertEqual([word for word in REPORTS if word in log], [], log)
        self.assertEqual(code, 0, log)

    def test_threads(self):
        self.live_through("tidemark-thread", {
            "TSAN_OPTIONS": "halt_on_error=1 second_deadlock_stack=1 "
                            f"suppressions={SOURCE}/tests/support/tsan.supp"})

    def test_memory(self):
        self.live_through("tidemark-address", {
            "ASAN_OPTIONS": "detect_stack_use_after_return=1",
            "UBSAN_OPTIONS": "print_stacktrace=1"})


if __name__ == "__main__":
    unittest.main()
