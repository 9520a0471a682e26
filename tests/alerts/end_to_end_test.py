"""From a consumer that dies to a mail on a real server, and to the mail that says that it is over; and a
broker that dies, which is told instead of what became of its groups."""
import re
import unittest
import urllib.parse

from tests.alerts.hands import Groups, Webhook, alerts, incidents, receiver, route
from tests.notifiers.mailbox import SmtpServer, part
from tests.support.broker import Broker
from tests.support.daemon import QUICK, Tidemark, cluster
from tests.support.waiting import eventually
from tests.support.workload import Workload

GROUP = "payments & <refunds>"
HABITS = {**QUICK, "patience_unknown": "10m"}  # nobody is accused before it is known what is usual


class MailAboutAConsumer(unittest.TestCase):
    def setUp(self):
        self.broker = Broker().start()
        self.addCleanup(self.broker.kill)
        self.clients = Workload(self.broker.bootstrap)
        self.addCleanup(self.clients.kill)
        self.clients.create_topic(topic="orders", partitions=2)
        self.clients.produce_steadily(name="orders", topic="orders", partitions=2, rate=20)
        self.server = SmtpServer(self, "starttls", login=True)
        (self.server.folder / "password").write_text("s3cr3t-pw\n")
        mail = {"server": f"localhost:{self.server.port}", "from": "tidemark@example.com",
                "to": ["oncall@example.com"], "username": "u",
                "password_file": f"{self.server.folder}/password"}
        self.daemon = Tidemark(
            [cluster("live", self.broker.bootstrap)], policies=[HABITS],
            storage={"history_interval": "1s"},  # the picture shows what was recorded
            more=alerts(hold="2s", resolve_after="3s", first_day="1d")
            + receiver("oncall", "email", mail, ca_file=str(self.server.cert))
            + route(["oncall"])).start()
        self.addCleanup(self.daemon.kill)

    def consume(self):
        consumer = Workload(self.broker.bootstrap)
        self.addCleanup(consumer.kill)
        consumer.consume(name="c", group=GROUP, topics=["orders"], commit_every_ms=300)
        return consumer

    def group(self):
        return self.daemon.group("live", GROUP)

    def habits_are_known(self):
        """Commits while records wait: from here on its patience is one of seconds."""
        partitions = self.group()["partitions"]
        return partitions and all((row.get("patience_seconds") or 600) < 60 for row in partitions)

    def mails(self, number):
        return eventually(f"{number} mails", lambda: (
            lambda all_: len(all_) >= number and all_)(self.server.mails()), 90)

    def test_arrives_when_it_dies_and_when_it_is_back_whatever_befalls_tidemark(self):
        consumer = self.consume()
        eventually("it is OK, and it is known what is usual for it", lambda: (
            self.group()["status"] == "OK" and self.habits_are_known()), 90)
        consumer.kill()
        begin, = self.mails(1)
        opened, = incidents(self.daemon)
        self.check_beginning(begin, opened)

        self.daemon.kill()
        self.daemon.start()
        self.daemon.wait_ready()
        eventually("its verdict is fresh again", lambda: (
            self.group()["status"] == "ERROR" and not self.group()["stale"]), 60)
        still, = incidents(self.daemon, state="open")
        self.assertEqual((still["id"], still["since_ms"]), (opened["id"], opened["since_ms"]))

        self.consume()
        begin_again, end = self.mails(2)  # were it opened again, that mail would be the second one
        self.assertEqual(begin_again["Message-ID"], begin["Message-ID"])
        self.check_end(begin, end)
        over, = incidents(self.daemon)
        self.assertEqual((over["id"], over["state"], over["end"]),
                         (opened["id"], "ended", "recovered"))
        self.assertEqual([(one["tls"], one["login"], one["to"]) for one in self.server.envelopes()],
                         [(True, True, ["oncall@example.com"])] * 2)
        self.assertNotIn("s3cr3t-pw", self.daemon.log())

    def check_beginning(self, mail, incident):
        self.assertEqual(mail["Subject"], f"[live] {GROUP} is ERROR")
        self.assertEqual(mail.defects, [])
        text = part(mail, "text/plain").get_content()
        self.assertRegex(text.splitlines()[0],
                         r"^\[live\] payments & <refunds> is ERROR: orders-\d: no commit for .*\(since ")
        self.assertIn("Lag: ", text)
        html = part(mail, "text/html").get_content()
        self.assertIn("payments &amp; &lt;refunds&gt;", html)
        self.assertNotIn("<refunds>", html)
        picture = part(mail, "image/png")
        self.assertIn(f'src="cid:{picture["Content-ID"][1:-1]}"', html)
        self.assertTrue(picture.get_content().startswith(b"\x89PNG"))
        link = urllib.parse.urlsplit(re.search(r"http://\S+", text)[0])
        self.assertEqual(f"{link.scheme}://{link.netloc}", self.daemon.url)
        self.assertEqual(self.daemon.get_text(link.path)[0], 200)
        place, _, query = link.fragment.partition("?")
        self.assertEqual(urllib.parse.unquote(place), f"/live/groups/{GROUP}")
        self.assertEqual(urllib.parse.parse_qs(query)["at"], [str(incident["since_ms"])])
        self.assertEqual((incident["group"], incident["kind"], incident["worst"], incident["state"]),
                         (GROUP, "status", "ERROR", "open"))
        self.assertFalse(incident["learning"])

    def check_end(self, begin, end):
        self.assertEqual(end["Subject"], f"[live] {GROUP} is OK again")
        self.assertEqual((end["In-Reply-To"], end["References"]), (begin["Message-ID"],) * 2)
        self.assertNotEqual(end["Message-ID"], begin["Message-ID"])
        self.assertIn("OK again", part(end, "text/plain").get_content())
        self.assertEqual(end.defects, [])


