"""The numbers to reach, and where each of them is found in the results of a run."""
import dataclasses
from typing import Callable, Optional

from tests.bench.micro_bench import MILLISECONDS, milliseconds

MB = 1e6
SIZES = ("10 k", "200 k", "1 M")  # group-partitions of the full run


@dataclasses.dataclass(frozen=True)
class Aim:
    what: str
    target: float
    stretch: Optional[float]
    unit: str
    part: str  # of a run
    find: Callable[[dict], Optional[float]]  # in the figures of that part

    def seen(self, results):
        """None: was not measured."""
        figures = results["parts"].get(self.part)
        return None if figures is None else self.find(figures)

    def show(self, value):
        """Three digits, and all of them where there are more before the point."""
        if value is None:
            return "–"
        digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
        text = f"{value:.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return f"{text} {self.unit}"

    def verdict(self, value):
        if self.stretch is not None and value <= self.stretch:
            return "stretch"
        return "met" if value <= self.target else "**missed**"


def figure(name, scale=1.0):
    return lambda figures: figures[name] / scale


def tick(percent):
    name = f"tick/group_partitions:1000000/percent_changed:{percent}"
    return lambda figures: milliseconds(figures[name]) if name in figures else None


def history(changed):
    name = f"history_write/groups:10000/changed:{changed}/iterations:10"
    return lambda figures: figures.get(name)


def history_write(figures):
    """CPU for a million samples, the dearest kind."""
    row = history(100)(figures)
    return None if row is None else row["cpu_time"] * MILLISECONDS[row["time_unit"]] / 1e3


def bytes_a_sample(changed):
    def found(figures):
        row = history(changed)(figures)
        return None if row is None else row["bytes_a_sample"]
    return found


def catch_up(size):
    part = f"catch-up, {size}"
    what = f"{part} group-partitions"
    return [Aim(f"{what}: CPU relative to the bare reader", 2, 1.6, "×", part,
                figure("cpu_ratio")),
            Aim(f"{what}: wall relative to the bare reader", 1.7, 1.4, "×", part,
                figure("wall_ratio"))]


AIMS = [
    *[aim for size in SIZES for aim in catch_up(size)],
    Aim("memory at 1 M group-partitions: the daemon after its catch-up", 400, 300, "MB",
        "memory", figure("resident", MB)),
    Aim("memory at 1 M group-partitions: the daemon after pages of /metrics", 400, 300, "MB",
        "scrape", figure("resident", MB)),
    Aim("memory at 1 M group-partitions: the daemon's peak", 550, None, "MB",
        "memory", figure("peak", MB)),
    Aim("memory at 1 M group-partitions: a pipeline after an hour of uneven production", 400, 300,
        "MB", "memory of a pipeline", figure("resident", MB)),
    Aim("live stream of 20,000 commits/s, 200 k group-partitions: CPU per minute", 4, 2, "s",
        "stream", figure("cpu_per_minute")),
    Aim("tick, 1 M group-partitions: everything judged anew", 250, 100, "ms", "ticks", tick(100)),
    Aim("tick, 1 M group-partitions: 1 % changed", 10, 4, "ms", "ticks", tick(1)),
    Aim("/metrics, per 1 M series: CPU", 0.6, 0.25, "s", "scrape", figure("cpu_per_million")),
    Aim("/metrics, a page of all series: extra memory", 16, 4, "MB", "scrape",
        figure("extra_memory", MB)),
    Aim("/metrics, a page of all series: first byte", 50, 10, "ms", "scrape",
        figure("first_byte_ms")),
    Aim("REST under the stream and a scrape loop, p99: one group of 100 partitions", 3, 1, "ms",
        "rest", figure("group_p99_ms")),
    Aim("REST under both, p99: first page of 65,000 groups, the slowest order", 10, 3, "ms",
        "rest", figure("page_p99_ms")),
    Aim("log ends, log starts and LSOs of 100,000 topic partitions over 3 brokers: wall", 2, 0.5,
        "s", "log ends, mock brokers", figure("seconds")),
    Aim("log ends, log starts and LSOs of 100,000 topic partitions over 3 brokers: CPU", 1, 0.5,
        "s", "log ends, mock brokers", figure("cpu_seconds")),
    Aim("history of 1 M partition samples, all changed: CPU to write it", 1, None, "s", "history",
        history_write),
    Aim("history: a partition sample that has changed", 5, None, "bytes", "history",
        bytes_a_sample(100)),
    Aim("history: a partition sample that has not changed", 2, None, "bytes", "history",
        bytes_a_sample(0)),
    Aim("history: a chart of 24 h of a group of 50 partitions", 20, None, "ms", "history",
        lambda figures: milliseconds(figures["history_day"]) if "history_day" in figures else None),
    Aim("restart at 200 k group-partitions, orderly or killed: until all is shown again", 5, None,
        "s", "restart", figure("worst_seconds")),
    Aim("start of a process with nothing to do: to its first answer", 100, 30, "ms",
        "start", figure("median_ms")),
]
