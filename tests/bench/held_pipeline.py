"""The pipeline thread of the real daemon held, as a debugger would, while commits are written as
fast as they can be: fetching goes on until its queues are full, memory stays within their limits,
nothing is lost, and it is said."""
import dataclasses
import time

from tests.bench.cores import ALL, on
from tests.bench.measured import memory
from tests.bench.tools import Load, tool
from tests.support.broker import Broker
from tests.support.daemon import Tidemark, cluster
from tests.support.held_thread import held_thread
from tests.support.waiting import eventually

NAME = "live"
OFFSETS_PARTITIONS = 8
LOG_END = 300
LATE_EVERY = 10      # as in world.h
LIMIT = 900          # seconds, for whatever is waited for
SLOWEST = 20_000     # commits/s on the busiest machine
COMPARED = 200       # groups
SETTLING_TICKS = 8

# What may wait, by docs/performance.md: the inlet, what librdkafka has fetched and keeps for each
# record, a batch under way; and the allocator's part.
INLET = 16e6
FETCHED = 105e6
MARGIN = 42e6


@dataclasses.dataclass(frozen=True)
class Burst:
    groups: int = 100
    partitions: int = 100
    rounds: int = 300
    seconds: int = 6  # of the hold, at least
    rate: int = 0     # commits/s; 0: as many as the broker takes

    @property
    def first_commits(self):
        """One of each group and partition before: a burst is of groups that are known."""
        return self.groups * self.partitions

    @property
    def commits(self):
        return self.first_commits * self.rounds

    def words(self):
        return [*self._size(), f"rounds={self.rounds}", f"log_end={LOG_END}"]

    def first_words(self):
        return [*self._size(), "rounds=1", "log_end=1"]

    def _size(self):
        return [f"groups={self.groups}", f"partitions={self.partitions}", "topics=5",
                f"late_every={LATE_EVERY}", f"offsets_partitions={OFFSETS_PARTITIONS}"]

    def newest(self, number):
        return LOG_END * 9 // 10 if number % LATE_EVERY == 0 else LOG_END


def measure(burst, say):
    """What was seen; a RuntimeError if something of it must not be."""
    say(f"holding a pipeline while {burst.commits:,} commits are written")
    with HeldPipeline(burst) as stage:
        seen = stage.hold()
        say("letting it go")
        seen.update(stage.read_all(), wrong=stage.wrong_commits(), **stage.told())
    wrong = problems(seen)
    if wrong:
        raise RuntimeError("; ".join(wrong))
    return seen


def problems(seen):
    found = []
    if seen["grown"] > seen["limit"]:
        found.append(f"memory grew by {seen['grown'] / 1e6:.0f} MB, more than the "
                     f"{seen['limit'] / 1e6:.0f} MB of what may wait")
    found += seen["wrong"][:5]
    if seen["dropped"]:
        found.append(f"{seen['dropped']} observations were dropped")
    if seen["waited_seconds"] < 1:
        found.append(f"fetching has waited for {seen['waited_seconds']:.1f} s only")
    found += [f"never told: {what}" for what, told in seen["told"].items() if not told]
    return found


class HeldPipeline:
    """A real broker, the daemon that has read all there is, and what is done to them."""

    def __init__(self, burst):
        self.burst = burst
        self.broker = self.daemon = None

    def __enter__(self):
        try:
            with on(ALL):
                self._begin()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _begin(self):
        self.broker = Broker(heap="768m")
        self.broker.start()
        tool("fill_offsets", self.broker.bootstrap, *self.burst.words(), "what=topics")
        tool("fill_offsets", self.broker.bootstrap, *self.burst.first_words(), "what=commits")
        self.daemon = Tidemark([cluster(NAME, self.broker.bootstrap, refresh="10s")], policies=())
        self.daemon.start()
        self.daemon.wait_ready()
        settled = self._ticks() + SETTLING_TICKS
        eventually("the daemon has given back what its catch-up took",
                   lambda: self._ticks() >= settled, 120)

    def _ticks(self):
        return self.daemon.cluster(NAME)["health"]["ticks"]

    def __exit__(self, *_):
        if self.daemon:
            self.daemon.kill()
        if self.broker and self.broker.started():
            self.broker.kill()

    def hold(self):
        """Everything is written while the thread is held."""
        before = memory(self.daemon.pid())["now"]
        with held_thread(self.daemon.pid(), f"pipe {NAME}"):
            began = time.monotonic()
            written, peak = self._write()
            eventually("the log says that fetching pauses",
                       lambda: "its inlet is full for" in self.daemon.log(), 30)
            held = time.monotonic() - began
        return {"commits": written["commits"], "asked_per_second": self.burst.rate,
                "commits_per_second": written["commits"] / written["commit_seconds"],
                "held_seconds": held, "grown": peak - before, "limit": INLET + FETCHED + MARGIN}

    def _write(self):
        """(What was written, the most memory meanwhile)"""
        began, peak = time.monotonic(), 0
        limit = max(self.burst.seconds, self.burst.commits / SLOWEST) + 60
        with on(ALL):
            writer = Load("fill_offsets", self.broker.bootstrap, *self.burst.words(),
                          f"rate={self.burst.rate}", "what=commits")
        try:
            while writer.running() or time.monotonic() - began < self.burst.seconds:
                peak = max(peak, memory(self.daemon.pid())["now"])
                if self.daemon.get("/healthz")[0] != 200:
                    raise RuntimeError("answers wait for the held thread")
                if time.monotonic() - began > limit:
                    raise RuntimeError(f"not written after {limit:.0f} s")
                time.sleep(0.1)
            return writer.end(), peak
        finally:
            writer.kill()

    def read_all(self):
        began = time.monotonic()
        eventually("everything is read", self._everything_read, LIMIT)
        return {"read_after_seconds": time.monotonic() - began}

    def _everything_read(self):
        wanted = self.burst.first_commits + self.burst.commits
        read = self.daemon.cluster(NAME)["health"]["records_read"]
        if read > wanted:
            raise RuntimeError(f"{read} records are read of {wanted}")
        return read == wanted and self._inlet()["weight"] == 0

    def _inlet(self):
        queues = self.daemon.cluster(NAME)["health"]["queues"]
        return next(queue for queue in queues if queue["name"] == "inlet")

    def wrong_commits(self):
        """Of some groups, each partition's newest commit against what was written last."""
        wrong = []
        for number in range(0, self.burst.groups, max(1, self.burst.groups // COMPARED)):
            group = f"payments-enrichment-{number:05}"
            shown = [at["committed_offset"] for at in self.daemon.partitions(NAME, group).values()]
            if shown != [self.burst.newest(number)] * self.burst.partitions:
                wrong.append(f"{group}: {len(shown)} partitions with {sorted(set(shown))} instead "
                             f"of {self.burst.partitions} with {self.burst.newest(number)}")
        return wrong

    def told(self):
        inlet = self._inlet()
        eventually("the end of it is told", self._end_is_told, 60)
        reasons = self._events()
        return {"dropped": inlet["dropped"], "waited": inlet["waited"],
                "waited_seconds": inlet["waited_seconds"],
                "told": {"in the log, that the inlet is full":
                         "its inlet is full for" in self.daemon.log(),
                         "in the log, that it takes records again":
                         "its inlet takes records again after" in self.daemon.log(),
                         "as an event, that the inlet is full": "inlet_full" in reasons}}

    def _end_is_told(self):
        return "inlet_flows" in self._events()

    def _events(self):
        rows = self.daemon.data(f"/api/v1/events?cluster={NAME}&kind=blind,sight_back&limit=1000")
        return {row["reason"] for row in rows}
