"""The page against the running demo: every screen, as people see it, click it and hear it."""
import json
import unittest
import urllib.request

from tests.browser.node import NodeTests
from tests.support.places import TIDEMARK, free_port, temporary_folder
from tests.support.processes import ChildProcess
from tests.support.waiting import eventually


class Demo(unittest.TestCase):
    def setUp(self):
        folder = temporary_folder("page")
        self.url = f"http://127.0.0.1:{free_port()}"
        self.process = ChildProcess(
            "demo", [TIDEMARK, "demo", "--listen", self.url.removeprefix("http://")],
            folder / "demo.log", cwd=folder,
            env={"TMPDIR": str(folder), "XDG_STATE_HOME": str(folder), "HOME": str(folder)})
        self.addCleanup(self.process.kill)

    def rows(self, target):
        with urllib.request.urlopen(self.url + target, timeout=10) as answer:
            return json.load(answer)["data"]

    def groups(self, status):
        return {(row["cluster"], row["group"]) for row in self.rows("/api/v1/groups?status=" + status)}

    def open_incidents(self, group):
        return self.rows("/api/v1/incidents?state=open&cluster=PROD&group=" + group)

    def run_scripts(self, scripts):
        code, said = NodeTests(scripts, self.url, "demo").finish(240)
        self.assertEqual(code, 0, said)


class Screens(Demo):
    def test_every_screen_works(self):
        eventually("the demo has a group in trouble",
                   lambda: ("PROD", "payments") in self.groups("ERROR"), 90)
        self.run_scripts(("screens.test.mjs", "behaviour.test.mjs", "history.test.mjs", "modules.test.mjs"))


class Alerts(Demo):
    def test_incidents_silences_and_receivers_work(self):
        eventually("the demo has an incident", lambda: self.open_incidents("payments"), 240)
        self.run_scripts(["alerts.test.mjs"])


class Served(Demo):
    def test_it_is_small_and_fast_and_under_a_strict_policy(self):
        eventually("the demo has judged its groups", lambda: len(self.groups("OK")) > 10, 60)
        self.run_scripts(["served.test.mjs"])


if __name__ == "__main__":
    unittest.main()
