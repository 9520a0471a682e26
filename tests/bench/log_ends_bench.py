"""What a refresh of log ends, log starts and last stable offsets of a whole cluster costs.

The full number of partitions on mock brokers, in a process of their own; and as many as a small
machine bears on three real ones. CPU time is the monitor's alone.
"""
import dataclasses
import json

from tests.bench.cores import MONITOR, on
from tests.bench.measured import median
from tests.bench.tools import TOOLS, tool
from tests.support.broker import Broker
from tests.support.places import temporary_folder
from tests.support.processes import ChildProcess

BROKERS = 3


@dataclasses.dataclass(frozen=True)
class Size:
    mock_topics: int = 1000  # of 100 partitions each
    real_topics: int = 60  # of 50
    rounds: int = 5


class MockCluster:
    """`with MockCluster(topics) as bootstrap:`"""

    def __init__(self, topics):
        self._process = ChildProcess(
            "mock_cluster", [TOOLS / "mock_cluster", f"brokers={BROKERS}", f"topics={topics}",
                             "partitions=100"], temporary_folder("mock") / "mock_cluster.log",
            piped=True)

    def __enter__(self):
        line = self._process.popen.stdout.readline()
        if not line:
            raise RuntimeError("the mock cluster: " + self._process.log_tail())
        return json.loads(line)["bootstrap"]

    def __exit__(self, *_):
        self._process.kill()


class RealCluster:
    """Three brokers that share the partitions."""

    def __init__(self, topics):
        self._size = [f"topics={topics}", "partitions=50"]
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


def refreshes(bootstrap, rounds):
    with on(MONITOR):
        seen = tool("log_ends_bench", bootstrap, f"rounds={rounds}")
    return {**seen, **{key: median(seen["rounds"], key)
                       for key in ("seconds", "cpu_seconds", "state_cpu_seconds")}}


def measure(size, say):
    """`seconds`, `cpu_seconds` and more of the mock brokers; the same in `real`."""
    say("refreshing log ends of mock brokers")
    with MockCluster(size.mock_topics) as bootstrap:
        mock = refreshes(bootstrap, size.rounds)
    say("refreshing log ends of three real brokers")
    with RealCluster(size.real_topics) as bootstrap:
        real = refreshes(bootstrap, size.rounds)
    return {**mock, "brokers": BROKERS, "real": real}
