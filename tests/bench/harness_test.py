"""The benchmarks' own hands: what they count, what they make of it, and that docs/performance.md
names the aims that a run holds it against."""
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from tests.bench import (answers, catch_up, cores, document, held_pipeline, live_stream, main,
                         micro_bench, plan, profile, report, scrape, start_up, tools)
from tests.bench.aims import AIMS
from tests.bench.churn import Churn, summary as churn_summary
from tests.bench.measured import cpu_seconds, machine, memory, reset_peak, threads_cpu
from tests.bench.results import Results, kept_from

BUSY_SECONDS = 0.05


def work():
    end = time.thread_time() + BUSY_SECONDS
    while time.thread_time() < end:
        pass


def pair_of_runs(bare_seconds=4.0, our_seconds=6.0, records=1000):
    bare = {"seconds": bare_seconds, "cpu_seconds": bare_seconds / 2, "records": records}
    ours = {"seconds": our_seconds, "cpu_seconds": our_seconds, "records": records,
            "peak": 500e6, "cpu_by_thread": {"pipe": 4, "read": 2}}
    return bare, ours


def results(parts=(), failed=()):
    return {"date": "2026-01-02", "quick": False, "machine": machine(), "parts": dict(parts),
            "failed": dict(failed)}


def caught_up():
    bare, ours = pair_of_runs()
    filled = {"commits": 1000, "group_partitions": 10, "record_bytes": 96}
    return catch_up.summary(filled, [bare, bare], [ours, ours])


class Counting(unittest.TestCase):
    def test_cpu_of_a_thread_that_has_ended_is_still_counted(self):
        before = cpu_seconds(os.getpid())
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        self.assertGreaterEqual(cpu_seconds(os.getpid()) - before, BUSY_SECONDS)

    def test_threads_are_counted_by_name(self):
        work()
        found = threads_cpu(os.getpid())
        self.assertGreaterEqual(sum(found.values()), BUSY_SECONDS)

    def test_what_is_started_stays_on_its_cores(self):
        with cores.on(cores.MONITOR):
            child = subprocess.run(["taskset", "-cp", str(os.getpid())], capture_output=True,
                                   text=True, check=True)
        self.assertEqual(child.stdout.split()[-1], str(*cores.MONITOR))
        self.assertEqual(os.sched_getaffinity(0), cores.ALL)

    def test_what_is_started_first_in_line_alone_is_urgent(self):
        usual = os.sched_getscheduler(0)
        with cores.first_in_line():
            child = subprocess.run([sys.executable, "-c",
                                    "import os; print(os.sched_getscheduler(0))"],
                                   capture_output=True, text=True, check=True)
        self.assertIn(int(child.stdout), (cores.URGENT, usual))  # where we may not, nothing changes
        self.assertEqual(os.sched_getscheduler(0), usual)

    def test_a_peak_can_be_forgotten(self):
        size = 64_000_000
        held = b"x" * size
        self.assertGreaterEqual(memory(os.getpid())["now"], len(held))
        del held
        reset_peak(os.getpid())
        seen = memory(os.getpid())
        self.assertLess(seen["peak"], seen["now"] + size)


