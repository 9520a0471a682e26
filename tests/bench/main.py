"""Runs the benchmarks and writes what was seen. See tests/bench/run."""
import argparse
import datetime
import json
import os
import sys

from tests.bench import broker_bench, micro_bench
from tests.bench.measured import machine
from tests.support.places import BUILD


def options_from(words):
    parser = argparse.ArgumentParser(prog="tests/bench/run")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--groups", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=10_000)
    parser.add_argument("--only", choices=("broker", "micro"))
    return parser.parse_args(words)


def aims(results):
    """(what, the aim, what was seen, whether that is good enough)"""
    rows = []
    broker, micro = results.get("broker"), results.get("micro")
    if broker:
        rows.append(("catch-up, relative to a bare reader", "at least 0.25",
                     f"{broker['ratio']:.2f}", broker["ratio"] >= 0.25))
        each = broker["rss_bytes_per_group_partition"]
        rows.append(("daemon's memory per group-partition", "at most 500 bytes",
                     f"{each:.0f} bytes", each <= 500))
    if micro:
        each = micro["memory"]["rss_each"]
        rows.append(("pipeline's memory per group-partition", "at most 500 bytes",
                     f"{each:.0f} bytes", each <= 500))
        took = milliseconds(micro["parts"]["tick/percent_changed:1"])
        rows.append(("tick, 1 % of the groups changed", "at most 50 ms", f"{took:.1f} ms",
                     took <= 50))
    return rows


def milliseconds(row):
    return row["real_time"] * {"ns": 1e-6, "us": 1e-3, "ms": 1.0}[row["time_unit"]]


def details(results):
    rows = []
    broker, micro = results.get("broker"), results.get("micro")
    if broker:
        last = broker["tidemark"][-1]
        rows += [
            ("records, group-partitions", f"{broker['records']:,}, {broker['group_partitions']:,}"),
            ("bare reader", f"{broker['bare_records_per_second'] / 1e6:.2f} M records/s"),
            ("Tidemark", f"{broker['tidemark_records_per_second'] / 1e6:.2f} M records/s"),
            ("ratio, pair by pair", " ".join(f"{one:.2f}" for one in broker["ratios"])),
            ("ratio of CPU time", f"{broker['cpu_ratio']:.2f}"),
            ("daemon: before, after, peak of catch-up",
             f"{broker['empty_daemon']['rss_kb'] / 1024:.0f} MB, {last['rss_kb'] / 1024:.0f} MB, "
             f"{last['peak_rss_kb'] / 1024:.0f} MB"),
        ]
    if micro:
        later = micro["memory_later"]["rss_each_after_refreshes"]
        rows.append((f"pipeline's memory after {micro['hours']} h of uneven production",
                     f"{later:.0f} bytes per group-partition"))
        rows.append(("pipeline's memory with ten times the topics",
                     f"{micro['memory_wide']['rss_each']:.0f} bytes per group-partition"))
        rows.append(("window store", f"{micro['memory']['window_store_each']:.0f} bytes a window"))
        for name, row in micro["parts"].items():
            rate = row.get("items_per_second")
            rows.append((name, f"{rate / 1e6:.2f} M/s" if rate else f"{milliseconds(row):.2f} ms"))
    return rows


def table(results):
    on = results["machine"]
    lines = [f"{results['date']}, {on['cpu']}, {on['cores']} cores, {on['memory_mb']} MB, "
             f"Linux {on['kernel']}, load {on['load_before']:.1f} before", "",
             "| what | aim | seen | |", "|---|---|---|---|"]
    lines += [f"| {what} | {aim} | {seen} | {'met' if good else '**missed**'} |"
              for what, aim, seen, good in aims(results)]
    lines += ["", "| detail | |", "|---|---|"]
    lines += [f"| {what} | {seen} |" for what, seen in details(results)]
    return "\n".join(lines) + "\n"


def main(words):
    options = options_from(words)
    results = {"date": datetime.date.today().isoformat(), "machine": machine()}
    steps = {"broker": broker_bench.measure, "micro": micro_bench.measure}
    for name, measure in steps.items():
        if options.only in (None, name):
            results[name] = measure(options, lambda text: print(f"… {text}", flush=True))
    os.makedirs(BUILD, exist_ok=True)
    (BUILD / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (BUILD / "results.md").write_text(table(results))
    print("\n" + table(results))


if __name__ == "__main__":
    main(sys.argv[1:])
