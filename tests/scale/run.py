"""A big cluster at work, watched by the real daemon: python3 -B -m tests.scale.run --help

A real broker gets a backlog of commits; the daemon reads it; then groups commit at a steady rate while
records arrive, Prometheus scrapes and people ask, all at once. Some groups stand still while records
wait. What has to hold is checked (checks.py) and fails the run; how fast it was is only told.
"""
import argparse
import dataclasses
import json
import sys
import time
import traceback

from tests.bench import document
from tests.bench.measured import cpu_seconds, machine, memory_kb
from tests.scale import checks, size, table
from tests.scale.stage import CLUSTER, Stage
from tests.scale.watch import Watch
from tests.support.places import BUILD
from tests.support.waiting import eventually

STOP_LIMIT = 10  # seconds, promised
TELL_EVERY = 30
INTERRUPTED = 130


def say(text):
    print(f"{time.strftime('%H:%M:%S')} … {text}", flush=True)


def wait(what, condition, within, every=0.1):
    """eventually(), and now and then a word on what is waited for."""
    told = time.monotonic()

    def look():
        nonlocal told
        if time.monotonic() - told > TELL_EVERY:
            told = time.monotonic()
            say(f"waiting until {what}")
        return condition()
    return eventually(what, look, within, every)


class Run:
    def __init__(self, stage):
        self.stage, self.size, self.daemon = stage, stage.size, stage.daemon
        self.problems = []
        self.figures = {"size": dataclasses.asdict(stage.size), "machine": machine(),
                        "parts": {}}
        self.expected = {}

    def check(self, what, problems):
        for problem in problems[:10]:
            print(f"!!! {what}: {problem}", flush=True)
        if len(problems) > 10:
            print(f"!!! {what}: and {len(problems) - 10} more", flush=True)
        self.problems += [f"{what}: {problem}" for problem in problems]

    # --- the parts of a run, in their order -----------------------------------------------------

    def fill(self):
        self.stage.start_broker()
        say(f"creating {self.size.topic_partitions:,} topic partitions")
        self.stage.fill("topics", say)
        say(f"writing {self.size.group_partitions * self.size.rounds:,} commits")
        self.backlog = self.stage.fill("commits", say)["commits"]

    def catch_up(self):
        say("reading them")
        began = time.monotonic()
        self.stage.start_daemon()
        percents = []

        def caught_up():
            status, answer = self.daemon.get("/readyz")
            percents.append(answer["data"]["clusters"][0]["catch_up"]["percent"])
            return status == 200
        wait("the daemon has caught up", caught_up, self.size.read_limit, every=0.02)
        told = [percent for percent in percents if percent is not None]
        if told != sorted(told):
            self.check("/readyz", [f"its progress went back: {told}"])
        pid = self.daemon.pid()
        self.figures["catch_up"] = {"seconds": time.monotonic() - began,
                                    "cpu_seconds": cpu_seconds(pid),
                                    "peak_mb": memory_kb(pid)["peak"] / 1024}
        self.check("groups after catch-up", checks.all_groups_listed(self.daemon, self.size,
                                                                     ["name"]))

    def quiet_scrapes(self):
        """What one costs while nothing else is asked for."""
        say("scraping at rest")
        for encoding in ("identity", "gzip"):
            pid, began = self.daemon.pid(), time.monotonic()
            before = cpu_seconds(pid)
            body, _ = checks.page(self.daemon, encoding)
            self.figures["quiet_scrape_" + encoding] = {
                "seconds": time.monotonic() - began, "cpu_seconds": cpu_seconds(pid) - before,
                "megabytes": len(body) / 1e6}

    def work(self):
        say(f"{self.size.rate:,} commits/s, scrapes and REST for {self.size.seconds} s; "
            f"patience {self.size.patience} s")
        self.loads_began_ms = time.time() * 1000
        self.stage.start_loads()
        self.watch = Watch(self.daemon)
        few = range(self.size.groups)
        stalled = [g for g in few if g % self.size.few == 1]
        stopped = [g for g in few if g % self.size.few == 2]
        self.expected = checks.expected_verdicts(self.size, stalled, stopped)
        self.standing = {self.size.group(g) for g in stalled + stopped}
        began = told = time.monotonic()
        while time.monotonic() - began < self.size.seconds:
            seen = self.watch.look()
            if time.monotonic() - told > TELL_EVERY:
                told = time.monotonic()
                say(f"{told - began:.0f} of {self.size.seconds} s: "
                    f"{seen['health']['records_read'] - self.backlog:,} records of the stream read")
            time.sleep(1)
        self.figures["cpu_per_minute"] = self.watch.cpu_per_minute()

    def judge(self):
        """Those who stand still are found, and nobody else, while all goes on."""
        say("waiting for the verdicts of those who stand still")

        def all_right():
            self.watch.look()
            wrong = checks.wrong_verdicts(checks.verdicts(self.daemon), self.expected)
            if wrong:
                raise AssertionError(f"{len(wrong)} groups, such as {wrong[:3]}")
            return True
        wait("every verdict is right", all_right, self.size.verdict_limit, every=1)
        self.check("groups under load", checks.all_groups_listed(self.daemon, self.size, ["name"]))

    def end_of_loads(self):
        say("ending the loads")
        done = self.stage.end_loads("rest", "scrape", "stream")
        self.stream, self.stream_ended_at_ms = done["stream"], time.time() * 1000
        self.figures.update(rest=done["rest"], scrape=done["scrape"],
                            stream={name: value for name, value in done["stream"].items()
                                    if name not in ("began_at", "log_ends", "longest_gaps")})
        self.check("requests", checks.failed_requests(done))

    def compare(self):
        say("comparing what was written with what is shown")
        began = time.monotonic()
        records = self.backlog + self.stream["commits"]
        wait("everything is read", lambda: self.watch.look()["health"]["records_read"]
             >= records, self.size.read_limit)
        self.figures["read_after_seconds"] = time.monotonic() - began
        wait("log ends are asked for once more", lambda: self.watch.look()["log_ends_at_ms"]
             > self.stream_ended_at_ms, 120 + 3 * self.size.refresh)
        wait("all that wait are those who stand still", lambda: self.those_who_wait()
             == self.standing, 120, every=1)
        self.check("offsets", checks.wrong_offsets(self.daemon, self.size, self.stream))
        self.check("verdicts", checks.wrong_verdicts(
            checks.verdicts(self.daemon), {group: (status, None) for group, (status, _)
                                           in self.expected.items()}))
        self.check_the_accused()
        self.check("lists", checks.all_groups_listed(self.daemon, self.size))
        self.check("metrics", checks.wrong_metrics(
            self.daemon, self.size, lambda said: self.figures.update(promtool=said)))
        self.check("health", checks.unhealthy(self.watch.look(), records))
        self.check("queues", checks.over_the_limits(self.watch))
        self.check("memory", checks.too_much_memory(self.watch, self.size))
        self.figures.update(memory=self.watch.memory(), ticks=self.watch.ticks,
                            offsets_age=self.watch.offsets_age,
                            log_ends_age=self.watch.log_ends_age, queues=self.watch.fullest,
                            records=records)

    def check_the_accused(self):
        gaps = {self.size.group(number): seconds
                for number, seconds in enumerate(self.stream["longest_gaps"])
                if self.size.group(number) not in self.standing}
        events = checks.events_of(self.daemon)
        self.check("events", checks.lost_events(events, self.loads_began_ms))
        self.check("accused", checks.accused_wrongly(self.size, events, gaps))
        self.figures["longest_gap"] = max(gaps.values())
        self.figures["rightly_accused"] = sum(1 for seconds in gaps.values()
                                              if seconds >= self.size.right_to_accuse)

    def those_who_wait(self):
        rows = checks.pages(self.daemon, f"/api/v1/groups?cluster={CLUSTER}&sort=-lag&limit=1000")
        return {row["group"] for row in rows if row["lag"]}

    def ask_in_a_terminal(self):
        say("asking in a terminal")
        began = time.monotonic()
        self.check("terminal", checks.wrong_in_the_terminal(self.stage))
        self.figures["terminal_seconds"] = time.monotonic() - began

    def stop_under_load(self):
        say("stopping it under load")
        self.stage.start_loads()
        records = self.watch.look()["health"]["records_read"]
        wait("the stream flows again", lambda: self.watch.look()["health"]["records_read"]
             > records + self.size.rate, 120)
        began = time.monotonic()
        self.daemon.send_stop()
        code = self.daemon.wait(60)
        took = time.monotonic() - began
        self.figures["stop_seconds"] = took
        if code != 0:
            self.check("stop", [f"exit code {code}: {self.daemon.log()[-2000:]}"])
        if took > STOP_LIMIT:
            self.check("stop", [f"took {took:.1f} s"])
        bad, self.figures["busy_lines"] = checks.bad_lines(self.daemon.log())
        self.check("log", bad)

    def play(self):
        """All parts, up to one that can't be done; what was seen until then is told."""
        for part in (self.fill, self.catch_up, self.quiet_scrapes, self.work, self.judge,
                     self.end_of_loads, self.compare, self.ask_in_a_terminal,
                     self.stop_under_load):
            began = time.monotonic()
            try:
                part()
            except Exception as problem:
                traceback.print_exc()
                print(self.stage.said()[-4000:])
                self.check(part.__name__, [str(problem) or type(problem).__name__])
                return
            finally:
                self.figures["parts"][part.__name__] = time.monotonic() - began


