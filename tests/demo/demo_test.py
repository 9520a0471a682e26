"""`tidemark demo` as a person starts it: every group plays its part, and nothing is left behind."""
import json
import pathlib
import re
import signal
import unittest
import urllib.request

from tests.support.places import TIDEMARK, free_port, temporary_folder
from tests.support.processes import ChildProcess
from tests.support.waiting import eventually

VERDICTS = {  # of each part: status, reasons
    "healthy": ("OK", {"caught_up", "keeping_up"}),
    "slow": ("WARNING", {"falling_behind"}),
    "stuck": ("ERROR", {"stalled"}),
    "dead": ("ERROR", {"stopped"}),
    "idle": ("OK", {"caught_up", "keeping_up"}),
    "batch": ("OK", {"caught_up", "keeping_up", "warming_up", "catching_up"}),
}
CAST_LINE = re.compile(rf"^  (\w+) +(\S+) +({'|'.join(VERDICTS)})\b", re.MULTILINE)


class Demo(unittest.TestCase):
    def setUp(self):
        self.folder = temporary_folder("demo")
        for name in ("tmp", "state", "home"):
            (self.folder / name).mkdir()
        self.url = f"http://127.0.0.1:{free_port()}"
        self.process = ChildProcess(
            "demo", [TIDEMARK, "demo", "--listen", self.url.removeprefix("http://")],
            self.folder / "demo.log", cwd=self.folder / "home",
            env={"TMPDIR": str(self.folder / "tmp"), "XDG_STATE_HOME": str(self.folder / "state"),
                 "HOME": str(self.folder / "home")})
        self.addCleanup(self.process.kill)

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return json.load(answer)["data"]

    def cast(self):
        """(cluster, group) -> part, as the demo itself says it."""
        return {(cluster, group): part
                for cluster, group, part in CAST_LINE.findall(self.process.log())}

    def verdicts(self):
        return {(row["cluster"], row["group"]): (row["status"], row["reason"])
                for row in self.get("/api/v1/groups?limit=1000")}

    def everybody_is_judged_as_meant(self):
        cast, verdicts = self.cast(), self.verdicts()
        self.assertEqual(verdicts.keys(), cast.keys())
        for group, part in cast.items():
            status, reasons = VERDICTS[part]
            self.assertEqual(verdicts[group][0], status, f"{group}, {part}: {verdicts[group]}")
            self.assertIn(verdicts[group][1], reasons, f"{group}, {part}: {verdicts[group]}")
        return True

    def test_each_part_gets_its_verdict_and_ctrl_c_ends_all_of_it(self):
        eventually("the demo is ready", lambda: self.get("/readyz")["ready"], 60)
        self.assertEqual({part for part in self.cast().values()}, set(VERDICTS))
        eventually("every group is judged as its part means it",
                   self.everybody_is_judged_as_meant, 120, every=1)
        self.assertTrue(all(status == "OK" for (cluster, _), (status, _) in self.verdicts().items()
                            if cluster == "DEV"))
        self.assertIn(self.url + "/api/v1/groups", self.process.log())

        self.process.signal(signal.SIGINT)
        self.assertEqual(self.process.wait(10), 0)
        self.assertNotRegex(self.process.log(), r"Z (warn|error) ")
        self.assertEqual(self.files_left(), [])

    def files_left(self):
        return [str(path) for name in ("tmp", "state", "home")
                for path in pathlib.Path(self.folder / name).rglob("*")]


if __name__ == "__main__":
    unittest.main()
