"""How long after a restart the daemon shows all that it showed before: after an orderly stop, and after
it was killed."""
import time

from tests.bench.big_cluster import CAUGHT_UP_WITHIN, NAME, Readiness
from tests.bench.cores import MONITOR, on
from tests.bench.measured import cpu_seconds
from tests.support.waiting import eventually

WRITTEN_WITHIN = 180  # seconds; a snapshot is written every minute


def measure(cluster, reading, say):
    groups = listed(reading.daemon)
    orderly = again(reading, "is stopped and started", reading.daemon.stop, groups, say)
    killed = again(reading, "is killed and started", reading.daemon.kill, groups, say)
    records = cluster.world.commits
    for row in (orderly, killed):
        if row["records_read"] > records / 10:
            raise RuntimeError(f"read {row['records_read']:,} of {records:,} records again")
    return {"groups": groups, "orderly": orderly, "killed": killed,
            "worst_seconds": max(orderly["seconds"], killed["seconds"])}


def again(reading, what, end, groups, say):
    written = wait_for_snapshot(reading)
    say(f"the daemon {what}")
    began = time.monotonic()
    end()
    stopped = time.monotonic()
    with on(MONITOR):
        reading.daemon.start()
    reading.pid = reading.daemon.pid()
    eventually("all is shown again",
               Readiness(reading.daemon.port), CAUGHT_UP_WITHIN, every=0.02)
    row = {"stop_seconds": stopped - began, "seconds": time.monotonic() - stopped,
           "cpu_seconds": cpu_seconds(reading.pid), "snapshot": written,
           "records_read": reading.health()["records_read"]}
    seen = listed(reading.daemon)
    if seen != groups:
        raise RuntimeError(f"{groups:,} groups before, {seen:,} after it {what}")
    return row


def wait_for_snapshot(reading):
    """What the next snapshot that is written from now on was like."""
    began = reading.daemon.cluster(NAME)["as_of_ms"]

    def written():
        now = reading.health()["snapshot"]
        return now if (now["written_ms"] or 0) > began else None
    found = eventually("a snapshot is written", written, WRITTEN_WITHIN, every=0.5)
    return {"bytes": found["bytes"], "took_seconds": found["took_seconds"]}


def listed(daemon):
    return daemon.get(f"/api/v1/groups?cluster={NAME}&limit=1")[1]["page"]["total"]
