"""What a run looks like from outside while it lasts: one look a second, the worst of each kept."""
import time

from tests.bench.measured import cpu_seconds, memory_kb
from tests.scale.stage import CLUSTER


class Watch:
    def __init__(self, daemon):
        self._daemon = daemon
        self.problems = []
        self.ticks = []            # seconds, of one tick each
        self.offsets_age = 0.0     # seconds, at most
        self.log_ends_age = 0.0
        self.fullest = {}          # {queue: weight / capacity, at most}
        self.stale_partitions = 0
        self._began = time.monotonic()
        self._cpu = cpu_seconds(daemon.pid())

    def look(self):
        seen = self._daemon.cluster(CLUSTER)
        health = seen["health"]
        self.ticks.append(health["last_tick_seconds"])
        self.offsets_age = max(self.offsets_age, age(seen, "offsets_at_ms"))
        self.log_ends_age = max(self.log_ends_age, age(seen, "log_ends_at_ms"))
        self.stale_partitions = max(self.stale_partitions,
                                    len(seen["stale_offsets_partitions"]))
        for queue in health["queues"]:
            full = queue["weight"] / queue["capacity"]
            self.fullest[queue["name"]] = max(self.fullest.get(queue["name"], 0), full)
        return seen

    def cpu_per_minute(self):
        took = time.monotonic() - self._began
        return (cpu_seconds(self._daemon.pid()) - self._cpu) * 60 / took

    def memory(self):
        """{"now", "peak"}: MB"""
        return {name: kb / 1024 for name, kb in memory_kb(self._daemon.pid()).items()}


def age(seen, field):
    return (seen["as_of_ms"] - seen[field]) / 1000 if seen[field] else 0.0
