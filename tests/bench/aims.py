"""The numbers to reach, and where each of them is found in the results of a run."""
import dataclasses
from typing import Callable, Optional

from tests.bench.micro_bench import milliseconds

MB = 1e6
SIZES = ("10 k", "200 k", "1 M")  # group-partitions of the full run


@dataclasses.dataclass(frozen=True)
class Aim:
    what: str
    target: float
    stretch: Optional[float]
    unit: str
    seen: Callable[[dict], float]  # KeyError: was not measured in this run

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


def part(*path, scale=1.0):
    """What stands at this place of the results."""
    def find(results):
        for key in path:
            results = results[key]
        return results / scale
    return find


def tick(percent):
    return lambda results: milliseconds(
        results["parts"][f"tick/group_partitions:1000000/percent_changed:{percent}"])


def catch_up(size):
    where = f"catch-up, {size} group-partitions"
    return [Aim(f"{where}: CPU relative to the bare reader", 2, 1.6, "×",
                part("catch_up", size, "cpu_ratio")),
            Aim(f"{where}: wall relative to the bare reader", 1.7, 1.4, "×",
                part("catch_up", size, "wall_ratio"))]


AIMS = [
    *[aim for size in SIZES for aim in catch_up(size)],
    Aim("memory at 1 M group-partitions: the daemon after its catch-up", 400, 300, "MB",
        part("catch_up", "1 M", "memory", "resident", scale=MB)),
    Aim("memory at 1 M group-partitions: the daemon after pages of /metrics", 400, 300, "MB",
        part("catch_up", "1 M", "scrape", "resident", scale=MB)),
    Aim("memory at 1 M group-partitions: the daemon's peak", 550, None, "MB",
        part("catch_up", "1 M", "memory", "peak", scale=MB)),
    Aim("memory at 1 M group-partitions: a pipeline after an hour of uneven production", 400, 300,
        "MB", part("memory", "resident", scale=MB)),
    Aim("live stream of 20,000 commits/s, 200 k group-partitions: CPU per minute", 4, 2, "s",
        part("catch_up", "200 k", "stream", "cpu_per_minute")),
    Aim("tick, 1 M group-partitions: everything judged anew", 250, 100, "ms", tick(100)),
    Aim("tick, 1 M group-partitions: 1 % changed", 10, 4, "ms", tick(1)),
    Aim("/metrics, per 1 M series: CPU", 0.6, 0.25, "s",
        part("catch_up", "1 M", "scrape", "cpu_per_million")),
    Aim("/metrics, a page of all series: extra memory", 16, 4, "MB",
        part("catch_up", "1 M", "scrape", "extra_memory", scale=MB)),
    Aim("/metrics, a page of all series: first byte", 50, 10, "ms",
        part("catch_up", "1 M", "scrape", "first_byte_ms")),
    Aim("REST under the stream and a scrape loop, p99: one group of 100 partitions", 3, 1, "ms",
        part("catch_up", "200 k", "rest", "group_p99_ms")),
    Aim("REST under both, p99: first page of 65,000 groups, the slowest order", 10, 3, "ms",
        part("catch_up", "200 k", "rest", "page_p99_ms")),
    Aim("log ends, log starts and LSOs of 100,000 topic partitions over 3 brokers: wall", 2, 0.5,
        "s", part("log_ends", "seconds")),
    Aim("log ends, log starts and LSOs of 100,000 topic partitions over 3 brokers: CPU", 1, 0.5,
        "s", part("log_ends", "cpu_seconds")),
    Aim("start of a process with nothing to do: to its first answer", 100, 30, "ms",
        part("start", "median_ms")),
]
