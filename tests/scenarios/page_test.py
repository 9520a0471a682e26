"""docs/scenarios.md lists exactly the stories that there are, with the texts that they have."""
import pathlib
import tempfile
import unittest

from tests.scenarios import page


class Page(unittest.TestCase):
    def test_lists_exactly_the_present_stories(self):
        before = page.PAGE.read_text()
        with tempfile.TemporaryDirectory() as nothing_played:
            made = page.make(pathlib.Path(nothing_played), before)
        self.assertEqual(page.without_times(before), page.without_times(made),
                         "run: python3 -m tests.scenarios.run page")

    def test_keeps_the_times_of_stories_that_were_not_played(self):
        text = "| A | b | classic | OK \\| x | 4 | 1.0 s | |\n"
        self.assertEqual(page.rows_of(text)["A"],
                         ["A", "b", "classic", "OK | x", "4", "1.0 s", ""])

    def test_a_changed_text_is_a_difference_and_a_changed_time_is_none(self):
        row = "| A | b | classic | OK | 4 | 1.0 s | |"
        self.assertNotEqual(page.without_times(row), page.without_times(row.replace("b", "c")))
        self.assertEqual(page.without_times(row), page.without_times(row.replace("1.0", "2.0")))


if __name__ == "__main__":
    unittest.main()
