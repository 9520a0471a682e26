"""Receivers that hang, are too busy, fail or hang up: none of them delays another, each gets the message
in the end, under one key. What there is to tell is a cluster that nobody answers for."""
import threading
import time
import unittest

from tests.alerts.hands import Webhook, alerts, receiver, route
from tests.support.daemon import Tidemark, cluster
from tests.support.places import free_port
from tests.support.waiting import eventually

FIRST_PAUSE = 3.9  # at least, if the receiver says nothing; at most 6 s
RETRY_AFTER = 8
TIMEOUT = 2
TROUBLES = {"busy": (429, {"Retry-After": str(RETRY_AFTER)}, "slow down"),
            "broken": (500, {}, "out of order"),
            "resets": "reset",
            "hangs": "hang"}


class Receivers(unittest.TestCase):
    def setUp(self):
        self.hooks = {name: Webhook(self) for name in [*TROUBLES, "fine"]}
        tables = [receiver(name, "webhook", hook.settings(), timeout=f"{TIMEOUT}s")
                  for name, hook in self.hooks.items()]
        self.daemon = Tidemark([cluster("away", f"127.0.0.1:{free_port()}")],
                               more=alerts() + "".join(tables) + route(list(self.hooks))).start()
        self.addCleanup(self.daemon.kill)

    def receivers(self):
        return {row["receiver"]: row for row in self.daemon.data("/api/v1/receivers")}

    def failure(self, name):
        """What its first attempt met, as soon as that has failed."""
        row = self.receivers()[name]
        return row["failed_attempts"] == 1 and row["failure"]

    def test_that_are_in_trouble_delay_no_other_and_get_it_in_the_end(self):
        for name, answer in TROUBLES.items():
            self.hooks[name].fake.next_answers = [answer]
        fine = self.hooks["fine"]
        eventually("the one that is fine is told", lambda: fine.kinds() == ["opened"], 60)
        met = {name: eventually(f"{name} fails", lambda: self.failure(name)) for name in TROUBLES}
        self.assertEqual((met["busy"], met["broken"]), ("429: slow down", "500: out of order"))
        self.assertRegex(met["hangs"], "(?i)timed? ?out")
        self.assertIsNone(self.receivers()["fine"]["failure"])
        for name in TROUBLES:
            hook = self.hooks[name]
            eventually(f"{name} is told", hook.messages, 60)
            self.assertEqual(hook.taken, fine.taken, "under the key of the message")
            first, second = (request.at for request in hook.fake.requests)
            self.assertGreater(second - first, RETRY_AFTER if name == "busy" else FIRST_PAUSE)
        eventually("nothing waits", lambda: not any(
            row["waiting"] or row["failure"] for row in self.receivers().values()))
        self.assertEqual(len(fine.fake.requests), 1)

    def test_that_hang_do_not_hold_up_the_end(self):
        hook = self.hooks["fine"]
        hanging = threading.Event()
        hook.on_message = lambda _: (hanging.set(), time.sleep(1.5 * TIMEOUT))
        self.assertTrue(hanging.wait(60))
        begin = time.monotonic()
        self.assertEqual(self.daemon.stop(), 0)
        self.assertLess(time.monotonic() - begin, TIMEOUT + 5)
        hook.on_message = lambda _: None
        self.daemon.start()
        eventually("it is told again", hook.repetitions, 30)


if __name__ == "__main__":
    unittest.main()
