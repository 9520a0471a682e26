"""Nobody is accused over what nobody can read: transactional topics, records whose age only they
know, and a principal that may not read topics."""
import time
import unittest

from tests.support.broker import Broker
from tests.support.daemon import QUICK, Tidemark, cluster
from tests.support.security import Security
from tests.support.waiting import always, eventually
from tests.support.workload import Workload

HOUR = 3600
PATIENCE = 6  # seconds, of QUICK


class Expecting(unittest.TestCase):
    daemon = None
    cluster_name = "live"

    def at(self, group):
        return self.daemon.group(self.cluster_name, group)["partitions"][0]

    def expect(self, group, within=40, **wanted):
        def there():
            seen = self.at(group)
            self.assertEqual({key: seen[key] for key in wanted}, wanted, seen["explanation"])
            return seen
        return eventually(f"{group} is {wanted}", there, within)


class Probe(Expecting):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker().start()
        cls.clients = Workload(cls.broker.bootstrap)
        cls.wait_before_start()
        cls.daemon = Tidemark([cluster("live", cls.broker.bootstrap)]).start()
        cls.daemon.wait_ready()

    @classmethod
    def wait_before_start(cls):
        """Records of which only they themselves can tell since when they wait."""
        cls.clients.create_topic(topic="long-ago", partitions=1)
        cls.clients.produce(topic="long-ago", counts=[3], age_ms=2 * HOUR * 1000)
        cls.clients.alter_offsets(group="waits-since-long-ago", topic="long-ago", offsets={"0": 1})
        cls.clients.create_topic(topic="no-clock", partitions=1, config={"retention.ms": "-1"})
        cls.clients.produce(topic="no-clock", counts=[3], age_ms=int(time.time() * 1000) - 5000)
        cls.clients.alter_offsets(group="waits-since-1970", topic="no-clock", offsets={"0": 1})
        cls.clients.create_topic(topic="stamped", partitions=1,
                                 config={"message.timestamp.type": "LogAppendTime"})
        cls.clients.produce(topic="stamped", counts=[3], age_ms=2 * HOUR * 1000)
        cls.clients.alter_offsets(group="stamped-by-the-broker", topic="stamped", offsets={"0": 1})

    @classmethod
    def tearDownClass(cls):
        cls.daemon.stop()
        cls.clients.kill()
        cls.broker.kill()

    def topic(self, name):
        self.clients.create_topic(topic=name, partitions=1)
        return name

    def commit(self, group, topic, offset):
        self.clients.alter_offsets(group=group, topic=topic, offsets={"0": offset})

    def test_one_that_has_read_all_of_a_transactional_topic_has_no_lag(self):
        topic = self.topic("paid")
        self.clients.produce(topic=topic, counts=[5], transaction="commit")
        self.commit("reads-all", topic, 5)
        seen = self.expect("reads-all", log_end=6, lag=0, status="OK", reason="caught_up")
        self.assertEqual(seen["time_lag_seconds"], 0)
        always("it stays so", lambda: self.at("reads-all")["status"] == "OK", PATIENCE + 6)
        self.assertEqual(self.daemon.metric("tidemark_group_lag", cluster="live",
                                            group="reads-all"), 0)

    def test_and_is_stopped_when_records_follow_and_wait(self):
        topic = self.topic("paid-and-more")
        self.clients.produce(topic=topic, counts=[5], transaction="commit")
        self.commit("dies-after-all", topic, 5)
        self.expect("dies-after-all", lag=0)
        self.clients.produce(topic=topic, counts=[2], transaction="commit")
        began = time.monotonic()
        self.expect("dies-after-all", status="STOPPED", unprobed=False)
        self.assertGreater(time.monotonic() - began, PATIENCE - 1)
        self.assertEqual(self.at("dies-after-all")["lag"], 3)

    def test_aborted_records_accuse_nobody(self):
        topic = self.topic("given-up")
        self.clients.produce(topic=topic, counts=[3])
        self.commit("reads-what-is", topic, 3)
        self.clients.produce(topic=topic, counts=[40], transaction="abort")
        self.expect("reads-what-is", log_end=44, lag=0, status="OK")

    def test_a_hanging_transaction_is_named_with_its_offset_and_age(self):
        topic = self.topic("hanging")
        self.clients.produce(topic=topic, counts=[3])
        self.commit("blocked", topic, 3)
        self.clients.produce(topic=topic, counts=[4], transaction="open", transactional_id="h")
        self.expect("blocked", reason="blocked_by_transaction", lso=3, log_end=7, status="OK")
        time.sleep(PATIENCE)
        seen = self.expect("blocked", reason="blocked_by_transaction", status="OK")
        self.assertRegex(seen["explanation"], r"last stable offset has stood at 3 for [\d.]+ s")
        self.clients.end_transaction(transactional_id="h", commit=False)
        self.expect("blocked", lag=0, reason="caught_up")

    def test_a_record_tells_for_how_long_it_has_waited(self):
        seen = self.expect("waits-since-long-ago", status="STOPPED", unprobed=False)
        self.assertAlmostEqual(seen["time_lag_seconds"], 2 * HOUR, delta=120)

    def test_a_producer_without_a_clock_makes_no_time_lag_of_decades(self):
        seen = self.expect("waits-since-1970", lag=2, time_lag_seconds=None)
        self.assertNotEqual(seen["status"], "REWIND")

    def test_the_brokers_own_stamp_is_believed(self):
        def told():
            seen = self.at("stamped-by-the-broker")
            self.assertIsNotNone(seen["time_lag_seconds"])
            return seen
        self.assertLess(eventually("its time lag is known", told)["time_lag_seconds"], HOUR)

    def test_probes_are_counted(self):
        self.expect("waits-since-long-ago", status="STOPPED")
        health = self.daemon.cluster("live")["health"]
        self.assertGreater(health["probes_sent"], 0)
        self.assertGreater(self.daemon.metric("tidemark_cluster_probes_sent_total", cluster="live"), 0)
        self.assertEqual(self.daemon.metric("tidemark_cluster_probes_failed_total", cluster="live"), 0)


