"""Bad input from outside: names with every kind of character, garbage in the offsets topic, a port
that is taken, a full disk for the log. Nothing is lost and nothing falls over."""
import base64
import subprocess
import unittest

from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster, samples
from tests.support.places import PROMTOOL
from tests.support.waiting import eventually
from tests.support.workload import Workload

NAMES = [
    "a/b c%", "100%zz", "smile \U0001F600 \u00e4\u00f6\u4e2d", "<img src=x onerror=alert(1)>",
    'quote " backslash \\ brace {x="y"}', "line\nbreak\ttab", "..", "?a=b&c#d", "plus+plus",
    "x" * 1500, " leading and trailing ",
]


def encoded(data):
    return None if data is None else base64.b64encode(data).decode()


def short(text):
    return len(text).to_bytes(2, "big") + text


# (what it is, key, value): none may stop the reader
GARBAGE = [
    ("an empty key", b"", b"x"),
    ("half a key type", b"\x00", b"x"),
    ("a key type of no release", b"\x7f\xff" + short(b"g"), b"\x00\x00"),
    ("a commit key that ends in the group", b"\x00\x01\x00\x20group", b"\x00\x03"),
    ("a commit key with a negative length", b"\x00\x01\xff\xf0", b"\x00\x03"),
    ("a commit with a value of 0 bytes",
     b"\x00\x01" + short(b"garbage") + short(b"orders") + bytes(4), b""),
    ("a commit value that ends early",
     b"\x00\x01" + short(b"garbage") + short(b"orders") + bytes(4), b"\x00\x03\x00\x00"),
    ("a commit value of a version to come",
     b"\x00\x01" + short(b"garbage") + short(b"orders") + bytes(4), b"\x00\x63" + bytes(40)),
    ("a group value that claims two billion members",
     b"\x00\x02" + short(b"garbage"), b"\x00\x03" + short(b"consumer") + bytes(4) + b"\xff\xff\xff\xff"
     + bytes(8) + b"\x7f\xff\xff\xff"),
    ("a modern member cut off", b"\x00\x05" + short(b"garbage") + short(b"m"), b"\x00\x00\xff\xff\xff"),
    ("random bytes", bytes(range(256)), bytes(reversed(range(256)))),
]


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker().start()
        cls.clients = Workload(cls.broker.bootstrap)
        cls.clients.create_topic(topic="orders", partitions=2)
        cls.clients.produce(topic="orders", counts=[10, 10])
        for number, name in enumerate(NAMES):
            cls.clients.alter_offsets(group=name, topic="orders", offsets={"0": number})
        cls.daemon = Tidemark([cluster("live", cls.broker.bootstrap)]).start()
        cls.daemon.wait_ready()
        eventually("all groups are seen", cls.see_all_names, 30)

    @classmethod
    def see_all_names(cls):
        missing = set(NAMES) - set(cls.daemon.groups("live"))
        assert not missing, f"missing: {missing}"
        return True

    @classmethod
    def tearDownClass(cls):
        cls.daemon.stop()
        cls.clients.kill()
        cls.broker.kill()

    def test_every_name_can_be_asked_for(self):
        for number, name in enumerate(NAMES):
            with self.subTest(name[:40]):
                seen = self.daemon.group("live", name)
                self.assertEqual(seen["group"], name)
                at = self.daemon.partitions("live", name)["orders", 0]
                self.assertEqual(at["committed_offset"], number)

    def test_a_live_member_may_have_such_a_name_too(self):
        for protocol in ("classic", "consumer"):
            group = f"members of {protocol}/\U0001F600 100%"
            self.clients.consume(name=protocol, group=group, topics=["orders"], protocol=protocol,
                                 client_id='id "1" \u00e4', commit_every_ms=200)
            eventually(f"the member of {group}", lambda: [
                m["client_id"] for m in self.daemon.group("live", group)["members"]
            ] == ['id "1" \u00e4'], 30)

    def test_broken_urls_are_refused_by_name(self):
        for path in ("/api/v1/clusters/live/groups/%zz", "/api/v1/clusters/live/groups/%",
                     "/api/v1/clusters/live/groups/a%2"):
            with self.subTest(path):
                status, answer = self.daemon.get(path)
                self.assertEqual(status, 400)
                self.assertTrue(answer["error"]["message"])

    def test_metrics_pass_promtool_and_hold_every_name(self):
        text = self.daemon.metrics()
        done = subprocess.run([str(PROMTOOL), "check", "metrics"], input=text, text=True,
                              capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        named = {series.get("group") for series, _ in samples(text)}
        self.assertLessEqual(set(NAMES), named)

    def test_garbage_in_the_offsets_topic_is_counted_and_the_rest_is_read(self):
        """Sent to a partition of its own: Kafka's own coordinator of that partition gives up."""
        used = self.clients.log_ends(topic="__consumer_offsets")
        partition = min(used, key=lambda p: (used[p], int(p)))
        before = self.decode_errors()
        self.clients.produce_raw(
            topic="__consumer_offsets", partition=int(partition), client_id="__admin_client",
            records=[{"key": encoded(key), "value": encoded(value)} for _, key, value in GARBAGE])
        eventually("the damage is counted", lambda: self.decode_errors() >= before + 6, 30)
        whole = b"\x00\x01" + short(b"after the garbage") + short(b"orders") + bytes(4)
        value = b"\x00\x03" + (7).to_bytes(8, "big") + b"\xff" * 4 + short(b"") + (
            1_700_000_000_000).to_bytes(8, "big")
        self.clients.produce_raw(
            topic="__consumer_offsets", partition=int(partition), client_id="__admin_client",
            records=[{"key": encoded(whole), "value": encoded(value)}])
        eventually("the commit behind it is read", lambda: self.daemon.partitions(
            "live", "after the garbage")["orders", 0]["committed_offset"] == 7, 30)
        self.assertNotIn("garbage", self.daemon.groups("live"))
        self.assertTrue(self.daemon.running())

    def decode_errors(self):
        return sum(self.daemon.cluster("live")["health"]["decode_errors"].values())

    def test_a_port_that_is_taken_is_named(self):
        second = Tidemark([cluster("live", self.broker.bootstrap)], port=self.daemon.port)
        done = subprocess.run(second.command_line(), capture_output=True, text=True, timeout=20,
                              check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn(f"127.0.0.1:{self.daemon.port}", done.stderr)
        self.assertIn("in use", done.stderr)

    def test_a_full_disk_for_the_log_is_counted_and_costs_nothing_else(self):
        full = Tidemark([cluster("live", self.broker.bootstrap)], log={"file": "/dev/full"}).start()
        self.addCleanup(full.stop)
        full.wait_ready()
        self.assertLessEqual(set(NAMES), set(full.groups("live")))
        self.assertGreater(full.metric("tidemark_log_failed_lines_total"), 0)

    def test_a_log_file_that_cannot_be_written_is_named(self):
        broken = Tidemark([cluster("live", self.broker.bootstrap)], log={"file": "/proc/no/such"})
        done = subprocess.run(broken.command_line(), capture_output=True, text=True, timeout=20,
                              check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("/proc/no/such", done.stderr)


if __name__ == "__main__":
    unittest.main()
