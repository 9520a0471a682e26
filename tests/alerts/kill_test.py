"""kill -9 at every step between a trouble and its end, and at random moments: nothing is lost, nothing
is opened twice, and at most the message in flight comes again, under the same key."""
import os
import random
import signal
import sqlite3
import time
import unittest

from tests.alerts.hands import AT_ONCE, Groups, Webhook, alerts, incidents, receiver, route
from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.places import BUILD, temporary_folder
from tests.support.waiting import eventually
from tests.support.workload import Workload

SHIM = BUILD / "tests" / "state" / "libfailing_disk.so"
# The transactions of alerts.db in the life of one incident, and what the file holds after each:
# incidents, those of them that are open, messages that wait, deliveries.
HOLDS = [(0, 0, 0, 0),  # before anything happens
         (1, 1, 0, 0),  # 1: the incident opens
         (1, 1, 1, 0),  # 2: its message waits to be sent
         (1, 1, 0, 1),  # 3: the delivery is recorded
         (1, 0, 1, 1),  # 4: the incident ends, and the message of its end waits
         (1, 0, 0, 2)]  # 5: the delivery is recorded
OPENING, CLOSING = (1, 2, 3), (4, 5)
RECORDS_OF_DELIVERIES = (3, 5)
KILLS = 20  # at random moments
MOMENTS = ("before", "amid", "after")


class Watcher:
    """A daemon with a receiver of its own, which can be told to be killed."""

    def __init__(self, case, broker, more_of_route=None, group_wait="1s"):
        folder = temporary_folder("killed")
        self.order = folder / "order"
        self.webhook = Webhook(case)
        self.kills = 0
        self._case = case
        self.daemon = Tidemark(
            [cluster("live", broker.bootstrap)], policies=[AT_ONCE],
            env={"LD_PRELOAD": str(SHIM), "TIDEMARK_TEST_DISK": str(self.order)},
            more=alerts() + receiver("hook", "webhook", self.webhook.settings())
            + route(["hook"], group_wait=group_wait, **(more_of_route or {})))
        self.daemon.env["TIDEMARK_TEST_FILES"] = str(self.daemon.folder / "state" / "alerts.db")
        case.addCleanup(self.daemon.kill)
        self.start()

    def start(self):
        self.order.write_text("")
        self.daemon.start()

    def sees(self, group, status):
        seen = self.daemon.groups("live").get(group)
        return seen is not None and seen["status"] == status and not seen["stale"]

    def dies(self, what):
        """By the order that was given, or by the receiver's hand."""
        eventually(f"{what}: it dies", lambda: not self.daemon.running(), 60)
        self._case.assertEqual(self.daemon.wait(5), -signal.SIGKILL, what)
        self.kills += 1

    def holds(self):
        """What the file says while the daemon is dead: as in HOLDS."""
        with sqlite3.connect(self.daemon.folder / "state" / "alerts.db") as file:
            return file.execute(
                "SELECT (SELECT count(*) FROM incidents),"
                " (SELECT count(*) FROM incidents WHERE until IS NULL),"
                " (SELECT count(*) FROM outbox), (SELECT count(*) FROM deliveries)").fetchone()


class Turns:
    """When it is whose turn: again and again, after a random time from `least` to `most` seconds."""

    def __init__(self, chance, names, least, most):
        self._pause = lambda: chance.uniform(least, most)
        self._next = {name: time.monotonic() + self._pause() for name in names}

    def due(self):
        out = [name for name, at in self._next.items() if at <= time.monotonic()]
        for name in out:
            self._next[name] = time.monotonic() + self._pause()
        return out