def options_from(words):
    parser = argparse.ArgumentParser(prog="tests.scale.run", description=__doc__)
    parser.add_argument("--full", action="store_true",
                        help="10,000 groups x 100 partitions for 5 minutes; else a small size")
    parser.add_argument("--groups", type=int)
    parser.add_argument("--partitions", type=int, help="of each topic; a group reads one topic")
    parser.add_argument("--topics", type=int)
    parser.add_argument("--rate", type=int, help="commits a second")
    parser.add_argument("--rounds", type=int, help="commits of each that wait at the start")
    parser.add_argument("--minutes", type=float, help="of load")
    parser.add_argument("--pin", action="store_true", help="give the daemon a core of its own")
    parser.add_argument("--document", action="store_true",
                        help="put the table into docs/performance.md")
    options = parser.parse_args(words)
    if options.document and not options.full:
        parser.error("--document takes --full")
    return options


def size_of(options):
    asked = {name: value for name in ("groups", "partitions", "topics", "rate", "rounds")
             if (value := getattr(options, name)) is not None}
    if options.minutes is not None:
        asked["seconds"] = round(options.minutes * 60)
    return dataclasses.replace(size.full() if options.full else size.in_ci(), **asked)


def write(figures, in_document):
    text = table.of(figures)
    (BUILD / "scale.json").write_text(json.dumps(figures, indent=1) + "\n")
    (BUILD / "scale.md").write_text(text)
    if in_document:
        document.put("scale", text)
    print("\n" + text)


def main(words):
    options = options_from(words)
    stage = Stage(size_of(options), options.pin or options.full)
    run = Run(stage)
    interrupted = False
    try:
        run.play()
    except KeyboardInterrupt:
        interrupted = True
    finally:
        stage.close()
    run.figures["problems"] = run.problems
    write(run.figures, options.document)
    for problem in run.problems[:20]:
        print(f"FAILED: {problem}")
    return INTERRUPTED if interrupted else int(bool(run.problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
