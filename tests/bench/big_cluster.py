"""A real broker with the synthetic cluster of world.h, and those who read it."""
import dataclasses
import http.client
import time

from tests.bench.cores import ALL, MONITOR, on
from tests.bench.measured import cpu_seconds, memory, threads_cpu
from tests.bench.tools import tool
from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.waiting import eventually

OFFSETS_PARTITIONS = 50
BATCH = 10_000  # records in one batch of the offsets topic at most
HEAP = "1500m"
JVM = ("-XX:+UseSerialGC", "-Xms512m")
CAUGHT_UP_WITHIN = 600
FILLED_WITHIN = 2400
NAME = "bench"


@dataclasses.dataclass(frozen=True)
class World:
    """As in world.h. Each group reads all partitions of one topic."""
    groups: int
    topics: int
    rounds: int
    log_end: int = 300
    partitions: int = 100
    first_group: int = 0
    first_topic: int = 0

    @property
    def group_partitions(self):
        return self.groups * self.partitions

    @property
    def commits(self):
        return self.group_partitions * self.rounds

    def words(self):
        """As the tools take it."""
        return [f"{field}={value}" for field, value in dataclasses.asdict(self).items() if value]


class BigCluster:
    def __init__(self, world, say):
        self.world = world
        self._say = say
        self.broker = Broker({"offsets.topic.num.partitions": OFFSETS_PARTITIONS}, heap=HEAP,
                             jvm=JVM)

    def __enter__(self):
        self._say("starting a broker")
        try:
            self.broker.start(within=120)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.broker.started():
            self.broker.kill()  # nobody reads its data again

    @property
    def folder(self):
        return self.broker.folder

    @property
    def bootstrap(self):
        return self.broker.bootstrap

    def make_topics(self, world=None):
        world = world or self.world
        self._say(f"creating {world.topics * world.partitions:,} topic partitions")
        self._fill(world, "topics")

    def write_commits(self, world=None):
        world = world or self.world
        self._say(f"writing {world.commits:,} commits")
        return self._fill(world, "commits")

    def _fill(self, world, what):
        with on(ALL):
            return tool("fill_offsets", self.bootstrap, *world.words(), f"batch={BATCH}",
                        f"what={what}", limit=FILLED_WITHIN, say=self._say)

    def read_bare(self):
        with on(MONITOR):
            return tool("bare_reader", self.bootstrap, OFFSETS_PARTITIONS)

    def monitor(self):
        return Reading(self.broker)


class Reading:
    """One run of the daemon on the broker, with its defaults."""

    def __init__(self, broker):
        self.daemon = Tidemark([cluster(NAME, broker.bootstrap, refresh="10s",
                                        metadata_refresh="1m")], policies=())
        self._began = time.monotonic()
        try:
            with on(MONITOR):
                self.daemon.start()
        except BaseException:
            self.daemon.kill()
            raise
        self.pid = self.daemon.pid()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.daemon.stop()

    def read_all(self):
        """As the bare reader reports it: until everything is read and judged."""
        eventually("the daemon has caught up", Readiness(self.daemon.port), CAUGHT_UP_WITHIN,
                   every=0.02)
        seconds, cpu = time.monotonic() - self._began, cpu_seconds(self.pid)
        row = {"seconds": seconds, "cpu_seconds": cpu, "cpu_by_thread": self._cpu_by_thread(cpu),
               "peak": memory(self.pid)["peak"]}
        return {**row, "records": self.health()["records_read"]}

    def health(self):
        return self.daemon.cluster(NAME)["health"]

    def _cpu_by_thread(self, all_seconds):
        """What costs more than one hundredth, largest first."""
        found = threads_cpu(self.pid)
        found["threads that have ended"] = max(0.0, all_seconds - sum(found.values()))
        least = sum(found.values()) / 100
        ranked = sorted(found.items(), key=lambda row: -row[1])
        return {name: round(seconds, 3) for name, seconds in ranked if seconds >= least}


class Readiness:
    """Asked for on one connection: that costs the daemon least."""

    def __init__(self, port):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def __call__(self):
        try:
            self._connection.request("GET", "/readyz")
            answer = self._connection.getresponse()
            answer.read()
            return answer.status == 200
        except (http.client.HTTPException, OSError):
            self._connection.close()  # opens again at the next question
            return False
