"""What brokers delete: records that a group has not read, topics, groups and their offsets. Losses are
counted, and foretold by the topic's own settings; what is gone leaves every answer."""
import unittest

from tests.support.broker import Broker
from tests.support.daemon import QUICK, Tidemark, cluster
from tests.support.waiting import always, eventually
from tests.support.workload import Workload

PATIENT = {**QUICK, "patience_min": "10m", "patience_unknown": "10m"}


class Retention(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker({"offsets.retention.minutes": 1,
                             "offsets.retention.check.interval.ms": 1000,
                             "log.segment.delete.delay.ms": 0}).start()
        cls.clients = Workload(cls.broker.bootstrap)
        cls.daemon = Tidemark([cluster("live", cls.broker.bootstrap)], policies=[
            {"topic": "lonely", "report_unread": True, **QUICK}, PATIENT]).start()
        cls.daemon.wait_ready()

    @classmethod
    def tearDownClass(cls):
        cls.daemon.stop()
        cls.clients.stop()
        cls.broker.stop()

    def commit(self, group, topic, offset):
        self.clients.alter_offsets(group=group, topic=topic, offsets={"0": offset})

    def topic(self, name, records=0, **config):
        self.clients.create_topic(topic=name, config=config)
        if records:
            self.clients.produce(topic=name, counts=[records])

    def partition(self, group, topic):
        seen = self.daemon.partitions("live", group)
        self.assertIn((topic, 0), seen)
        return seen[topic, 0]

    def expect(self, group, within=30, **fields):
        def there():
            seen = self.daemon.group("live", group)
            self.assertEqual({key: seen[key] for key in fields}, fields, seen["explanation"])
            return seen
        return eventually(f"{group} has {fields}", there, within)

    def listed_topics(self, **query):
        text = "&".join(f"{key}={value}" for key, value in query.items())
        return {row["topic"]: row for row in
                self.daemon.data(f"/api/v1/clusters/live/topics?limit=1000&{text}")}

    # --- records --------------------------------------------------------------------------------

    def test_records_that_are_deleted_before_they_were_read_are_lost_and_only_the_rest_waits(self):
        self.topic("deleted-into", 1000)
        self.commit("loser", "deleted-into", 100)
        self.expect("loser", lag=900, lost=0)
        self.clients.delete_records(topic="deleted-into", before={"0": 900})
        seen = self.expect("loser", lag=100, lost=800)
        self.assertIn("data_loss", seen["conditions"])
        self.commit("loser", "deleted-into", 950)
        self.expect("loser", lag=50, lost=0, conditions=[])

    def test_a_backlog_that_is_all_gone_is_a_warning_until_the_next_commit(self):
        self.topic("deleted-all", 100)
        self.commit("late", "deleted-all", 10)
        self.clients.delete_records(topic="deleted-all", before={"0": 100})
        self.expect("late", status="WARNING", reason="data_loss", lag=0, lost=90)
        always("silence does not heal it",
               lambda: self.daemon.group("live", "late")["reason"] == "data_loss", 2)
        self.commit("late", "deleted-all", 100)
        self.expect("late", status="OK", reason="caught_up", lost=0)

    def test_a_loss_is_foretold_by_retention_ms(self):
        self.topic("short", 10, **{"retention.ms": "18000000"})
        self.topic("long", 10, **{"retention.ms": "604800000"})
        self.topic("table", 10, **{"cleanup.policy": "compact", "retention.ms": "18000000"})
        for topic in ("short", "long", "table"):
            self.commit(f"behind-{topic}", topic, 5)
        seen = self.expect("behind-short", conditions=["retention_risk"])
        self.assertRegex(seen["explanation"],
                         r"the oldest unread record of short-0 reaches retention.ms \(5 h\) in 4 h")
        self.assertEqual(seen["status"], "OK", "a condition, no accusation")
        for group in ("behind-long", "behind-table"):
            self.assertEqual(self.daemon.group("live", group)["conditions"], [], group)
        self.assertEqual(self.listed_topics()["short"]["settings"]["retention_seconds"], 18000)
        self.commit("behind-short", "short", 10)
        self.expect("behind-short", conditions=[])

    def test_a_loss_is_foretold_by_retention_bytes(self):
        self.topic("narrow", **{"segment.bytes": "1048576", "retention.bytes": "2097152",
                                "retention.ms": "-1"})
        starts = set()

        def moved():
            self.clients.produce(topic="narrow", counts=[20], size=10_000)
            starts.add(self.listed_log_start("narrow"))
            return len(starts) > 3
        eventually("log start was seen moving", moved, 60, every=0.3)
        end = self.clients.log_ends(topic="narrow")["0"]
        self.commit("narrow-reader", "narrow", end - 5)
        seen = self.expect("narrow-reader", lag=5, conditions=["retention_risk"])
        self.assertRegex(seen["explanation"], "narrow-0, at today's production, is pushed out of "
                         r"retention.bytes (in \d|and may go)")

    def listed_log_start(self, topic):
        return self.daemon.data(f"/api/v1/clusters/live/topics/{topic}")["partitions"][0]["log_start"]

    # --- topics ---------------------------------------------------------------------------------

    def test_a_topic_that_is_created_again_has_no_past(self):
        self.topic("again", 450)
        self.commit("reborn", "again", 450)
        self.topic("other", 1)
        self.commit("reborn", "other", 1)
        self.expect("reborn", lag=0)
        self.clients.delete_topic(topic="again")
        eventually("it leaves its group", lambda: {
            topic for topic, _ in self.daemon.partitions("live", "reborn")} == {"other"})
        eventually("and the list", lambda: "again" not in self.listed_topics())
        self.assertNotIn('topic="again"', self.daemon.metrics())
        self.topic("again", 7)
        self.commit("reborn", "again", 3)

        def shown():
            at = self.partition("reborn", "again")
            self.assertEqual((at["committed_offset"], at["log_end"], at["lag"], at["lost"]),
                             (3, 7, 4, 0))
            self.assertNotEqual(at["status"], "REWIND")
            return True
        eventually("the new log is shown", shown)

    def test_topics_that_nobody_reads_can_be_listed_and_reported(self):
        self.topic("lonely", 1)
        self.clients.produce_steadily(name="lonely", topic="lonely", rate=20)
        eventually("it is listed", lambda: "lonely" in self.listed_topics(unread="true"), 40)
        eventually("production is known", lambda: 5 < (
            self.listed_topics()["lonely"]["produced_per_second"] or 0) < 40, 60)
        eventually("it is reported", lambda: self.daemon.metric(
            "tidemark_topic_unread", cluster="live", topic="lonely") == 1)
        self.commit("friend", "lonely", 1)
        eventually("a group reads it",
                   lambda: "lonely" not in self.listed_topics(unread="true"))
        self.assertEqual(self.listed_topics()["lonely"]["readers"], 1)
        eventually("the report ends", lambda: self.daemon.metric(
            "tidemark_topic_unread", cluster="live", topic="lonely") is None)
        self.clients.stop_producing(name="lonely")

    # --- groups ---------------------------------------------------------------------------------

    def expect_gone(self, group, within=30):
        path = f"/api/v1/clusters/live/groups/{group}"
        eventually(f"{group} is gone", lambda: self.daemon.get(path)[0] == 404, within)
        self.assertEqual(self.daemon.get(path)[1]["error"]["code"], "group_not_found")
        self.assertNotIn(group, self.daemon.groups("live"))
        self.assertNotIn(f'group="{group}"', self.daemon.metrics())

    def test_deleted_offsets_leave_and_with_the_last_of_them_the_group(self):
        for topic in ("kept", "dropped"):
            self.topic(topic, 5)
            self.commit("shrinking", topic, 2)
        self.expect("shrinking", lag=6)
        self.clients.delete_offsets(group="shrinking", topic="dropped", partitions=[0])
        self.expect("shrinking", lag=3)
        self.assertNotIn(("dropped", 0), self.daemon.partitions("live", "shrinking"))
        self.clients.delete_group(group="shrinking")
        self.expect_gone("shrinking")

    def test_offsets_that_expire_take_their_group_along(self):
        self.topic("forgotten", 5)
        self.commit("expired", "forgotten", 2)
        self.expect("expired", lag=3)
        self.expect_gone("expired", within=150)


if __name__ == "__main__":
    unittest.main()