class Killed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker().start()
        cls.addClassCleanup(cls.broker.kill)
        cls.clients = Workload(cls.broker.bootstrap)
        cls.addClassCleanup(cls.clients.kill)
        cls.groups = Groups(cls.clients, [f"g{number}" for number in range(5)])

    def setUp(self):
        self.assertTrue(SHIM.exists(), SHIM)
        for group in self.groups.names:
            self.groups.recover(group)

    def wait_for(self, watchers, what, condition):
        for name, watcher in watchers.items():
            eventually(f"{name}: {what}", lambda: condition(watcher), 60)

    def kill_at(self, watchers, steps, trouble):
        """Each of them dies at a step of its own, and is started again."""
        for (moment, step), watcher in watchers.items():
            if step in steps:
                watcher.order.write_text(f"{moment} {step - min(steps) + 1}")
        trouble()
        for (moment, step), watcher in watchers.items():
            if step not in steps:
                continue
            watcher.dies(f"{moment} {step}")
            self.assertEqual(watcher.holds(), HOLDS[step if moment == "after" else step - 1],
                             (moment, step))
            # Sent already where it is the record of that which is missing.
            told = sum(step > record for record in RECORDS_OF_DELIVERIES)
            told += step in RECORDS_OF_DELIVERIES
            self.assertEqual(len(watcher.webhook.taken), told, (moment, step))
            watcher.start()

    def check(self, name, watcher):
        moment, step = name
        told = watcher.webhook.messages()
        self.assertEqual([message["kind"] for message in told], ["opened", "resolved"], name)
        again = step in RECORDS_OF_DELIVERIES and moment != "after"
        self.assertEqual(watcher.webhook.repetitions(), 1 if again else 0, name)
        incident, = incidents(watcher.daemon)
        self.assertEqual({alert["incident"] for message in told for alert in message["alerts"]},
                         {incident["id"]}, name)
        self.assertEqual((incident["group"], incident["end"]), ("g0", "recovered"), name)
        self.assertEqual(len({message["dedup_key"] for message in told}), 1, name)

    def test_at_every_step(self):
        names = [(moment, step) for step in OPENING + CLOSING for moment in MOMENTS]
        watchers = {name: Watcher(self, self.broker) for name in names}
        self.wait_for(watchers, "all is well", lambda one: one.sees("g0", "OK"))
        self.kill_at(watchers, OPENING, lambda: self.groups.fail("g0"))
        self.wait_for(watchers, "the opening is told", lambda one: one.webhook.kinds() == ["opened"])
        self.wait_for(watchers, "nothing waits", self.nothing_waits)
        self.kill_at(watchers, CLOSING, lambda: self.groups.recover("g0"))
        self.wait_for(watchers, "the end is told",
                      lambda one: one.webhook.kinds() == ["opened", "resolved"])
        self.wait_for(watchers, "nothing waits", self.nothing_waits)
        for name, watcher in watchers.items():
            self.check(name, watcher)
            self.assertEqual(watcher.daemon.stop(), 0, name)

    @staticmethod
    def nothing_waits(watcher):
        seen, = watcher.daemon.data("/api/v1/receivers")
        return seen["waiting"] == 0 and seen["failure"] is None

    def test_while_the_receiver_reads_and_before_it_answers(self):
        watcher = Watcher(self, self.broker)
        eventually("all is well", lambda: watcher.sees("g0", "OK"), 60)
        watcher.webhook.on_message = lambda _: os.kill(watcher.daemon.pid(), signal.SIGKILL)
        self.groups.fail("g0")
        watcher.dies("before the answer")
        watcher.webhook.on_message = lambda _: None
        watcher.start()
        eventually("the opening is told again", watcher.webhook.repetitions, 60)
        self.groups.recover("g0")
        eventually("the end is told", lambda: watcher.webhook.kinds() == ["opened", "resolved"], 60)
        self.assertEqual(watcher.webhook.repetitions(), 1)
        incident, = incidents(watcher.daemon)
        self.assertEqual(incident["end"], "recovered")

    def test_at_random_moments(self):
        seed = random.randrange(1 << 32)
        print(f"seed {seed}")
        chance = random.Random(seed)
        watchers = {number: Watcher(self, self.broker, {"group_by": ["group"]}, group_wait="0s")
                    for number in range(4)}
        self.wait_for(watchers, "all is well", lambda one: all(
            one.sees(group, "OK") for group in self.groups.names))
        # Each of the groups fails and recovers, and each of the daemons is killed, at times of its own.
        turns = Turns(chance, self.groups.names, 3, 6)
        kills = Turns(chance, watchers, 2, 9)
        troubled = set()
        while sum(watcher.kills for watcher in watchers.values()) < KILLS:
            for group in turns.due():
                (self.groups.recover if group in troubled else self.groups.fail)(group)
                troubled ^= {group}
            for number in kills.due():
                os.kill(watchers[number].daemon.pid(), signal.SIGKILL)
                watchers[number].dies(number)
                watchers[number].start()
            time.sleep(0.01)
        for group in troubled:
            self.groups.recover(group)
        for number, watcher in watchers.items():
            self.expect_whole(number, watcher)

    def expect_whole(self, number, watcher):
        """Every incident was told from its beginning to its end, once, and no other."""
        def over():
            groups = all(watcher.sees(group, "OK") for group in self.groups.names)
            return groups and not incidents(watcher.daemon, state="open") and (
                self.nothing_waits(watcher))
        eventually(f"{number}: all is over", over, 90)
        told = {}
        for message in watcher.webhook.messages():
            for alert in message["alerts"]:
                told.setdefault(alert["incident"], []).append(message["kind"])
        rows = {row["id"]: row for row in incidents(watcher.daemon)}
        self.assertGreater(len(rows), 2, number)
        self.assertEqual({incident: (kinds[0], kinds[-1], kinds.count("opened"),
                                     kinds.count("resolved")) for incident, kinds in told.items()},
                         {incident: ("opened", "resolved", 1, 1) for incident in rows}, number)
        self.assertLessEqual(watcher.webhook.repetitions(), watcher.kills, number)
        for group in self.groups.names:
            spans = sorted((row["opened_ms"], row["until_ms"]) for row in rows.values()
                           if row["group"] == group)
            self.assertTrue(all(end <= begin for (_, end), (begin, _) in zip(spans, spans[1:])),
                            (number, group, spans))


if __name__ == "__main__":
    unittest.main()
