"""A burst of commits while the pipeline thread of the real daemon stands still. The same at full size
is a part of tests/bench/run, held; or by hand, with other numbers:
    TIDEMARK_BURST="groups=2000 rounds=150 seconds=30 rate=1000000" \\
        python3 -m unittest tests.integration.burst_test
"""
import os
import unittest

from tests.bench.held_pipeline import Burst, measure

SIZE = Burst(**{name: int(value) for name, _, value in
                (word.partition("=") for word in os.environ.get("TIDEMARK_BURST", "").split())})


class ABurst(unittest.TestCase):
    def test_while_the_pipeline_thread_is_held(self):
        seen = measure(SIZE, print)  # whatever must not be is its error
        print(f"{seen['commits']:,} commits, {seen['commits_per_second']:,.0f}/s (asked for: "
              f"{seen['asked_per_second'] or 'as many as possible'}), held for "
              f"{seen['held_seconds']:.1f} s: memory grew by {seen['grown'] / 1e6:.0f} MB of "
              f"{seen['limit'] / 1e6:.0f}, all read {seen['read_after_seconds']:.1f} s later")
        self.assertEqual(seen["commits"], SIZE.commits)


if __name__ == "__main__":
    unittest.main()
