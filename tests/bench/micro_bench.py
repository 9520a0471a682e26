"""The parts by themselves: Google Benchmark, and the memory of one pipeline's state."""
import json

from tests.bench.cores import MONITOR, on
from tests.bench.tools import TOOLS, run_tool, tool

LIMIT = 3600  # seconds, for a family
REFRESHES_AN_HOUR = 360
KEPT = ("real_time", "cpu_time", "time_unit", "items_per_second", "bytes_a_slot",
        "bytes_a_sample", "by_hour_a_group", "longest_step_ms", "longest_us", "bytes")
MILLISECONDS = {"ns": 1e-6, "us": 1e-3, "ms": 1.0, "s": 1e3}

# {part of a run: which benchmarks it is}; each family in a process of its own.
FAMILIES = {
    "ticks": "^tick/",
    "pipeline in process": "^(decode|store|apply|refresh|minute|longest)",
    "answers in process": "^rest",
    "scrapes in process": "^scrape",
    "history": "^history",
    "snapshots in process": "_snapshot/",
}
# What does not need a million of anything.
QUICK_FAMILIES = {"ticks": "^tick/group_partitions:200000/",
                  "pipeline in process": "^(decode|store)"}


def measure(name, family, repetitions, say):
    say(f"benchmarks of the parts: {name}")
    with on(MONITOR):
        said = run_tool(TOOLS / "micro_bench", "--benchmark_format=json",
                        f"--benchmark_filter={family}",
                        f"--benchmark_repetitions={repetitions}", limit=LIMIT)
    return medians(json.loads(said)["benchmarks"])


def medians(rows):
    """{name: what was measured}, the median where one was repeated"""
    alone = {row["run_name"]: row for row in rows if row["run_type"] == "iteration"}
    middle = {row["run_name"]: row for row in rows if row.get("aggregate_name") == "median"}
    return {name: {key: row[key] for key in KEPT if key in row}
            for name, row in {**alone, **middle}.items()}


def milliseconds(row):
    return row["real_time"] * MILLISECONDS[row["time_unit"]]


def memory(world, hours, say):
    """One pipeline's state and report after its life and some hours of uneven production."""
    say(f"memory of a pipeline after {hours:g} h")
    with on(MONITOR):
        seen = tool("cluster_memory", f"groups={world.groups}", f"topics={world.topics}",
                    f"refreshes={round(hours * REFRESHES_AN_HOUR)}", limit=LIMIT)
    return {**seen, "hours": hours,
            "resident": seen["rss_each_after_refreshes"] * seen["group_partitions"]}