class ABrokerThatDies(unittest.TestCase):
    GROUPS = ("a", "b", "c")

    def setUp(self):
        self.broker = Broker().start()
        self.addCleanup(self.broker.kill)
        clients = Workload(self.broker.bootstrap)
        self.addCleanup(clients.kill)
        self.groups = Groups(clients, self.GROUPS)
        self.webhook = Webhook(self)
        self.daemon = Tidemark(
            # With these numbers it is out of reach before it is too long since something was seen, and
            # that no broker answers is seen, within 7 s, before trouble is told.
            [cluster("live", self.broker.bootstrap, refresh="5s")], policies=[QUICK],
            more=alerts(hold="10s", resolve_after="2s")
            + receiver("hook", "webhook", self.webhook.settings())
            + route(["hook"], group_by=["group", "kind"])).start()
        self.addCleanup(self.daemon.kill)
        eventually("its groups are OK", lambda: [
            row["status"] for row in self.daemon.groups("live").values()] == ["OK"] * 3, 60)

    def told(self):
        return [(message["kind"], alert["about"], alert["group"])
                for message in self.webhook.messages() for alert in message["alerts"]]

    def wait_told(self, *news):
        eventually(f"told: {news}", lambda: self.told()[-len(news):] == list(news), 90)

    def test_is_told_and_its_groups_are_not(self):
        self.groups.fail("a")
        self.wait_told(("opened", "status", "a"))
        self.groups.fail("b")  # in trouble when the broker dies, and not told yet
        self.broker.kill()
        cluster_is = ("cluster_unreachable", None)
        self.wait_told(("opened", *cluster_is))
        self.assertEqual(len(incidents(self.daemon, kind="cluster_unreachable", state="open")), 1)
        self.broker.start()
        eventually("the end is told, and what had been held", lambda: len(self.told()) >= 4, 90)
        self.groups.recover("a")
        self.groups.recover("b")
        eventually("both are over", lambda: not incidents(self.daemon, state="open"), 60)
        eventually("both ends are told", lambda: len(self.told()) >= 6)
        told = self.told()
        self.assertEqual(told[:2], [("opened", "status", "a"), ("opened", *cluster_is)])
        self.assertCountEqual(told[2:4], [("resolved", *cluster_is), ("opened", "status", "b")])
        self.assertCountEqual(told[4:], [("resolved", "status", "a"), ("resolved", "status", "b")])


if __name__ == "__main__":
    unittest.main()
