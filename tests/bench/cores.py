"""Which core does what: the monitor has one of its own, the brokers and all load share another, so
that neither is measured by what the other leaves."""
import contextlib
import os

ALL = os.sched_getaffinity(0)
LOAD = {min(ALL)}
MONITOR = {max(ALL)}


@contextlib.contextmanager
def on(cores):
    """What is started meanwhile stays on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
