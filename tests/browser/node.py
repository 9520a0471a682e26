"""Runs scripts of tests/browser by Node against a running daemon: each is a set of node:test cases."""
import os
import shutil

from tests.support.places import BUILD, SOURCE, temporary_folder
from tests.support.processes import ChildProcess

HERE = SOURCE / "tests" / "browser"
NODE = os.environ.get("TIDEMARK_NODE") or shutil.which("node")
CHROMIUM = os.environ.get("TIDEMARK_CHROMIUM") or shutil.which("chromium")


class NodeTests:
    """`node --test SCRIPT…`, several such at a time if wanted. What they print is in the log."""

    def __init__(self, scripts, url, shots, **environment):
        folder = temporary_folder("browser")
        pictures = BUILD / "browser" / shots
        pictures.mkdir(parents=True, exist_ok=True)
        self._process = ChildProcess(
            "node", [NODE, "--test", *(HERE / script for script in scripts)], folder / "node.log",
            cwd=HERE, env={"TIDEMARK_URL": url, "TIDEMARK_SHOTS": str(pictures),
                           "TIDEMARK_CHROMIUM": CHROMIUM, "TMPDIR": str(folder),
                           "TIDEMARK_BROWSER_TOOLS": str(SOURCE / "build/tools/browser") + "/",
                           **environment})

    def finish(self, limit):
        """(exit code, what was printed)."""
        code = self._process.wait(limit)
        return code, self._process.log()
