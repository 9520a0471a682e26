"""Which core does what: the monitor has one of its own, the brokers and all load share another, so
that neither is measured by what the other leaves."""
import json
import os
import subprocess

from tests.support.broker import Broker
from tests.support.daemon import Tidemark
from tests.support.places import BUILD
from tests.support.processes import ChildProcess

TOOLS = BUILD / "tests" / "bench"
LIMIT = 900  # seconds that a tool may take

_cores = sorted(os.sched_getaffinity(0))
ALL = _cores
LOAD = _cores[:1]
MONITOR = _cores[-1:]


def on(cores, command):
    """The command, kept to these cores."""
    return ["taskset", "-c", ",".join(str(core) for core in cores), *[str(one) for one in command]]


def tool(name, *arguments, cores=ALL, limit=LIMIT):
    """The JSON that one of our tools prints."""
    done = subprocess.run(on(cores, [TOOLS / name, *arguments]), capture_output=True, text=True,
                          timeout=limit, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


class Running:
    """One of our tools at work beside what is measured, until it is told to stop."""

    def __init__(self, folder, name, *arguments, cores=None):
        self._name = name
        self._process = ChildProcess(name, on(cores or LOAD, [TOOLS / name, *arguments]),
                                     folder / f"{name}.log", piped=True)

    def stop(self, limit=120):
        """The JSON that it prints at its end."""
        self._process.popen.terminate()
        out, _ = self._process.popen.communicate(timeout=limit)
        if self._process.wait(limit) != 0:
            raise RuntimeError(f"{self._name}: {self._process.log_tail()}")
        return json.loads(out)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process.running():
            self._process.kill()


class LoadBroker(Broker):
    """A broker on the core of the load."""

    def __init__(self, properties, heap):
        super().__init__(properties=properties, heap=heap,
                         jvm=("-XX:+UseSerialGC", "-Xms512m", "-Xshare:auto"))
        self._command = on(LOAD, self._command)


class Monitor(Tidemark):
    """The daemon on a core of its own."""

    def command_line(self):
        return on(MONITOR, super().command_line())
