"""Runs the benchmarks and writes what was seen. See tests/bench/run."""
import argparse
import dataclasses
import datetime
import json
import os
import sys
import time

from tests.bench import (answers, catch_up, document, live_stream, log_ends_bench, micro_bench,
                         report, scrape, start_up)
from tests.bench.big_cluster import World
from tests.bench.cores import LOAD
from tests.bench.measured import machine, memory
from tests.support.places import BUILD

PARTS = ("catch-up", "memory", "scrape", "stream", "rest", "ticks", "log-ends", "start")


@dataclasses.dataclass(frozen=True)
class Plan:
    """How much of everything."""
    small: World
    middle: World
    large: World
    pairs: int
    settle_seconds: int
    stream_seconds: int
    rest_seconds: int
    hours: float
    repetitions: int
    starts: int
    log_ends: log_ends_bench.Size


# `rounds` of them are more than a window has samples; `log_end` is at least as many.
FULL = Plan(small=World(groups=100, topics=10, rounds=300), middle=World(2000, 20, 15),
            large=World(10_000, 100, 12, log_end=120), pairs=5, settle_seconds=45,
            stream_seconds=180, rest_seconds=90, hours=1, repetitions=3, starts=20,
            log_ends=log_ends_bench.Size())
QUICK = Plan(small=World(groups=100, topics=10, rounds=30, log_end=30),
             middle=World(500, 10, 12, log_end=24), large=World(2000, 20, 12, log_end=24), pairs=1,
             settle_seconds=15, stream_seconds=20, rest_seconds=20, hours=0.05, repetitions=1,
             starts=5, log_ends=log_ends_bench.Size(mock_topics=20, real_topics=4, rounds=2))


def options_from(words):
    parser = argparse.ArgumentParser(prog="tests/bench/run")
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--pairs", type=int)
    parser.add_argument("--document", action="store_true")
    options = parser.parse_args(words)
    if options.document and (options.only or options.quick):
        parser.error("--document takes a whole run")
    return options


class Run:
    def __init__(self, options, say):
        self._plan = QUICK if options.quick else FULL
        self._pairs = options.pairs or self._plan.pairs
        self._only = options.only
        self._say = say

    def wants(self, *parts):
        return not self._only or any(part in self._only for part in parts)

    def measure(self):
        plan, found = self._plan, {}
        if self.wants("start"):
            found["start"] = start_up.measure(plan.starts, self._say)
        if self.wants("log-ends"):
            found["log_ends"] = log_ends_bench.measure(plan.log_ends, self._say)
        if self.wants("ticks"):
            found["parts"] = micro_bench.measure(plan.repetitions, self._say)
        sizes = self.catch_ups()
        if sizes:
            found["catch_up"] = sizes
        if self.wants("memory"):
            found["memory"] = micro_bench.memory(plan.large, plan.hours, self._say)
        return found

    def catch_ups(self):
        found = {}
        if self.wants("catch-up"):
            found["10 k"] = self.catch_up(self._plan.small)
        if self.wants("catch-up", "stream", "rest"):
            found["200 k"] = self.catch_up(self._plan.middle, self.under_load)
        if self.wants("catch-up", "memory", "scrape"):
            found["1 M"] = self.catch_up(self._plan.large, self.at_full_size)
        return found

    def catch_up(self, world, afterwards=lambda cluster, reading: {}):
        pairs = self._pairs if self.wants("catch-up") else 1
        return catch_up.measure(world, pairs, self._say, afterwards)

    def under_load(self, cluster, reading):
        found = {}
        if self.wants("stream"):
            found["stream"] = live_stream.measure(cluster, reading, self._plan.stream_seconds,
                                                  self._say)
        if self.wants("rest"):
            found["rest"] = answers.measure(cluster, reading, self._plan.rest_seconds, self._say)
        return found

    def at_full_size(self, cluster, reading):
        found = {}
        if self.wants("memory"):
            self._say("waiting for the daemon to give back what it does not use")
            time.sleep(self._plan.settle_seconds)
            seen = memory(reading.pid)
            found["memory"] = {"resident": seen["now"], "peak": seen["peak"]}
        if self.wants("scrape"):
            found["scrape"] = scrape.measure(cluster, reading, self._say)
        return found


def say(text):
    print(f"{time.strftime('%H:%M:%S')} … {text}", flush=True)


def main(words):
    options = options_from(words)
    os.sched_setaffinity(0, LOAD)  # and so of all that is started without a word on cores
    began = {"date": datetime.date.today().isoformat(), "quick": options.quick,
             "machine": machine()}
    results = {**began, **Run(options, say).measure()}
    os.makedirs(BUILD, exist_ok=True)
    (BUILD / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    page = report.page(results)
    (BUILD / "results.md").write_text(page)
    if options.document:
        document.put(page)
    print("\n" + page)


if __name__ == "__main__":
    main(sys.argv[1:])