class Summaries(unittest.TestCase):
    def test_a_ratio_is_the_median_of_the_pairs(self):
        runs = [pair_of_runs(4, 6), pair_of_runs(4, 5), pair_of_runs(4, 20)]
        seen = catch_up.summary({"commits": 1000, "group_partitions": 10, "record_bytes": 96},
                                [bare for bare, _ in runs], [ours for _, ours in runs])
        self.assertEqual((seen["wall_ratio"], seen["cpu_ratio"]), (1.5, 3.0))

    def test_a_reader_that_has_missed_records_is_no_result(self):
        bare, ours = pair_of_runs()
        with self.assertRaisesRegex(RuntimeError, "999"):
            catch_up.summary({"commits": 1000, "group_partitions": 10, "record_bytes": 96},
                             [bare], [{**ours, "records": 999}])

    def test_the_cost_of_a_page_is_that_of_the_dearer_kind(self):
        row = {"series": 2_000_000, "first_byte_ms": 5.0, "extra_memory": 1e6, "cpu_seconds": 1.0}
        seen = scrape.summary({"plain": [row], "gzip": [{**row, "extra_memory": 9e6}],
                               "changed": [{**row, "cpu_seconds": 3.0, "first_byte_ms": 7.0}]})
        self.assertEqual((seen["cpu_per_million"], seen["first_byte_ms"], seen["extra_memory"]),
                         (1.5, 7.0, 9e6))

    def test_the_cost_of_a_stream_is_told_for_a_minute(self):
        before = {"at": 100, "cpu_seconds": 7, "threads": {"pipe": 1}, "records": 0, "resident": 1}
        after = {"at": 130, "cpu_seconds": 9, "threads": {"pipe": 2}, "records": 600_000,
                 "resident": 2}
        seen = live_stream.summary(before, after, {"commits_per_second": 20_000})
        self.assertEqual((seen["cpu_per_minute"], seen["commits_read_per_second"],
                          seen["cpu_per_minute_by_thread"]), (4, 20_000, {"pipe": 2}))

    def test_a_benchmark_that_is_repeated_shows_its_median(self):
        once = {"run_name": "a", "run_type": "iteration", "real_time": 1.0, "time_unit": "ms"}
        middle = {**once, "run_name": "b", "run_type": "aggregate", "aggregate_name": "median",
                  "real_time": 2.0, "time_unit": "us"}
        seen = micro_bench.medians([once, {**once, "run_name": "b"}, middle])
        self.assertEqual([micro_bench.milliseconds(seen[name]) for name in "ab"], [1.0, 0.002])


class Profiles(unittest.TestCase):
    LINES = ["pipe one", "  1f one(int)", "  2f Tick::run()", "", "pipe one", "  3f two", "",
             "reader", "  1f one(int)", "  2f main", "", ""]

    def test_samples_are_counted_by_thread_where_they_were(self):
        self.assertEqual([line.split() for line in profile.lines_of(
            profile.counted(profile.samples(self.LINES)))],
                         [["pipe", "one:", "67%", "of", "3", "samples"], ["50.0%", "one(int)"],
                          ["50.0%", "two"], ["reader:", "33%", "of", "3", "samples"],
                          ["100.0%", "one(int)"]])

    def test_those_of_one_function_and_what_it_called_can_be_counted_alone(self):
        counted = profile.counted(profile.samples(self.LINES), within="Tick")
        self.assertEqual(list(profile.lines_of(counted)),
                         ["pipe one: 100% of 1 samples", "  100.0%  one(int)"])

    def test_a_page_shows_the_names_of_functions_alone(self):
        name = "std::map<int, std::vector<int> > tidemark::(anonymous namespace)::find<a>(int)"
        self.assertEqual(profile.short(name), "find")
        self.assertEqual(profile.short("_int_malloc"), "_int_malloc")
        self.assertEqual(profile.short("tidemark::ClusterState::tick(long)"), "ClusterState::tick")
        table = profile.table_of([("pipe", 0.5, 10, [("one(int)", 0.25)])])
        self.assertEqual(table.splitlines()[-1], "| `pipe` | 50% | `one` 25% |")


