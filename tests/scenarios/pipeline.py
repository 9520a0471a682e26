"""The other end of `scenario_stage`: the real pipeline, to which a story tells what is seen."""
import contextlib
import json
import subprocess

from tests.support.places import BUILD, temporary_folder

PROGRAM = BUILD / "scenario_stage"


class Pipeline:
    """Orders are collected and sent in one line with the next tick or question."""

    def __init__(self, configuration):
        folder = temporary_folder("scenario")
        path = folder / "tidemark.toml"
        path.write_text(configuration)
        self._errors = open(folder / "errors", "w+")
        self._process = subprocess.Popen([str(PROGRAM), str(path)], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, stderr=self._errors, text=True)
        self._orders = []
        self._held = None  # a list: what is seen stays in it until it is released

    def order(self, do, **fields):
        """What is seen, or a wish."""
        held = self._held is not None and do not in ("tick", "get")
        (self._held if held else self._orders).append({"do": do, **fields})

    def hold(self, on):
        """While on, nothing that is seen gets through; then all of it does, in order."""
        if on:
            self._held = []
        else:
            self._orders += self._held
            self._held = None

    def send(self):
        """The answers to all orders since the last time."""
        try:
            self._process.stdin.write(json.dumps(self._orders) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self._process.wait(10)
            self._errors.seek(0)
            raise RuntimeError(f"{PROGRAM} ended with {self._process.returncode}: "
                               + self._errors.read())
        self._orders = []
        return json.loads(line)

    def records(self, partition, records, following, at):
        self.order("records", partition=partition, next=following, at=at,
                   records=[[offset, key.hex(), value.hex() if value is not None else None]
                            for offset, key, value in records])

    def close(self):
        with contextlib.suppress(BrokenPipeError):  # it has said why in send()
            self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
        self._errors.close()
