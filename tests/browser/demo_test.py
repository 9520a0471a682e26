"""The page against the running demo: every screen, as people see it, click it and hear it."""
import json
import unittest
import urllib.request

from tests.browser.node import NodeTests
from tests.support.places import TIDEMARK, free_port, temporary_folder
from tests.support.processes import ChildProcess
from tests.support.waiting import eventually

SCRIPTS = ("screens.test.mjs", "behaviour.test.mjs", "history.test.mjs", "modules.test.mjs")


class Demo(unittest.TestCase):
    def setUp(self):
        folder = temporary_folder("page")
        self.url = f"http://127.0.0.1:{free_port()}"
        self.process = ChildProcess(
            "demo", [TIDEMARK, "demo", "--listen", self.url.removeprefix("http://")],
            folder / "demo.log", cwd=folder,
            env={"TMPDIR": str(folder), "XDG_STATE_HOME": str(folder), "HOME": str(folder)})
        self.addCleanup(self.process.kill)

    def in_trouble(self):
        with urllib.request.urlopen(self.url + "/api/v1/groups?status=ERROR", timeout=10) as answer:
            return {(row["cluster"], row["group"]) for row in json.load(answer)["data"]}

    def test_every_screen_works(self):
        eventually("the demo has a group in trouble",
                   lambda: ("PROD", "payments") in self.in_trouble(), 90)
        # By itself first, for it measures how long things take.
        self.run_scripts(["served.test.mjs"])
        self.run_scripts(SCRIPTS)

    def run_scripts(self, scripts):
        code, said = NodeTests(scripts, self.url, "demo").finish(240)
        self.assertEqual(code, 0, said)


if __name__ == "__main__":
    unittest.main()