class Report(unittest.TestCase):
    def test_shows_what_was_measured_and_nothing_else(self):
        page = report.page(results({"catch-up, 200 k": caught_up()}))
        self.assertIn("CPU relative to the bare reader | ≤ 2 × | 1.6 × | 3 × | **missed** |", page)
        self.assertIn("wall relative to the bare reader | ≤ 1.7 × | 1.4 × | 1.5 × | met |", page)
        self.assertIn("`pipe` 67%", page)
        self.assertNotIn("/metrics", page)

    def test_says_where_more_than_the_target_was_reached(self):
        page = report.page(results({"start": {"median_ms": 12.34}}))
        self.assertIn("≤ 100 ms | 30 ms | 12.3 ms | stretch |", page)

    def test_shows_log_ends_of_mock_brokers_against_the_aim_and_real_ones_beside_them(self):
        row = {"seconds": 0.75, "cpu_seconds": 0.25, "partitions": 100_000, "brokers": 3}
        page = report.page(results({
            "log ends, mock brokers": row,
            "log ends, real brokers": {**row, "seconds": 0.5, "partitions": 3000}}))
        self.assertIn("over 3 brokers: wall | ≤ 2 s | 0.5 s | 0.75 s | met |", page)
        self.assertIn("| log ends of 3,000 partitions, 3 real brokers | 0.500 s, CPU 0.250 s |", page)

    def test_shows_what_failed_and_why_beside_what_did_not(self):
        page = report.page(results({"start": {"median_ms": 12.34}}, {"stream": "a | broken pipe"}))
        self.assertIn("CPU per minute | ≤ 4 s | 2 s | – | **failed** |", page)
        self.assertIn("| stream | a / broken pipe |", page)
        self.assertIn("12.3 ms", page)

    def test_shows_each_aim_where_that_is_asked_for(self):
        page = report.page(results({"start": {"median_ms": 12.34}}), every_aim=True)
        for aim in AIMS:
            self.assertIn(f"| {aim.what} | ", page)

    def test_shows_the_rate_that_a_burst_reached_beside_the_one_that_was_asked_for(self):
        seen = {"commits": 3_000_000, "asked_per_second": 1_000_000, "commits_per_second": 870_000,
                "held_seconds": 31.0, "grown": 66e6, "limit": 156e6, "read_after_seconds": 4.0,
                "waited_seconds": 28.0}
        page = report.page(results({"held": seen}))
        self.assertIn("870,000 a second (1,000,000 asked for)", page)
        self.assertIn("31 s, 66 MB, 156 MB", page)

    def test_shows_what_churn_leaves_behind(self):
        rows = [{"hour": hour, "groups_so_far": 300 * hour, "groups": 299, "live_bytes": 3e6 + hour,
                 "resident_bytes": 9e6} for hour in range(5)]
        rows.append({**rows[-1], "hour": 6, "groups": 0, "live_bytes": 5e5})
        page = report.page(results({"churn": churn_summary(Churn(300, 20, 4), rows)}))
        self.assertIn("after hour 3: 900 groups so far, 299 there | 3.00 MB in use", page)
        self.assertIn("all have left: 1,200 groups so far, 0 there | 0.50 MB in use", page)

    def test_a_reduced_run_says_so(self):
        self.assertIn("no figure of it counts", report.page({**results(), "quick": True}))

    def test_goes_to_its_place_in_the_document(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.md"
            begin, end = document.marks("results")
            page.write_text(f"before\n{begin}old\n{end}after\n")
            document.put("results", report.page(results({"start": {"median_ms": 200}})), page)
            self.assertEqual(document.rows(page)[0][-2:], ["200 ms", "**missed**"])
            self.assertTrue(page.read_text().startswith("before\n"))
            self.assertTrue(page.read_text().endswith("after\n"))
            self.assertNotIn("old", page.read_text())
            with self.assertRaisesRegex(RuntimeError, "no place for scale"):
                document.put("scale", "", page)

    def test_each_kind_of_table_has_its_place_in_the_document(self):
        page = document.PAGE.read_text()
        for name in ("results", "scale", "profile catch-up", "profile tick", "profile stream"):
            for mark in document.marks(name):
                self.assertEqual(page.count(mark), 1, mark)

    def test_the_document_tells_each_aim(self):
        expected = [[aim.what, f"≤ {aim.show(aim.target)}", aim.show(aim.stretch)] for aim in AIMS]
        self.assertEqual([row[:3] for row in document.rows()], expected)


class ResultsOfARun(unittest.TestCase):
    def setUp(self):
        self.written = []
        self.results = Results({"date": "today"}, lambda seen: self.written.append(
            (sorted(seen["parts"]), dict(seen["failed"]))))

    def fail(self):
        raise RuntimeError("the broker\nwent away")

    def test_a_part_that_fails_costs_only_its_own(self):
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stderr(nowhere):
            self.results.take("first", lambda: {"ms": 1})
            self.results.take("second", self.fail)
            self.results.take("third", lambda: {"ms": 3})
        why = {"second": "the broker went away"}
        self.assertEqual(self.written, [(["first"], {}), (["first"], why),
                                        (["first", "third"], why)])

    def test_an_interrupt_is_told_and_goes_on(self):
        def interrupted():
            raise KeyboardInterrupt
        with self.assertRaises(KeyboardInterrupt):
            self.results.take("first", interrupted)
        self.assertEqual(self.results.seen["failed"], {"first": "interrupted"})

    def test_a_part_that_was_not_come_to_has_failed_too(self):
        self.results.take("inner", lambda: {})
        for part in ("inner", "other"):
            self.results.miss(part, "outer")
        self.assertEqual(self.results.seen["failed"], {"other": "not begun: outer has failed"})

    def test_what_an_earlier_run_has_found_is_kept_but_for_what_is_measured_now(self):
        kept = results({"first": {"ms": 1}, "second": {"ms": 2}}, {"third": "why"})
        found = Results(results(), lambda _: None, kept)
        found.take("second", lambda: {"ms": 20})
        found.take("third", lambda: {"ms": 30})
        self.assertEqual(found.seen["parts"], {"first": {"ms": 1}, "second": {"ms": 20},
                                               "third": {"ms": 30}})
        self.assertEqual(found.seen["failed"], {})

    def test_what_can_not_stand_beside_a_run_is_not_kept(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "results.json"
            with self.assertRaisesRegex(RuntimeError, "nothing to keep"):
                kept_from(path, results())
            for change, why in (({"quick": True}, "quick"),
                                ({"machine": {"cpu": "another", "cores": 3}}, "another machine")):
                path.write_text(json.dumps({**results(), **change}))
                with self.assertRaisesRegex(RuntimeError, why):
                    kept_from(path, results())


class Tools(unittest.TestCase):
    def test_a_tool_that_fails_is_told_with_what_it_said(self):
        with self.assertRaisesRegex(RuntimeError, "ls ended with 2: .*no-such-file"):
            tools.run_tool(pathlib.Path("/bin/ls"), "/no-such-file")

    def test_a_tool_that_does_not_end_is_given_up(self):
        with self.assertRaisesRegex(RuntimeError, "not done after 0.2 s"):
            tools.run_tool(pathlib.Path("/bin/sleep"), "60", limit=0.2)


class HeldPipeline(unittest.TestCase):
    SEEN = {"grown": 60e6, "limit": 160e6, "wrong": [], "dropped": 0, "waited_seconds": 20,
            "told": {"as an event": True}}

    def test_what_must_not_be_is_a_problem(self):
        self.assertEqual(held_pipeline.problems(self.SEEN), [])
        for change, word in (({"grown": 170e6}, "170 MB"), ({"wrong": ["g1: lost"]}, "g1: lost"),
                             ({"dropped": 3}, "3 observations"), ({"waited_seconds": 0}, "waited"),
                             ({"told": {"as an event": False}}, "never told: as an event")):
            [problem] = held_pipeline.problems({**self.SEEN, **change})
            self.assertIn(word, problem)


class Runs(unittest.TestCase):
    def test_a_part_alone_measures_that_part(self):
        said, found = [], Results({}, lambda _: None)
        main.Run(main.options_from(["--quick", "--only", "start"]), said.append, found).measure()
        self.assertEqual(list(found.seen["parts"]), ["start"])
        self.assertEqual(len(found.seen["parts"]["start"]["runs_ms"]), plan.QUICK.starts)
        self.assertEqual(len(said), 1)

    def test_a_start_is_timed_until_the_daemon_answers(self):
        self.assertGreater(start_up.one_start(), 0)

    def test_of_rounds_of_answers_that_counts_in_which_the_client_was_late_by_least(self):
        def rounds(*late):
            waiting = [{"late_ms": each} for each in late]
            return answers.steadiest(lambda: waiting.pop(0))

        on_time, late = answers.HARDLY_LATE_MS, answers.HARDLY_LATE_MS + 1
        self.assertEqual(rounds(on_time), {"late_ms": on_time, "rounds": 1})
        self.assertEqual(rounds(late, on_time), {"late_ms": on_time, "rounds": 2})
        self.assertEqual(rounds(90, late, 40, 30), {"late_ms": late, "rounds": 4})

    def test_several_parts_can_be_asked_for(self):
        run = main.Run(main.options_from(["--only", "stream", "--only", "rest"]), print, None)
        self.assertTrue(run.wants("stream") and run.wants("rest", "memory"))
        self.assertFalse(run.wants("catch-up"))

    def test_each_aim_is_of_a_part_that_a_run_measures(self):
        class Everything:
            def __init__(self):
                self.parts = []

            def begin(self, part):
                self.parts.append(part)

            def take(self, part, measure, count=True):
                self.parts.append(part)

            def miss(self, part, because):
                self.parts.append(part)

        everything = Everything()
        main.Run(main.options_from([]), print, everything).measure()
        self.assertEqual({aim.part for aim in AIMS} - set(everything.parts), set())


if __name__ == "__main__":
    unittest.main()
