"""The scale run's own hands: what it takes for wrong, and what it tells when it could not go on."""
import dataclasses
import unittest

from tests.bench.measured import machine
from tests.scale import checks, run, size, table


def event(group, kind="status", at_ms=1000):
    return {"group": group, "kind": kind, "from": "OK", "to": "ERROR", "sentence": "it stopped",
            "at_ms": at_ms}


class Accusations(unittest.TestCase):
    SIZE = size.in_ci()

    def wrong(self, seconds, row):
        return checks.accused_wrongly(self.SIZE, [row], {"moving": seconds})

    def test_of_a_group_that_committed_all_the_time_are_wrong(self):
        [problem] = self.wrong(self.SIZE.cycle + 1, event("moving"))
        self.assertIn("moving: OK -> ERROR: it stopped (went without a commit for 5 s", problem)

    def test_of_a_group_that_truly_went_without_are_right(self):
        self.assertEqual(self.wrong(self.SIZE.patience + 1, event("moving")), [])

    def test_of_those_who_stand_still_and_other_events_do_not_matter(self):
        self.assertEqual(self.wrong(0, event("stalled")), [])
        self.assertEqual(self.wrong(0, event("moving", kind="group_new")), [])

    def test_that_nobody_can_look_at_any_more_are_a_problem(self):
        many = [event("moving", at_ms=5000)] * checks.MOST_EVENTS
        self.assertEqual(checks.lost_events(many[1:], 1000), [])
        self.assertEqual(checks.lost_events(many, 6000), [])
        self.assertEqual(len(checks.lost_events(many, 1000)), 1)


class Log(unittest.TestCase):
    def test_warnings_are_problems_but_for_those_of_a_busy_machine(self):
        log = ("2026-01-01T00:00:00.000Z info  all is well\n"
               "2026-01-01T00:00:00.000Z warning cluster a: log_ends_overrun: leader 1 is asked\n"
               "2026-01-01T00:00:00.000Z warning cluster a: its inlet is full for 3 s (9 of 9\n"
               "2026-01-01T00:00:00.000Z error cluster a: a record was lost\n")
        bad, slow = checks.bad_lines(log)
        self.assertEqual((len(bad), slow), (1, 2))
        self.assertIn("a record was lost", bad[0])


class Tables(unittest.TestCase):
    def test_tell_of_a_run_that_failed_early(self):
        text = table.of({"size": dataclasses.asdict(size.full()), "machine": machine(),
                         "parts": {"fill": 3.0}, "problems": ["fill: no | broker"]})
        self.assertIn("10,000 groups x 100 partitions = 1,000,000 group-partitions", text)
        self.assertIn("| parts of this run | fill 3 s |", text)
        self.assertIn("| **failed** | fill: no / broker |", text)


class Parts(unittest.TestCase):
    class NoStage:
        size = size.in_ci()
        daemon = None

        def start_broker(self):
            raise RuntimeError("no broker")

        def said(self):
            return ""

    def test_one_that_can_not_be_done_ends_the_run_and_is_told(self):
        played = run.Run(self.NoStage())
        played.play()
        self.assertEqual(played.problems, ["fill: no broker"])
        self.assertEqual(list(played.figures["parts"]), ["fill"])


class Words(unittest.TestCase):
    def test_a_table_of_another_size_stays_out_of_the_document(self):
        with self.assertRaises(SystemExit):
            run.options_from(["--document"])
        self.assertEqual(run.size_of(run.options_from(["--full"])), size.full())
        self.assertEqual(run.size_of(run.options_from(["--minutes", "2"])).seconds, 120)


if __name__ == "__main__":
    unittest.main()
