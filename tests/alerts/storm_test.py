"""5,000 groups fail within a minute: few messages, little memory, every group accounted for, and every
one of them told to be well again."""
import struct
import unittest
import urllib.parse

from tests.alerts.hands import Webhook, alerts, incidents, receiver, route
from tests.bench.measured import memory_kb, reset_peak
from tests.scale.checks import pages
from tests.scenarios.raw_kafka import OFFSET_COMMIT, Connection, text
from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.places import temporary_folder
from tests.support.waiting import eventually
from tests.support.workload import Workload

COUNT = 5000
TOPICS = [f"orders-{number}" for number in range(5)]
RECORDS = 10
POLICY = {"intervals": 2, "window": "1s", "patience_min": "5s", "patience_max": "5s",
          "patience_unknown": "5s"}
MOST_GROWN_MB = 150
MOST_MESSAGES = 12  # a receiver, opening and closing, whatever the speed of the machine


class Storm(unittest.TestCase):
    def setUp(self):
        self.broker = Broker({"offsets.topic.num.partitions": 4}).start()
        self.addCleanup(self.broker.kill)
        self.clients = Workload(self.broker.bootstrap)
        self.addCleanup(self.clients.kill)
        for topic in TOPICS:
            self.clients.create_topic(topic=topic, partitions=1)
            self.clients.produce(topic=topic, counts=[RECORDS])
        self.commit_all(RECORDS)
        self.mails = temporary_folder("storm")
        self.all, self.by_topic = Webhook(self), Webhook(self)
        self.daemon = Tidemark(
            [cluster("live", self.broker.bootstrap)], policies=[POLICY],
            more=alerts(hold="2s", resolve_after="2s")
            + receiver("hook", "webhook", self.all.settings())
            + receiver("by-topic", "webhook", self.by_topic.settings())
            + receiver("mails", "file", {"folder": str(self.mails)})
            + route(["hook", "mails"], group_wait="20s", group_interval="20s", **{"continue": True})
            + route(["by-topic"], group_wait="5s", group_interval="20s", group_by=["topic"],
                    name="by topic")).start()
        self.addCleanup(self.daemon.kill)

    @staticmethod
    def group(number):
        return f"group-{number:04}"

    def commit_all(self, offset):
        """By the coordinator, as clients do it, one request a group; none waits for the answer to
        the one before."""
        connection = Connection(self.broker.port, "storm")
        self.addCleanup(connection.close)
        bodies = [self.commit_of(number, offset) for number in range(COUNT)]
        self.clients.alter_offsets(group=self.group(0), topic=TOPICS[0], offsets={"0": offset})
        for begin in range(0, COUNT, 100):
            for answer in connection.ask_all(OFFSET_COMMIT, 2, bodies[begin:begin + 100]):
                self.assertEqual(struct.unpack_from(">h", answer, len(answer) - 2), (0,))

    def commit_of(self, number, offset):
        return (text(self.group(number)) + struct.pack(">i", -1) + text("") + struct.pack(">q", -1)
                + struct.pack(">i", 1) + text(TOPICS[number % len(TOPICS)]) + struct.pack(">i", 1)
                + struct.pack(">iq", 0, offset) + text(""))

    def statuses(self):
        return self.daemon.cluster("live")["groups"]

    def all_are(self, status):
        return self.statuses()[status] == COUNT

    def incidents_open(self):
        return self.daemon.metric("tidemark_incidents_open", cluster="live", kind="status") or 0

    def linked(self, message):
        """The groups that a message speaks of: those of its link."""
        wanted = urllib.parse.parse_qs(urllib.parse.urlsplit(message["link"]).query
                                       or message["link"].partition("?")[2])["message"]
        self.assertEqual(wanted, [message["idempotency_key"]])
        rows = pages(self.daemon, f"/api/v1/incidents?limit=700&message={wanted[0]}")
        self.assertEqual(len(rows), message["count"])
        return [row["group"] for row in rows]

    def groups_told(self, webhook, kinds):
        """Every group as often as messages of these kinds told of it."""
        return sorted(group for message in webhook.messages() if message["kind"] in kinds
                      for group in self.linked(message))

    def test_of_5000_groups(self):
        everyone = [self.group(number) for number in range(COUNT)]
        eventually("all are well", lambda: self.all_are("OK"), 120)
        pid = self.daemon.pid()
        before = memory_kb(pid)["now"]
        reset_peak(pid)

        for topic in TOPICS:
            self.clients.produce(topic=topic, counts=[RECORDS])
        eventually("all have an incident", lambda: self.incidents_open() == COUNT, 120)
        for webhook in (self.all, self.by_topic):
            eventually("all are told", lambda: sum(
                message["count"] for message in webhook.messages()) >= COUNT, 120)
        self.assertEqual(self.groups_told(self.all, {"opened"}), everyone)
        self.assertEqual(self.groups_told(self.by_topic, {"opened"}), everyone)
        for message in self.all.messages() + self.by_topic.messages():
            self.assertLessEqual(len(message["alerts"]), 50)

        self.commit_all(2 * RECORDS)
        eventually("all are well again", lambda: self.all_are("OK"), 120)
        eventually("all are over", lambda: self.incidents_open() == 0, 120)
        for webhook in (self.all, self.by_topic):
            eventually("the end of all is told", lambda: webhook.kinds()[-1:] == ["resolved"], 120)
        self.check_ends(everyone)
        grown = (memory_kb(pid)["peak"] - before) / 1024
        print(f"{len(self.all.messages())} and {len(self.by_topic.messages())} messages; memory grew"
              f" by {grown:.0f} MB at most")
        self.assertLess(grown, MOST_GROWN_MB)
        self.assertEqual(self.daemon.stop(), 0)

    def check_ends(self, everyone):
        rows = incidents(self.daemon)
        self.assertEqual(sorted(row["group"] for row in rows), everyone)
        self.assertEqual({(row["kind"], row["end"]) for row in rows}, {("status", "recovered")})
        self.assertLessEqual(len(self.all.messages()), MOST_MESSAGES)
        self.assertLessEqual(len(self.by_topic.messages()), MOST_MESSAGES * len(TOPICS))
        eventually("as many mails as messages", lambda: len(
            list(self.mails.glob("*.eml"))) == len(self.all.messages()))
        # Opened and ended, by each of both routes.
        self.assertEqual(self.fates(), {"told": 4 * COUNT})
        for row in self.daemon.data("/api/v1/receivers"):
            self.assertEqual([row[name] for name in ("waiting", "refused", "failed_attempts",
                                                     "given_up", "overflow")], [0] * 5, row)

    def fates(self):
        names = ("told", "digested", "silenced", "held_by_cause", "held_by_hours", "brief", "unrouted")
        counts = {name: self.daemon.metric("tidemark_incidents_changes_total", fate=name)
                  for name in names}
        return {name: count for name, count in counts.items() if count}


if __name__ == "__main__":
    unittest.main()
