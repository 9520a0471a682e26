"""The programs beside this file: those that end by themselves, and loads that run until they are
told to stop. Each prints one line of JSON as its last."""
import json
import subprocess

from tests.support.places import BUILD, temporary_folder
from tests.support.processes import ChildProcess

TOOLS = BUILD / "tests" / "bench"
LIMIT = 600


def tool(name, *arguments, limit=LIMIT):
    """The JSON that one of our tools prints."""
    done = subprocess.run([TOOLS / name, *[str(one) for one in arguments]], capture_output=True,
                          text=True, timeout=limit, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{name}: {done.stderr}")
    return json.loads(done.stdout)


class Load:
    """commit_stream, rest_load or scrape_load, at work from now on."""

    def __init__(self, name, *arguments):
        self.name = name
        self._process = ChildProcess(name, [TOOLS / name, *arguments],
                                     temporary_folder("load") / f"{name}.log")

    @property
    def pid(self):
        return self._process.pid

    def running(self):
        return self._process.running()

    def kill(self):
        self._process.kill()

    def end(self, limit=120):
        """What it did: it is told to stop, or ends by itself."""
        code = self._process.stop(limit)
        lines = self._process.log().splitlines()
        if code != 0 or not lines:
            raise RuntimeError(f"{self.name} ended with {code}: " + "\n".join(lines[-20:]))
        for line in lines[:-1]:
            print(f"{self.name}: {line}")
        return json.loads(lines[-1])
