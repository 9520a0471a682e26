"""How much of everything a run measures."""
import dataclasses

from tests.bench.big_cluster import World
from tests.bench.churn import Churn
from tests.bench.held_pipeline import Burst
from tests.bench.log_ends_bench import Size
from tests.bench.micro_bench import FAMILIES, QUICK_FAMILIES

# What --only takes.
PARTS = ("catch-up", "memory", "scrape", "stream", "rest", "ticks", "log-ends", "start", "held",
         "churn", "history", "restart")


@dataclasses.dataclass(frozen=True)
class Plan:
    small: World
    middle: World
    large: World
    pairs: int
    settle_seconds: int
    stream_seconds: int
    rest_seconds: int
    hours: float
    families: dict  # of benchmarks
    repetitions: int
    starts: int
    log_ends: Size
    burst: Burst
    churn: Churn


# `rounds` of them are more than a window has samples; `log_end` is at least as many.
FULL = Plan(small=World(groups=100, topics=10, rounds=300), middle=World(2000, 20, 15),
            large=World(10_000, 100, 12, log_end=120), pairs=5, settle_seconds=45,
            stream_seconds=180, rest_seconds=90, hours=1, families=FAMILIES, repetitions=3,
            starts=20, log_ends=Size(),
            burst=Burst(groups=2000, rounds=150, seconds=30, rate=1_000_000),
            churn=Churn(groups_an_hour=10_000, topics_an_hour=100, hours=24))
QUICK = Plan(small=World(groups=100, topics=10, rounds=30, log_end=30),
             middle=World(500, 10, 12, log_end=24), large=World(2000, 20, 12, log_end=24), pairs=1,
             settle_seconds=15, stream_seconds=20, rest_seconds=20, hours=0.05,
             families=QUICK_FAMILIES, repetitions=1, starts=5,
             log_ends=Size(mock_topics=20, real_topics=4, rounds=2), burst=Burst(),
             churn=Churn(groups_an_hour=300, topics_an_hour=20, hours=4))
