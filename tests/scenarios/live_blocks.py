"""What goes on while a `with` block of a story runs: records that arrive, eyes that watch."""
import threading
import time

EVERY = 0.2  # seconds between two looks at REST


class Watch:
    """Looks all the while that its block runs; at the end it fails with the first thing that it saw."""

    def __init__(self, what, broken):
        self._what = what
        self._broken = broken
        self._found = None
        self._looks = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, kind, *_):
        self._end.set()
        self._thread.join()
        if kind is None and (self._found or not self._looks):
            raise AssertionError(f"{self._what}, but: {self._found or 'nobody ever looked'}")

    def _look(self):
        while not self._found and not self._end.is_set():
            try:
                self._found = self._broken()
                self._looks += 1
            except (AssertionError, OSError) as problem:
                self._found = f"{type(problem).__name__}: {problem}"
            self._end.wait(EVERY)


class Steadily:
    _count = 0

    def __init__(self, clients, topic, rate, partitions, more):
        Steadily._count += 1
        self._clients = clients
        self._name = f"{topic}-{Steadily._count}"
        self._fields = {"topic": topic, "rate": rate, "partitions": partitions, **more}

    def __enter__(self):
        self._clients.produce_steadily(name=self._name, **self._fields)
        self.began = time.time()
        return self

    def __exit__(self, *_):
        self._clients.stop_producing(name=self._name)
