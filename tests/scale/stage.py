"""The broker, the daemon and the loads of a run. On a machine with two cores or more the daemon can
have the last one for itself, as a figure needs; else the kernel decides."""
import contextlib
import os
import subprocess

from tests.bench.tools import Load, tool
from tests.scale.size import OFFSETS_PARTITIONS
from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster

CLUSTER = "scale"
JVM = ("-XX:+UseSerialGC",)


class Stage:
    def __init__(self, size, pinned):
        self.size = size
        self._pinned = pinned and len(os.sched_getaffinity(0)) > 1
        self._all_cores = os.sched_getaffinity(0)
        self._of_daemon = {max(self._all_cores)} if self._pinned else self._all_cores
        self._of_others = self._all_cores - self._of_daemon if self._pinned else self._all_cores
        os.sched_setaffinity(0, self._of_others)  # what we start inherits it
        heap = 512 + size.topic_partitions // 10
        self.broker = Broker({"offsets.topic.num.partitions": OFFSETS_PARTITIONS,
                              "log.cleaner.enable": "false"}, heap=f"{heap}m", jvm=JVM)
        self.daemon = Tidemark([cluster(CLUSTER, self.broker.bootstrap, refresh=f"{size.refresh}s",
                                        metadata_refresh="10s")], policies=[size.policy()])
        self.loads = {}

    def start_broker(self):
        self.broker.start(within=120)

    def fill(self, what, say):
        return tool("fill_offsets", self.broker.bootstrap, *self.size.world(), f"what={what}",
                    limit=self.size.fill_limit, say=say)

    def start_daemon(self):
        os.sched_setaffinity(0, self._of_daemon)
        try:
            self.daemon.start()
        finally:
            os.sched_setaffinity(0, self._of_others)

    def start_loads(self):
        size = self.size
        self.loads = {
            "stream": Load("commit_stream", self.broker.bootstrap, *size.world(),
                           f"rate={size.rate}", f"stalled_every={size.few}",
                           f"stopped_every={size.few}"),
            "rest": Load("rest_load", self.daemon.url, f"rate={size.requests}", *requests(size)),
            "scrape": Load("scrape_load", self.daemon.url,
                           f"every_ms={round(size.scrape_every * 1000)}"),
        }
        if os.geteuid() == 0:  # it shares its core with the broker: its own waiting is no latency
            for load in ("rest", "scrape"):
                with contextlib.suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, self.loads[load].pid, -10)

    def end_loads(self, *names):
        """{name: what it did}"""
        return {name: self.loads.pop(name).end() for name in names}

    def command(self, *arguments, limit=120):
        """A `tidemark …` of the terminal: what it says."""
        code, out, err = self.daemon.command(*arguments, limit=limit)
        if code != 0:
            raise subprocess.CalledProcessError(code, arguments, out, err)
        return out

    def said(self):
        """The daemon's log, as far as there is one."""
        path = self.daemon.folder / "tidemark.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def close(self):
        for load in self.loads.values():
            load.kill()
        self.daemon.kill()
        if self.broker.started():
            self.broker.kill()  # nobody reads its data again
        os.sched_setaffinity(0, self._all_cores)


def requests(size):
    """What people and their tools ask for, by weight."""
    group = f"/api/v1/clusters/{CLUSTER}/groups/payments-enrichment-{{00000-{size.groups - 1:05}}}"
    topic = f"/api/v1/clusters/{CLUSTER}/topics/orders.events.{{00000-{size.topics - 1:05}}}"
    page = f"/api/v1/groups?cluster={CLUSTER}&sort="
    return [
        f"group=40:{group}",
        f"explain=5:{group}/explain",
        f"burrow_lag=10:/v3/kafka/{CLUSTER}/consumer/payments-enrichment-"
        f"{{00000-{size.groups - 1:05}}}/lag",
        f"page_by_name=5:{page}name",
        f"page_by_lag=5:{page}-lag",
        f"page_by_time_lag=5:{page}-time_lag",
        f"page_by_status=5:{page}-status",
        f"search=5:{page}name&q={{00-99}}7",
        f"troubled=5:{page}-time_lag&status=ERROR,WARNING",
        f"topic=5:{topic}",
        f"topics=5:/api/v1/clusters/{CLUSTER}/topics",
        f"events=5:/api/v1/events?cluster={CLUSTER}",
    ]
