"""Catch-up and memory of the real daemon, on a real broker.

The bare reader and the daemon read the same backlog in turn, so that what the machine does at the
time hits both. Both are timed from the start of their process to the last record.
"""
import json
import subprocess
import time

from tests.bench.measured import cpu_seconds, median, memory_kb
from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.places import BUILD
from tests.support.waiting import eventually

TOOLS = BUILD / "tests" / "bench"
OFFSETS_PARTITIONS = 50
LIMIT = 600
SETTLED_AFTER = 45  # seconds; several refreshes, and memory is given back

JVM = ("-XX:+UseSerialGC", "-Xms768m")


def tool(name, *arguments):
    """The JSON that one of our tools prints."""
    done = subprocess.run([TOOLS / name, *[str(one) for one in arguments]], capture_output=True,
                          text=True, timeout=LIMIT, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{name}: {done.stderr}")
    return json.loads(done.stdout)


def read_bare(broker):
    return tool("bare_reader", broker.bootstrap, OFFSETS_PARTITIONS)


class Measured(Tidemark):
    @property
    def pid(self):
        return self._process.pid


class Daemon:
    """One run of the daemon on the broker, with its defaults."""

    def __init__(self, broker):
        self._tidemark = Measured([cluster("bench", broker.bootstrap, refresh="10s")], policies=())
        self._began = time.monotonic()
        self._tidemark.start()
        self._pid = self._tidemark.pid

    def read_all(self):
        """As the bare reader reports it: until everything is read and judged."""
        eventually("the daemon has caught up", self._ready, LIMIT, every=0.02)
        return {"seconds": time.monotonic() - self._began, "cpu_seconds": cpu_seconds(self._pid),
                "records": self._health()["records_read"],
                "peak_rss_kb": memory_kb(self._pid)["peak"]}

    def settled(self):
        """What it holds once nothing is left of the catch-up."""
        time.sleep(SETTLED_AFTER)
        rows = self._tidemark.groups("bench")
        return {"rss_kb": memory_kb(self._pid)["now"],
                "tick_seconds": self._health()["last_tick_seconds"], "groups_shown": len(rows)}

    def stop(self):
        self._tidemark.stop()

    def _ready(self):
        return self._tidemark.get("/readyz")[0] == 200

    def _health(self):
        return self._tidemark.cluster("bench")["health"]


def one_run(broker, settle=False):
    daemon = Daemon(broker)
    try:
        row = daemon.read_all()
        return {**row, **daemon.settled()} if settle else row
    finally:
        daemon.stop()


def measure(options, say):
    world = [f"groups={options.groups}", f"rounds={options.rounds}"]
    broker = Broker(properties={"offsets.topic.num.partitions": OFFSETS_PARTITIONS}, heap="768m",
                    jvm=JVM)
    broker.start()
    try:
        say("creating topics")
        tool("fill_offsets", broker.bootstrap, *world, "what=topics")
        empty = one_run(broker, settle=True)
        say("writing the backlog")
        filled = tool("fill_offsets", broker.bootstrap, *world, f"batch={options.batch}",
                      "what=commits")
        read_bare(broker)  # into the page cache
        bare, ours = [], []
        for pair in range(options.pairs):
            say(f"reading, pair {pair + 1} of {options.pairs}")
            bare.append(read_bare(broker))
            ours.append(one_run(broker, settle=pair == options.pairs - 1))
    finally:
        broker.stop()
    return summary(filled, empty, bare, ours)


def summary(filled, empty, bare, ours):
    for row in bare + ours:
        if row["records"] != filled["commits"]:
            raise RuntimeError(f"{filled['commits']} records were written, {row} was read")
    pairs = [{"ratio": b["seconds"] / o["seconds"], "cpu_ratio": b["cpu_seconds"] / o["cpu_seconds"]}
             for b, o in zip(bare, ours)]
    grown_kb = ours[-1]["rss_kb"] - empty["rss_kb"]
    return {
        "records": filled["commits"],
        "group_partitions": filled["group_partitions"],
        "record_bytes": filled["record_bytes"],
        "bare": bare,
        "tidemark": ours,
        "empty_daemon": empty,
        "bare_records_per_second": filled["commits"] / median(bare, "seconds"),
        "tidemark_records_per_second": filled["commits"] / median(ours, "seconds"),
        "ratio": median(pairs, "ratio"),
        "ratios": [pair["ratio"] for pair in pairs],
        "cpu_ratio": median(pairs, "cpu_ratio"),
        "rss_bytes_per_group_partition": grown_kb * 1024 / filled["group_partitions"],
    }
