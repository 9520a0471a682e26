"""How big the cluster of a run is, and what follows from that."""
import dataclasses

OFFSETS_PARTITIONS = 50
GROUP = "payments-enrichment-"  # as tests/bench/world.cpp calls them
TOPIC = "orders.events."


@dataclasses.dataclass(frozen=True)
class Size:
    groups: int
    partitions: int  # of each topic; a group reads all of one topic
    topics: int
    rate: int        # commits a second
    seconds: int     # of load
    rounds: int      # commits of each group and partition that wait at the start
    requests: int    # to REST, a second
    scrape_every: float
    refresh: int     # seconds, of log ends
    few: int = 50    # one group of so many stalls, another one stops

    @property
    def group_partitions(self):
        return self.groups * self.partitions

    @property
    def topic_partitions(self):
        return self.topics * self.partitions

    @property
    def cycle(self):
        """Seconds in which each group and partition commits once."""
        return self.group_partitions / self.rate

    @property
    def patience(self):
        """Whoever moves commits far more often than this."""
        return round(10 + 2.5 * self.cycle)

    @property
    def verdict_limit(self):
        """Seconds until all who stand still are told of, on a busy machine."""
        return 60 + 3 * (self.patience + self.cycle + self.refresh)

    @property
    def right_to_accuse(self):
        """Whoever goes without a commit for so long may be accused: a refresh before the patience,
        for when records came is known no better."""
        return self.patience - self.refresh

    @property
    def fill_limit(self):
        """Seconds, for topics as for commits."""
        return 300 + self.topic_partitions // 5 + self.group_partitions * self.rounds // 20_000

    @property
    def read_limit(self):
        """Seconds, for a backlog or what was left of a stream."""
        return 120 + self.group_partitions * self.rounds // 20_000

    def world(self):
        """The words that the tools take."""
        return [f"groups={self.groups}", f"partitions={self.partitions}", f"topics={self.topics}",
                f"rounds={self.rounds}", f"log_end={self.rounds}", "late_every=0",
                f"offsets_partitions={OFFSETS_PARTITIONS}"]

    def policy(self):
        patience = f"{self.patience}s"
        return {"patience_min": patience, "patience_max": patience, "patience_unknown": patience}

    def group(self, number):
        return f"{GROUP}{number:05}"

    def all_groups(self):
        return [self.group(number) for number in range(self.groups)]

    def topic(self, number):
        return f"{TOPIC}{number:05}"


def in_ci():
    return Size(groups=1000, partitions=40, topics=20, rate=10_000, seconds=25, rounds=10,
                requests=100, scrape_every=5, refresh=2)


def full():
    return Size(groups=10_000, partitions=100, topics=100, rate=20_000, seconds=300, rounds=12,
                requests=100, scrape_every=30, refresh=10)
