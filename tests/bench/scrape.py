"""/metrics of the real daemon: what one page costs at rest, compressed, and when everything that it
shows has changed since the one before."""
import time

from tests.bench.cores import first_in_line
from tests.bench.live_stream import RATE, stream
from tests.bench.measured import cpu_seconds, median, memory, reset_peak
from tests.bench.tools import tool

IDLE_SECONDS = 10
PAUSE_SECONDS = 3
SETTLING_SECONDS = 15   # of a cluster in which all has changed: what its ticks take is not the page's
PAGES = {"plain": 3, "gzip": 2, "changed": 2}
MORE = 1.2     # rounds: the stream begins slowly


def measure(cluster, reading, say):
    say("scraping /metrics")
    idle = idle_cpu(reading.pid)
    rows = {kind: [] for kind in PAGES}
    for kind, count in PAGES.items():
        for _ in range(count):
            if kind == "changed":
                change_all(cluster)
            time.sleep(SETTLING_SECONDS if kind == "changed" else PAUSE_SECONDS)
            rows[kind].append(one_page(reading, "gzip" if kind == "gzip" else "plain", idle))
    return {"idle_cpu_per_second": idle, **{kind: pages for kind, pages in rows.items()},
            **summary(rows), "resident": memory(reading.pid)["now"]}


def idle_cpu(pid):
    before = cpu_seconds(pid)
    time.sleep(IDLE_SECONDS)
    return (cpu_seconds(pid) - before) / IDLE_SECONDS


def change_all(cluster):
    """Each group and partition commits once at least."""
    with stream(cluster):
        time.sleep(MORE * cluster.world.group_partitions / RATE)


def one_page(reading, encoding, idle):
    resident = memory(reading.pid)["now"]
    reset_peak(reading.pid)
    before = cpu_seconds(reading.pid)
    began = time.monotonic()
    with first_in_line():
        scrapes = tool("scrape_load", reading.daemon.url, f"encoding={encoding}", "seconds=1",
                       "every_ms=60000")["scrapes"]
    took = time.monotonic() - began
    cpu = cpu_seconds(reading.pid) - before - idle * took
    [row] = scrapes
    if row["status"] != 200:
        raise RuntimeError(f"/metrics: {row}")
    return {**row, "cpu_seconds": cpu, "extra_memory": memory(reading.pid)["peak"] - resident}


def summary(rows):
    """The worse of pages at rest and changed ones; CPU for a million series."""
    plain = [rows["plain"], rows["changed"]]
    every = [row for pages in rows.values() for row in pages]
    return {
        "series": rows["plain"][0]["series"],
        "cpu_per_million": max(median(per_million(pages), "cpu") for pages in plain if pages),
        "gzip_cpu_per_million": median(per_million(rows["gzip"]), "cpu"),
        "first_byte_ms": max(median(pages, "first_byte_ms") for pages in plain if pages),
        "extra_memory": max(row["extra_memory"] for row in every),
    }


def per_million(pages):
    return [{"cpu": row["cpu_seconds"] / row["series"] * 1e6} for row in pages]
