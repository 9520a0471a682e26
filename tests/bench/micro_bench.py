"""The parts by themselves: google benchmarks, and the memory of one pipeline's state."""
import json
import subprocess

from tests.bench.broker_bench import TOOLS, tool

REPETITIONS = 5
WIDE = 200  # topics instead of 20: ten groups read each partition, not a hundred
HOURS = 1


def measure(options, say):
    say("benchmarks of the parts")
    done = subprocess.run(
        [TOOLS / "micro_bench", "--benchmark_format=json",
         f"--benchmark_repetitions={REPETITIONS}", "--benchmark_report_aggregates_only=true"],
        capture_output=True, text=True, timeout=1800, check=True)
    rows = {}
    for row in json.loads(done.stdout)["benchmarks"]:
        if row["aggregate_name"] == "median":
            rows[row["run_name"]] = {key: row[key] for key in
                                     ("real_time", "cpu_time", "time_unit", "items_per_second",
                                      "bytes_a_slot") if key in row}
    say("memory of a pipeline")
    return {"parts": rows,
            "memory": tool("cluster_memory", f"groups={options.groups}"),
            "memory_wide": tool("cluster_memory", f"groups={options.groups}", f"topics={WIDE}"),
            "hours": HOURS,
            "memory_later": tool("cluster_memory", f"groups={options.groups}",
                                 f"refreshes={HOURS * 360}")}
