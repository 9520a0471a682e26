"""What a refresh of log ends, log starts and last stable offsets of a whole cluster costs.

The full number of partitions on mock brokers, in a process of their own; and as many as a small
machine bears on three real ones. CPU time is the monitor's alone.
"""
import json
import subprocess

from tests.bench.broker_bench import TOOLS, tool
from tests.bench.measured import median
from tests.support.broker import Broker

BROKERS = 3
LIMIT = 600
MOCK = {"topics": 1000, "partitions": 100}
REAL = {"topics": 60, "partitions": 50}
ROUNDS = 5


class MockCluster:
    """`with MockCluster(topics=…, partitions=…) as bootstrap:`"""

    def __init__(self, **size):
        words = [f"{name}={value}" for name, value in size.items()]
        self._process = subprocess.Popen([TOOLS / "mock_cluster", f"brokers={BROKERS}", *words],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the mock cluster ended at its start")
        return json.loads(line)["bootstrap"]

    def __exit__(self, *_):
        self._process.stdin.close()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


class RealCluster:
    """Three brokers that share the partitions."""

    def __init__(self, topics, partitions):
        self._size = [f"topics={topics}", f"partitions={partitions}"]
        properties = {"offsets.topic.num.partitions": 1}
        first = Broker(properties=properties, heap="384m")
        self._brokers = [first] + [Broker(node=node, joins=first, properties=properties,
                                          heap="384m") for node in range(2, BROKERS + 1)]

    def __enter__(self):
        try:
            for broker in self._brokers:
                broker.start()
            bootstrap = ",".join(broker.bootstrap for broker in self._brokers)
            tool("fill_offsets", bootstrap, *self._size, "log_end=3", "offsets_partitions=1",
                 "what=topics")
        except BaseException:
            self.__exit__()
            raise
        return bootstrap

    def __exit__(self, *_):
        for broker in reversed(self._brokers):  # the controller last
            broker.kill()


def rounds(bootstrap):
    seen = tool("log_ends_bench", bootstrap, f"rounds={ROUNDS}")
    return {"partitions": seen["partitions"], "rounds": seen["rounds"],
            **{key: median(seen["rounds"], key)
               for key in ("seconds", "cpu_seconds", "state_cpu_seconds")}}


def measure(options, say):
    """{"mock": …, "real": …}, each with `partitions`, and medians of `seconds` and `cpu_seconds`."""
    say("log ends, on mock brokers")
    with MockCluster(**MOCK) as bootstrap:
        mock = rounds(bootstrap)
    say("log ends, on three real brokers")
    with RealCluster(**REAL) as bootstrap:
        real = rounds(bootstrap)
    return {"brokers": BROKERS, "mock": mock, "real": real}
