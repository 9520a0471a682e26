"""Runs the benchmarks and writes what was seen. See tests/bench/run."""
import argparse
import datetime
import json
import os
import sys
import time

from tests.bench import (answers, catch_up, churn, document, held_pipeline, live_stream,
                         log_ends_bench, micro_bench, report, restart, scrape, start_up)
from tests.bench.cores import LOAD
from tests.bench.measured import machine, memory
from tests.bench.plan import FULL, PARTS, QUICK
from tests.bench.results import Results, kept_from
from tests.support.places import BUILD

INTERRUPTED = 130
OF_FAMILY = {"history": "history", "snapshots in process": "restart"}  # what --only calls them


def options_from(words):
    parser = argparse.ArgumentParser(prog="tests/bench/run")
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--pairs", type=int)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--document", action="store_true")
    options = parser.parse_args(words)
    if options.document and (options.quick or (options.only and not options.keep)):
        parser.error("--document takes a whole run, or --only together with --keep")
    return options


class Run:
    """Part after part; what each finds goes into `results`."""

    def __init__(self, options, say, results):
        self._plan = QUICK if options.quick else FULL
        self._pairs = options.pairs or self._plan.pairs
        self._only = options.only
        self._say = say
        self._results = results

    def wants(self, *parts):
        return not self._only or any(part in self._only for part in parts)

    def measure(self):
        plan, say, take = self._plan, self._say, self._results.take
        if self.wants("start"):
            take("start", lambda: start_up.measure(plan.starts, say))
        if self.wants("log-ends"):
            take("log ends, mock brokers", lambda: log_ends_bench.mock(plan.log_ends, say))
            take("log ends, real brokers", lambda: log_ends_bench.real(plan.log_ends, say))
        for part, family in plan.families.items():
            if self.wants(OF_FAMILY.get(part, "ticks")):
                take(part, lambda part=part, family=family: micro_bench.measure(
                    part, family, plan.repetitions, say))
        self.catch_ups()
        if self.wants("memory"):
            take("memory of a pipeline",
                 lambda: micro_bench.memory(plan.large, plan.hours, say))
        if self.wants("held"):
            take("held", lambda: held_pipeline.measure(plan.burst, say))
        if self.wants("churn"):
            take("churn", lambda: churn.measure(plan.churn, say))

    def catch_ups(self):
        if self.wants("catch-up"):
            self.catch_up("10 k", self._plan.small, {})
        if self.wants("catch-up", "stream", "restart", "rest"):
            self.catch_up("200 k", self._plan.middle, {"stream": self.stream,
                                                       "restart": self.restart,
                                                       "rest": self.rest})
        if self.wants("catch-up", "memory", "scrape"):
            self.catch_up("1 M", self._plan.large, {"memory": self.resident,
                                                    "scrape": self.scrape})

    def catch_up(self, size, world, within):
        """The parts `within` are measured on the daemon of the last pair."""
        name, results = f"catch-up, {size}", self._results
        wanted = {part: measure for part, measure in within.items() if self.wants(part)}
        for part in wanted:
            results.begin(part)

        def afterwards(cluster, reading):
            for part, measure in wanted.items():
                results.take(part, lambda measure=measure: measure(cluster, reading))
        whole = self.wants("catch-up")
        results.take(name, lambda: catch_up.measure(world, self._pairs if whole else 1, self._say,
                                                    afterwards), count=whole)
        for part in wanted:
            results.miss(part, name)

    def stream(self, cluster, reading):
        return live_stream.measure(cluster, reading, self._plan.stream_seconds, self._say)

    def restart(self, cluster, reading):
        return restart.measure(cluster, reading, self._say)

    def rest(self, cluster, reading):
        return answers.measure(cluster, reading, self._plan.rest_seconds, self._say)

    def scrape(self, cluster, reading):
        return scrape.measure(cluster, reading, self._say)

    def resident(self, _, reading):
        self._say("waiting for the daemon to give back what it does not use")
        time.sleep(self._plan.settle_seconds)
        seen = memory(reading.pid)
        return {"resident": seen["now"], "peak": seen["peak"]}


def say(text):
    print(f"{time.strftime('%H:%M:%S')} … {text}", flush=True)


class Writer:
    """Writes what there is, as it comes."""

    def __init__(self, in_document):
        self._in_document = in_document
        self.page = ""

    def __call__(self, seen):
        self.page = report.page(seen, every_aim=self._in_document)
        os.makedirs(BUILD, exist_ok=True)
        (BUILD / "results.json").write_text(json.dumps(seen, indent=1) + "\n")
        (BUILD / "results.md").write_text(self.page)
        if self._in_document:
            document.put("results", self.page)


def main(words):
    options = options_from(words)
    os.sched_setaffinity(0, LOAD)  # and so of all that is started without a word on cores
    began = {"date": datetime.date.today().isoformat(), "quick": options.quick,
             "machine": machine()}
    kept = kept_from(BUILD / "results.json", began) if options.keep else None
    writer = Writer(options.document)
    results = Results(began, writer, kept)
    code = 0
    try:
        Run(options, say, results).measure()
    except KeyboardInterrupt:
        code = INTERRUPTED
    print("\n" + writer.page)
    return code or int(bool(results.seen["failed"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
