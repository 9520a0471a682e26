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
REAL_PARTITIONS = 50  # of a topic
CREATED_WITHIN = 2400


@dataclasses.dataclass(frozen=True)
class Size:
    mock_topics: int = 1000  # of 100 partitions each
    real_topics: int = 60  # of REAL_PARTITIONS each
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

    def __init__(self, topics, say):
        self._say = say
        self._size = [f"topics={topics}", f"partitions={REAL_PARTITIONS}"]
        properties = {"offsets.topic.num.partitions": 1}
        first = Broker(properties=properties, heap="384m")
        self._brokers = [first] + [Broker(node=node, joins=first, properties=properties,
                                          heap="384m") for node in range(2, BROKERS + 1)]

    def __enter__(self):
        try:
            for broker in self._brokers:
                broker.start(within=120)
            bootstrap = ",".join(broker.bootstrap for broker in self._brokers)
            tool("fill_offsets", bootstrap, *self._size, "log_end=3", "offsets_partitions=1",
                 "what=topics", limit=CREATED_WITHIN, say=self._say)
        except BaseException:
            self.__exit__()
            raise
        return bootstrap

    def __exit__(self, *_):
        for broker in reversed(self._brokers):  # the controller last
            if broker.started():
                broker.kill()


def refreshes(bootstrap, rounds):
    with on(MONITOR):
        seen = tool("log_ends_bench", bootstrap, f"rounds={rounds}")
    return {**seen, "brokers": BROKERS,
            **{key: median(seen["rounds"], key)
               for key in ("seconds", "cpu_seconds", "state_cpu_seconds")}}


def mock(size, say):
    say("refreshing log ends of mock brokers")
    with MockCluster(size.mock_topics) as bootstrap:
        return refreshes(bootstrap, size.rounds)


def real(size, say):
    say(f"creating {size.real_topics * REAL_PARTITIONS:,} topic partitions on real brokers")
    with RealCluster(size.real_topics, say) as bootstrap:
        say("refreshing log ends of them")
        return refreshes(bootstrap, size.rounds)
