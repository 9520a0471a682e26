"""The programs beside this file: those that end by themselves, and loads that run until they are
told to stop. Each prints one line of JSON as its last."""
import json
import subprocess
import threading

from tests.support.places import BUILD, temporary_folder
from tests.support.processes import ChildProcess

TOOLS = BUILD / "tests" / "bench"
LIMIT = 600


def tool(name, *arguments, limit=LIMIT, say=None):
    """The JSON that one of our tools prints. `say` hears the lines of its standard error as they
    come: how far it is."""
    return json.loads(run_tool(TOOLS / name, *arguments, limit=limit, say=say))


def run_tool(program, *arguments, limit=LIMIT, say=None):
    """What a program that ends by itself prints."""
    folder = temporary_folder("tool")
    output = folder / "output"
    with open(output, "wb") as out:
        process = ChildProcess(program.name, [program, *arguments], folder / "errors",
                               output=out)
    hearing = threading.Event()
    teller = threading.Thread(target=tell, args=(folder / "errors", hearing, say), daemon=True)
    teller.start()
    try:
        code = process.wait(limit)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"{program.name}: not done after {limit} s; {process.log_tail(5)}") from None
    finally:
        process.kill()
        hearing.set()
        teller.join()
    if code != 0:
        raise RuntimeError(f"{program.name} ended with {code}: {process.log_tail(5)}")
    return output.read_text()


def tell(path, done, say):
    """Each line of a file that grows, until it is done."""
    if not say:
        return
    with open(path, errors="replace") as lines:
        while not done.wait(1):
            for line in lines:
                say(line.rstrip())


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
