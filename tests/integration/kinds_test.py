"""Every kind of group that a real broker knows: share groups with their backlog, Streams applications of
both protocols, subscriptions by expression, groups that change their protocol while they live, groups that
have never committed."""
import unittest

from tests.support.broker import Broker
from tests.support.daemon import QUICK, Tidemark, cluster
from tests.support.waiting import always, eventually
from tests.support.workload import Workload


class Kinds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker({"share.coordinator.state.topic.num.partitions": 4,
                             "group.consumer.migration.policy": "bidirectional"}).start()
        cls.clients = Workload(cls.broker.bootstrap)
        cls.daemon = Tidemark([cluster("live", cls.broker.bootstrap)], policies=[QUICK]).start()
        cls.daemon.wait_ready()

    @classmethod
    def tearDownClass(cls):
        cls.daemon.stop()
        cls.clients.stop()
        cls.broker.stop()

    def topic(self, name, *counts):
        self.clients.create_topic(topic=name, partitions=len(counts))
        self.clients.produce(topic=name, counts=list(counts))

    def expect(self, group, status, reasons, within=60, **fields):
        def there():
            seen = self.daemon.group("live", group)
            self.assertEqual(seen["status"], status, seen["explanation"])
            self.assertIn(seen["reason"], reasons, seen["explanation"])
            for name, value in fields.items():
                self.assertEqual(seen[name], value, seen["explanation"])
            return seen
        return eventually(f"{group} is {status}", there, within)

    def expect_read(self, group, **fields):
        return self.expect(group, "OK", ("caught_up",), lag=0, **fields)

    # --- share groups

    def test_a_share_group_is_judged_by_its_backlog(self):
        self.topic("shared", 10, 20, 30)
        self.clients.share(name="s1", group="sharers", topics=["shared"])
        seen = self.expect_read("sharers", kind="share", state="Stable", member_count=1)
        self.assertEqual(seen["members"][0]["client_id"], "s1")
        self.assertEqual(seen["members"][0]["assigned"], {"shared": [0, 1, 2]})
        committed = {p["partition"]: p["committed_offset"] for p in seen["partitions"]}
        self.assertEqual(committed, {0: 10, 1: 20, 2: 30})
        always("idle, it is OK", lambda: self.daemon.group("live", "sharers")["status"] == "OK",
               during=8)
        self.clients.close_share(name="s1")
        self.clients.produce(topic="shared", counts=[0, 0, 5])
        seen = self.expect("sharers", "ERROR", ("stopped",), lag=5)
        self.assertEqual(seen["state"], "Empty")
        self.clients.share(name="s2", group="sharers", topics=["shared"])
        self.expect_read("sharers")
        self.clients.close_share(name="s2")
        self.clients.delete_share_group(group="sharers")
        eventually("it is gone", lambda: "sharers" not in self.daemon.groups("live"))

    def test_a_share_group_that_has_read_nothing_is_unknown(self):
        self.topic("untouched", 0)
        self.clients.share(name="idler", group="idlers", topics=["untouched"])
        seen = self.expect("idlers", "UNKNOWN", ("share_group",), kind="share", lag=None)
        self.assertIn("__share_group_state", seen["explanation"])
        self.clients.produce(topic="untouched", counts=[7])
        self.expect_read("idlers")

    # --- Streams

    def stream(self, name, protocol):
        self.topic(f"{name}-in", 4, 5, 6)
        self.topic(f"{name}-out", 0)
        self.clients.stream(name=name, group=name, topics=[f"{name}-in"], to=f"{name}-out",
                            protocol=protocol, repartition=True, partitions=2)
        seen = self.expect_read(name)
        internal = f"{name}-by-value-repartition"
        self.assertEqual({p["topic"] for p in seen["partitions"]}, {f"{name}-in", internal})
        (member,) = seen["members"]
        self.assertEqual(member["assigned"], {f"{name}-in": [0, 1, 2], internal: [0, 1]})
        self.assertEqual(sorted(member["subscribed"]), sorted([f"{name}-in", internal]))
        return seen

    def test_a_streams_application_of_the_new_protocol_shows_what_its_members_read(self):
        seen = self.stream("app-modern", "streams")
        self.assertEqual((seen["kind"], seen["state"]), ("streams", "Stable"))
        self.clients.close_stream(name="app-modern")
        self.clients.produce(topic="app-modern-in", counts=[3, 0, 0])
        self.expect("app-modern", "ERROR", ("stopped",), state="Empty", members=[], lag=3)

    def test_a_streams_application_of_the_classic_protocol_too(self):
        seen = self.stream("app-classic", "classic")
        self.assertEqual((seen["kind"], seen["protocol_type"]), ("classic", "consumer"))

    # --- subscriptions and protocols

    def test_an_expression_stands_for_the_topics_that_the_broker_resolves_it_to(self):
        self.topic("match-a", 3)
        self.topic("match-b", 4)
        self.topic("matches-not", 5)
        self.clients.consume(name="by-regex", group="by-regex", pattern="match-.*",
                             protocol="consumer")
        seen = self.expect_read("by-regex", kind="consumer")
        (member,) = seen["members"]
        self.assertEqual(member["subscribed_regex"], "match-.*")
        self.assertEqual(member["subscribed"], ["match-a", "match-b"])
        self.assertEqual(member["assigned"], {"match-a": [0], "match-b": [0]})

    def migrate(self, first, then):
        group = f"from-{first}"
        self.topic(group, 8)
        self.clients.consume(name=group, group=group, topics=[group], protocol=first)
        before = self.expect_read(group, kind=first)
        self.clients.consume(name=f"{group}-2", group=group, topics=[group], protocol=then)
        eventually("both are members", lambda: len(self.daemon.group("live", group)["members"]) == 2)
        self.clients.close_consumer(name=group)
        seen = []

        def changed():
            seen.append(self.daemon.group("live", group))  # fails if it is not found
            return seen[-1]["kind"] == then and len(seen[-1]["members"]) == 1
        eventually(f"{group} follows the protocol {then}", changed)
        self.assertEqual({one["status"] for one in seen}, {"OK"})
        self.assertEqual({one["status_since_ms"] for one in seen}, {before["status_since_ms"]})
        self.assertGreaterEqual(seen[-1]["generation"], before["generation"])
        committed = [p["committed_offset"] for p in seen[-1]["partitions"]]
        self.assertEqual(committed, [8])

    def test_a_group_lives_on_when_it_changes_to_the_modern_protocol(self):
        self.migrate("classic", "consumer")

    def test_a_group_lives_on_when_it_changes_back(self):
        self.migrate("consumer", "classic")

    # --- never committed

    def test_what_waits_for_a_group_that_never_committed_is_counted(self):
        self.topic("uncounted", 50, 70)
        for protocol in ("classic", "consumer"):
            group = f"never-{protocol}"
            self.clients.consume(name=group, group=group, topics=["uncounted"], protocol=protocol,
                                 commit_every_ms=10_000_000)
        for protocol in ("classic", "consumer"):
            def there(group=f"never-{protocol}"):
                seen = self.expect(group, "UNKNOWN", ("never_committed",), lag=None)
                self.assertEqual(seen["explanation"], "1 member, 2 partitions of uncounted assigned, "
                                 "nothing committed; 120 records are there to be read")
                self.assertEqual([p["committed_offset"] for p in seen["partitions"]], [None, None])
                self.assertEqual([p["owner"]["client_id"] for p in seen["partitions"]],
                                 [group, group])
                return True
            eventually("it is counted", there)


if __name__ == "__main__":
    unittest.main()
