"""`tidemark evaluate` against an independent model of the same rules, over thousands of random
stories of a fixed seed.

The program is the build's evaluate_tool; TIDEMARK_EVALUATE names another one, with its arguments.
SEED and STORIES choose other stories and more of them.
"""
import collections
import json
import os
import random
import shlex
import subprocess
import unittest

from tests.evaluator import model
from tests.evaluator.stories import stories

COMPARED = ("status", "trend", "reason", "lag", "time_lag_seconds", "complete", "conditions", "stale")
COUNT = int(os.environ.get("STORIES", "4000"))
SEED = int(os.environ.get("SEED", "20240229"))


def program():
    given = os.environ.get("TIDEMARK_EVALUATE")
    if given:
        return shlex.split(given)
    return [os.path.join(os.environ["TIDEMARK_BUILD_DIR"], "tests", "evaluator", "evaluate_tool")]


def same(key, ours, theirs):
    if key in ("time_lag_seconds", "complete") and ours is not None and theirs is not None:
        return abs(ours - theirs) < 0.0011 if key == "time_lag_seconds" else abs(ours - theirs) < 1e-9
    return ours == theirs


def evaluate(lines):
    text = "".join(json.dumps(line) + "\n" for line in lines)
    done = subprocess.run(program(), input=text, capture_output=True, text=True, timeout=240)
    if done.returncode != 0:
        raise AssertionError(f"exit code {done.returncode}: {done.stderr or done.stdout[-2000:]}")
    return [json.loads(answer) for answer in done.stdout.splitlines()]


class Differential(unittest.TestCase):
    def test_the_model_and_the_program_agree_on_random_stories(self):
        told = list(stories(random.Random(SEED), COUNT))
        answers = evaluate(told)
        self.assertEqual(len(answers), len(told))
        reasons = collections.Counter()
        for story, answer in zip(told, answers):
            wanted = model.evaluate(story)
            self.assertEqual(answer["name"], story["name"])
            different = [k for k in COMPARED if not same(k, answer[k], wanted[k])]
            if different:
                short = json.dumps(story) if len(json.dumps(story)) < 6000 else story["name"]
                self.fail(f"{different} differ: program {answer}, model {wanted}, story {short}")
            reasons[wanted["reason"]] += 1
        self.must_have_seen_every_reason(reasons)

    def must_have_seen_every_reason(self, reasons):
        """A generator that misses a rule would test nothing of it."""
        wanted = {
            "no_data", "monitor_stale", "beyond_log_end", "data_loss", "caught_up", "topic_left",
            "blocked_by_transaction", "abandoned", "stopped", "rewind", "stalled", "falling_behind",
            "warming_up", "catching_up", "keeping_up", "ok", "notfound", "stop", "warn", "stall"}
        self.assertEqual(wanted - {r for r, n in reasons.items() if n >= 5}, set())


if __name__ == "__main__":
    unittest.main()
