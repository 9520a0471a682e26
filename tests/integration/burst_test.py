"""A burst of commits while the pipeline thread of the real daemon stands still: fetching goes on
until its queues are full, memory stays within their limits, nothing is lost, and it is said.

At full size, 200,000 group-partitions and a hold of half a minute:
    TIDEMARK_BURST="groups=2000 rounds=150 seconds=30" python3 -m unittest tests.integration.burst_test
"""
import os
import subprocess
import time
import unittest

from tests.bench.measured import memory_kb
from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.held_thread import held_thread
from tests.support.places import BUILD
from tests.support.waiting import eventually

SIZE = {"groups": 100, "rounds": 300, "seconds": 6,
        **{name: int(value) for name, _, value in
           (word.partition("=") for word in os.environ.get("TIDEMARK_BURST", "").split())}}
PARTITIONS = 100
LOG_END = 300
WORLD = [f"groups={SIZE['groups']}", f"rounds={SIZE['rounds']}", f"partitions={PARTITIONS}",
         "topics=5", "offsets_partitions=8"]
COMMITS = SIZE["groups"] * PARTITIONS * SIZE["rounds"]
WRITER = BUILD / "tests" / "bench" / "fill_offsets"
LIMIT = 600

# What may wait, by docs/performance.md: the inlet, what librdkafka has fetched and keeps for each
# record, a batch under way; and the allocator's part.
INLET_MB = 16
FETCHED_MB = 100
MARGIN_MB = 40


class Burst(unittest.TestCase):
    def setUp(self):
        self.broker = Broker(heap="768m").start()
        self.addCleanup(self.broker.kill)
        self.write("topics").wait(LIMIT)
        self.daemon = Tidemark([cluster("live", self.broker.bootstrap, refresh="10s")],
                               policies=()).start()
        self.addCleanup(self.daemon.stop)
        self.daemon.wait_ready()
        self.peak_kb = self.begin_kb = memory_kb(self.daemon.pid())["now"]

    def write(self, what):
        writer = subprocess.Popen([WRITER, self.broker.bootstrap, *WORLD, f"what={what}"],
                                  stdout=subprocess.DEVNULL)
        self.addCleanup(writer.kill)
        return writer

    def inlet(self):
        queues = self.daemon.cluster("live")["health"]["queues"]
        return next(queue for queue in queues if queue["name"] == "inlet")

    def burst(self):
        """Everything is written while the thread is held; how long that took."""
        began = time.monotonic()
        writer = self.write("commits")
        while writer.poll() is None or time.monotonic() - began < SIZE["seconds"]:
            self.peak_kb = max(self.peak_kb, memory_kb(self.daemon.pid())["now"])
            self.assertEqual(self.daemon.get("/healthz")[0], 200, "answers do not wait for it")
            self.assertLess(time.monotonic() - began, LIMIT)
            time.sleep(0.1)
        self.assertEqual(writer.returncode, 0)
        return time.monotonic() - began

    def expect_everything_read(self):
        health = self.daemon.cluster("live")["health"]
        self.assertEqual(health["records_read"], COMMITS)
        self.assertEqual(self.inlet()["weight"], 0)
        return True

    def expect_newest_commits(self):
        rows = self.daemon.groups("live", limit=1000)
        self.assertEqual(len(rows), min(SIZE["groups"], 1000))
        for number in range(0, SIZE["groups"], max(1, SIZE["groups"] // 200)):
            group = f"payments-enrichment-{number:05}"
            newest = LOG_END * 9 // 10 if number % 10 == 0 else LOG_END
            shown = {at["committed_offset"] for at in self.daemon.partitions("live", group).values()}
            self.assertEqual(shown, {newest}, group)
            self.assertEqual(len(self.daemon.partitions("live", group)), PARTITIONS)

    def test_a_burst_while_the_pipeline_thread_is_held(self):
        with held_thread(self.daemon.pid(), "pipe live"):
            seconds = self.burst()
            grown_mb = (self.peak_kb - self.begin_kb) / 1024
            print(f"burst: {COMMITS} commits in {seconds:.1f} s, memory grew by {grown_mb:.0f} MB")
            eventually("the log says that fetching pauses",
                       lambda: "its inlet is full for" in self.daemon.log(), 10)
        self.assertLess(grown_mb, INLET_MB + FETCHED_MB + MARGIN_MB)

        eventually("everything is read", self.expect_everything_read, LIMIT)
        self.expect_newest_commits()
        inlet = self.inlet()
        self.assertEqual(inlet["dropped"], 0)
        self.assertGreater(inlet["waited"], 0)
        self.assertGreater(inlet["waited_seconds"], 1)
        self.assertIn("its inlet takes records again after", self.daemon.log())


if __name__ == "__main__":
    unittest.main()
