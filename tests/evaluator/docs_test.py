"""docs/evaluation.md against the program: its example, its policy keys, its reasons."""
import json
import pathlib
import re
import subprocess
import unittest

from tests.evaluator.differential_test import program

ROOT = pathlib.Path(__file__).parents[2]
UNITS = {"s": 1, "m": 60, "h": 3600}


def text():
    return (ROOT / "docs/evaluation.md").read_text()


def section(title):
    found = re.search(rf"^##+ {re.escape(title)}$(.*?)(?=^##? |\Z)", text(), re.MULTILINE | re.DOTALL)
    return found.group(1)


def words_of(source, function):
    """The words that a to_string function of the source can return."""
    body = re.search(rf"to_string\({function} .*?^}}", source, re.MULTILINE | re.DOTALL).group(0)
    return set(re.findall(r'return "([^"]*)"', body))


def evaluate(line):
    done = subprocess.run(program(), input=line + "\n", capture_output=True, text=True, timeout=60)
    return done.stdout.strip()


class EvaluationDocs(unittest.TestCase):
    def test_the_example_is_answered_as_it_says(self):
        asked, answered = re.findall(r"```json\n(.*?)\n```", text(), re.DOTALL)
        self.assertEqual(evaluate(asked), answered)

    def test_every_reason_and_condition_is_told(self):
        source = (ROOT / "evaluator/verdict.cpp").read_text()
        for kind in ("Reason", "Condition"):
            for word in words_of(source, kind) - {""}:
                self.assertIn(f"`{word}`", text())

    def test_every_finding_is_told_in_the_order_of_strength(self):
        source = (ROOT / "evaluator/finding.cpp").read_text()
        header = (ROOT / "evaluator/finding.h").read_text()
        kinds = re.search(r"enum class FindingKind[^{]*\{(.*?)\}", header, re.DOTALL).group(1)
        order = re.findall(r"(\w+),", kinds)
        diagnosis = (ROOT / "docs/diagnosis.md").read_text()
        self.assertEqual(set(order), words_of(source, "FindingKind") - {""})
        self.assertEqual(re.findall(r"^\| \[`(\w+)`\]", diagnosis, re.MULTILINE), order)
        self.assertEqual(re.findall(r"^### (\w+)$", diagnosis, re.MULTILINE), order)

    def test_every_policy_key_is_told_with_its_default(self):
        rows = re.findall(r"^\| `(\w+)` \| `([\d.]+)([smh]?)` \|", section("Policy keys"), re.MULTILINE)
        told = {key: float(value) * UNITS.get(unit, 1) for key, value, unit in rows}
        source = (ROOT / "daemon/evaluate_story.cpp").read_text()
        self.assertEqual(set(told), set(re.findall(r'PolicyKey\{"(\w+)"', source)))
        header = (ROOT / "evaluator/policy.h").read_text()
        units = {"seconds": 1, "minutes": 60, "hours": 3600, "Duration": 0.001}
        for key, default in told.items():
            found = re.search(rf" {key}(?: = |\{{)(?:std::chrono::)?(\w+)?[{{(]?([\d.]+)?[}})]?", header)
            number = found.group(2) if found.group(2) is not None else found.group(1)
            self.assertEqual(float(number) * units.get(found.group(1), 1), default, key)

    def test_every_input_key_is_told(self):
        source = (ROOT / "daemon/evaluate_story.cpp").read_text()
        keys = re.search(r"line_keys = \{(.*?)\};", source, re.DOTALL).group(1)
        for key in re.findall(r'"(\w+)"', keys):
            self.assertIn(f"`{key}`", section("`tidemark evaluate`"))

    def test_the_answer_has_the_keys_of_the_example(self):
        example = json.loads(re.findall(r"```json\n(.*?)\n```", text(), re.DOTALL)[1])
        self.assertEqual(list(json.loads(evaluate('{"now": 1}'))), list(example))


if __name__ == "__main__":
    unittest.main()
