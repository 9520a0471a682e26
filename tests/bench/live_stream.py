"""What the real daemon costs while its groups commit all the time."""
import contextlib
import time

from tests.bench.measured import cpu_seconds, memory, threads_cpu
from tests.bench.tools import Load

RATE = 20_000  # commits a second
WARM_UP_SECONDS = 20


@contextlib.contextmanager
def stream(cluster):
    """It goes on meanwhile; afterwards the list holds what it has done."""
    done = []
    with loaded("commit_stream", done, cluster.bootstrap, *cluster.world.words(), f"rate={RATE}"):
        yield done


@contextlib.contextmanager
def loaded(name, done, *arguments):
    load = Load(name, *arguments)
    try:
        yield
        done.append(load.end())
    finally:
        load.kill()


def measure(cluster, reading, seconds, say):
    say(f"reading a live stream of {RATE:,} commits/s for {seconds} s")
    with stream(cluster) as written:
        time.sleep(WARM_UP_SECONDS)
        before = snapshot(reading)
        time.sleep(seconds)
        after = snapshot(reading)
    return summary(before, after, written[0])


def snapshot(reading):
    return {"at": time.monotonic(), "cpu_seconds": cpu_seconds(reading.pid),
            "threads": threads_cpu(reading.pid), "records": reading.health()["records_read"],
            "resident": memory(reading.pid)["now"]}


def summary(before, after, written):
    seconds = after["at"] - before["at"]
    minutes = seconds / 60
    by_thread = {name: (cpu - before["threads"].get(name, 0)) / minutes
                 for name, cpu in after["threads"].items()}
    return {
        "commits_written_per_second": written["commits_per_second"],
        "commits_read_per_second": (after["records"] - before["records"]) / seconds,
        "cpu_per_minute": (after["cpu_seconds"] - before["cpu_seconds"]) / minutes,
        "cpu_per_minute_by_thread": {name: round(cpu, 3) for name, cpu in
                                     sorted(by_thread.items(), key=lambda row: -row[1])
                                     if cpu >= 0.01},
        "resident": after["resident"],
    }