class WithoutTheRight(Expecting):
    """A principal that may see topics, and not read them."""

    @classmethod
    def setUpClass(cls):
        cls.security = Security({"watcher": "secret"})
        cls.broker = Broker(security=cls.security).start()
        cls.clients = Workload(cls.broker.bootstrap)
        for name, operation in (("__consumer_offsets", "READ"), ("*", "DESCRIBE")):
            cls.clients.allow(principal="User:watcher", resource="TOPIC", name=name,
                              operation=operation)
        cls.clients.create_topic(topic="orders", partitions=1)
        cls.clients.produce(topic="orders", counts=[5])
        cls.clients.alter_offsets(group="slow", topic="orders", offsets={"0": 2})
        kafka = {"security.protocol": "SASL_SSL", "sasl.mechanism": "PLAIN",
                 "sasl.username": "watcher", "sasl.password": "secret",
                 "ssl.ca.location": str(cls.security.ca)}
        cls.daemon = Tidemark([cluster("live", f"127.0.0.1:{cls.security.sasl_port}", kafka=kafka)],
                              policies=[QUICK]).start()
        cls.daemon.wait_ready()

    @classmethod
    def tearDownClass(cls):
        cls.daemon.stop()
        cls.clients.kill()
        cls.broker.kill()

    def test_its_verdicts_go_by_offsets_and_say_so(self):
        seen = self.expect("slow", status="STOPPED", unprobed=True, lag=3)
        self.assertIn("unprobed", seen["explanation"])
        self.assertEqual(self.daemon.cluster("live")["state"], "connected")
        said = [line for line in self.daemon.log().splitlines() if "right Read is missing" in line]
        self.assertEqual(len(said), 1, said)
        self.assertIn("orders", said[0])


del Expecting  # only its children are tests

if __name__ == "__main__":
    unittest.main()
