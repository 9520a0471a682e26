"""The parts by themselves: Google Benchmark, and the memory of one pipeline's state."""
import json
import subprocess

from tests.bench.cores import MONITOR, on
from tests.bench.tools import TOOLS, tool

LIMIT = 1800
REFRESHES_AN_HOUR = 360
KEPT = ("real_time", "cpu_time", "time_unit", "items_per_second", "bytes_a_slot")
MILLISECONDS = {"ns": 1e-6, "us": 1e-3, "ms": 1.0, "s": 1e3}


def measure(repetitions, say):
    say("benchmarks of the parts")
    with on(MONITOR):
        done = subprocess.run(
            [TOOLS / "micro_bench", "--benchmark_format=json",
             f"--benchmark_repetitions={repetitions}"],
            capture_output=True, text=True, timeout=LIMIT, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"micro_bench: {done.stderr[-2000:]}")
    return medians(json.loads(done.stdout)["benchmarks"])


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
